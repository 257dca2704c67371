// A key-value store replicated with Raft.
// main.go: messages and clients; raft.go: the protocol; store.go: storage and state machine.
package main

import (
	"encoding/json"
	"math/rand"
	"net"
	"os"
	"strconv"
	"time"
)

// Msg is the envelope of every datagram. Between replicas, exactly one of the four
// argument/reply structs is set.
type Msg struct {
	Src    string `json:"src"`
	Dst    string `json:"dst"`
	Leader string `json:"leader"`
	Type   string `json:"type"`

	MID    string  `json:"MID,omitempty"`
	Key    string  `json:"key,omitempty"`
	Value  *string `json:"value,omitempty"`
	Expect string  `json:"expect,omitempty"`
	Client *string `json:"client,omitempty"`
	Seq    int64   `json:"seq,omitempty"`
	Reason string  `json:"reason,omitempty"`

	Term      int                 `json:"term,omitempty"`
	Vote      *RequestVoteArgs    `json:"vote,omitempty"`
	VoteReply *RequestVoteReply   `json:"voteReply,omitempty"`
	App       *AppendEntriesArgs  `json:"app,omitempty"`
	AppReply  *AppendEntriesReply `json:"appReply,omitempty"`
}

const (
	nobody      = "FFFF"
	maxDatagram = 65507
	waitLimit   = 1000 * time.Millisecond // for requests while no leader is known
)

type waiter struct {
	msg   *Msg
	since time.Time
}

func (r *Raft) send(m *Msg) {
	m.Src = r.me
	r.outbox = append(r.outbox, m)
}

// finish sends what was collected. Storage first: the messages depend on it.
func (r *Raft) finish() {
	if len(r.outbox) == 0 {
		return
	}
	r.store.flush()
	for _, m := range r.outbox {
		m.Leader = r.leader
		r.conn.WriteToUDP(encode(m), r.addr)
	}
	r.outbox = r.outbox[:0]
}

func (r *Raft) answer(req *Msg, typ, value, reason string) {
	m := &Msg{Dst: req.Src, Type: typ, MID: req.MID, Reason: reason}
	if typ == "mismatch" || (typ == "ok" && req.Type == "get") {
		m.Value = &value
	}
	r.send(m)
}

// request handles a client's message.
func (r *Raft) request(m *Msg) {
	if r.role != Leader {
		if r.leader == nobody {
			r.waiting = append(r.waiting, waiter{m, time.Now()})
		} else {
			r.answer(m, "redirect", "", "")
		}
		return
	}
	switch m.Type {
	case "get", "put", "append", "cas": // gets go through the log, too: always linearizable
		e := &Entry{Op: m.Type, Key: m.Key, Expect: m.Expect}
		if m.Value != nil {
			e.Value = *m.Value
		}
		if m.Type != "get" {
			e.Client, e.Seq = m.Client, m.Seq
		}
		if len(encode(e)) > maxDatagram-300 {
			r.answer(m, "fail", "", "too large")
			return
		}
		r.pending[r.propose(e)] = m // sent by the next tick, with all others that came in
		r.advanceCommit()
	default:
		r.answer(m, "fail", "", "not supported")
	}
}

// retryWaiting handles waiting requests again after a leader has become known.
func (r *Raft) retryWaiting() {
	w := r.waiting
	r.waiting = nil
	for _, x := range w {
		r.request(x.msg)
	}
}

func (r *Raft) expireWaiting(now time.Time) {
	for len(r.waiting) > 0 && now.Sub(r.waiting[0].since) > waitLimit {
		r.answer(r.waiting[0].msg, "fail", "", "no leader")
		r.waiting = r.waiting[1:]
	}
}

func (r *Raft) receive(m *Msg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m.MID != "" {
		r.request(m)
	} else {
		r.rpc(m)
	}
	r.finish()
}

func main() {
	if len(os.Args) < 3 {
		die("usage: %s PORT OWN-ID ID...", os.Args[0])
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		die("bad port: %v", err)
	}
	rand.Seed(time.Now().UnixNano() + int64(os.Getpid()))
	local := net.IPv4(127, 0, 0, 1)
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: local})
	if err != nil {
		die("bind: %v", err)
	}
	conn.SetReadBuffer(4 << 20)
	r := newRaft(os.Args[2], os.Args[3:])
	r.conn, r.addr = conn, &net.UDPAddr{IP: local, Port: port}
	r.send(&Msg{Dst: nobody, Type: "hello"})
	r.finish()

	go func() {
		for now := range time.Tick(tickTime) {
			r.tick(now)
		}
	}()
	buf := make([]byte, 65536)
	for {
		n, _, err := conn.ReadFromUDP(buf)
		if err != nil {
			time.Sleep(tickTime) // e.g. connection refused
			continue
		}
		m := &Msg{}
		if json.Unmarshal(buf[:n], m) == nil {
			r.receive(m)
		}
	}
}
