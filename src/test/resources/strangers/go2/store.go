package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
)

// Entry is one log entry. Op "" is the no-op of a new leader.
type Entry struct {
	Term   int     `json:"t"`
	Op     string  `json:"op,omitempty"`
	Key    string  `json:"k,omitempty"`
	Value  string  `json:"v,omitempty"`
	Expect string  `json:"x,omitempty"`
	Client *string `json:"c,omitempty"`
	Seq    int64   `json:"s,omitempty"`
	size   int
}

// ---------------------------------------------------------------- stable storage

// record is one line of the storage file: either an entry (which also deletes everything
// from its index on), or the term and vote.
type record struct {
	Index int    `json:"i,omitempty"`
	Entry *Entry `json:"e,omitempty"`
	Term  int    `json:"term,omitempty"`
	Vote  string `json:"vote,omitempty"`
}

// Store appends lines "CRC JSON\n" to a file; each checksum covers the one before it, too.
type Store struct {
	file *os.File // nil: no stable storage
	crc  uint32
	buf  bytes.Buffer
}

func encode(v interface{}) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		die("encode: %v", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

func die(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

// openStore reads the file, calling f for every record, and opens it for appending.
func openStore(dir string, f func(record) bool) *Store {
	s := &Store{}
	if dir == "" {
		return s
	}
	path := filepath.Join(dir, "raft.log")
	data, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		die("cannot read %s: %v", path, err)
	}
	pos := 0
	for {
		n := bytes.IndexByte(data[pos:], '\n')
		if n < 0 {
			break // the rest is an incomplete record, or nothing
		}
		line := data[pos : pos+n]
		var rec record
		if len(line) < 10 || line[8] != ' ' || string(line[:8]) != s.sum(line[9:]) ||
			json.Unmarshal(line[9:], &rec) != nil || !f(rec) {
			die("%s is damaged at offset %d", path, pos)
		}
		pos += n + 1
	}
	if s.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0644); err != nil {
		die("cannot open %s: %v", path, err)
	}
	if pos < len(data) {
		if err := s.file.Truncate(int64(pos)); err != nil {
			die("cannot truncate %s: %v", path, err)
		}
	}
	return s
}

func (s *Store) sum(b []byte) string {
	s.crc = crc32.Update(s.crc, crc32.IEEETable, b)
	return fmt.Sprintf("%08x", s.crc)
}

func (s *Store) add(rec record) {
	if s.file != nil {
		b := encode(rec)
		fmt.Fprintf(&s.buf, "%s %s\n", s.sum(b), b)
	}
}

func (s *Store) flush() {
	if s.buf.Len() == 0 {
		return
	}
	if _, err := s.file.Write(s.buf.Bytes()); err != nil {
		die("cannot write: %v", err)
	}
	s.buf.Reset()
}

// ---------------------------------------------------------------- state machine

type session struct {
	seq        int64
	typ, value string
}

type KV struct {
	data     map[string]string
	sessions map[string]session
}

// exec applies an entry and returns the type of the answer and its value.
func (kv *KV) exec(e *Entry) (string, string) {
	if e.Client != nil {
		if s, ok := kv.sessions[*e.Client]; ok && e.Seq <= s.seq {
			if e.Seq < s.seq {
				return "fail", ""
			}
			return s.typ, s.value
		}
	}
	typ, value := "ok", ""
	switch e.Op {
	case "get":
		value = kv.data[e.Key]
	case "put":
		kv.data[e.Key] = e.Value
	case "append":
		kv.data[e.Key] += e.Value
	case "cas":
		if cur := kv.data[e.Key]; cur == e.Expect {
			kv.data[e.Key] = e.Value
		} else {
			typ, value = "mismatch", cur
		}
	}
	if e.Client != nil {
		kv.sessions[*e.Client] = session{e.Seq, typ, value}
	}
	return typ, value
}
