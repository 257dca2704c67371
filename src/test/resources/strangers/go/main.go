package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"net"
	"os"
	"strconv"
	"sync"
	"time"
)

// every datagram looks like this, unused parts are left out
type Message struct {
	Src    string `json:"src"`
	Dst    string `json:"dst"`
	Leader string `json:"leader"`
	Type   string `json:"type"`

	// clients
	MID   string  `json:"MID,omitempty"`
	Key   string  `json:"key,omitempty"`
	Value *string `json:"value,omitempty"` // pointer, because ok to a get needs "value":""

	// replicas
	RpcId   int                 `json:"rpcId,omitempty"`
	RVArgs  *RequestVoteArgs    `json:"rvArgs,omitempty"`
	RVReply *RequestVoteReply   `json:"rvReply,omitempty"`
	AEArgs  *AppendEntriesArgs  `json:"aeArgs,omitempty"`
	AEReply *AppendEntriesReply `json:"aeReply,omitempty"`
}

// Transport replaces labrpc: call() sends a datagram and waits for the answer
type Transport struct {
	mu      sync.Mutex
	me      string
	conn    *net.UDPConn
	lastId  int
	waiting map[int]chan *Message
}

const rpcTimeout = 250 * time.Millisecond

func DPrintf(format string, a ...interface{}) {
	if os.Getenv("KVDEBUG") != "" {
		fmt.Fprintf(os.Stderr, format+"\n", a...)
	}
}

func (t *Transport) send(m *Message) {
	m.Src = t.me
	data, err := json.Marshal(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "marshal:", err)
		return
	}
	if _, err = t.conn.Write(data); err != nil {
		fmt.Fprintln(os.Stderr, "send:", err)
	}
}

func (t *Transport) call(m *Message) (*Message, bool) {
	ch := make(chan *Message, 1)
	t.mu.Lock()
	t.lastId++
	m.RpcId = t.lastId
	t.waiting[m.RpcId] = ch
	t.mu.Unlock()

	t.send(m)

	select {
	case r := <-ch:
		return r, true
	case <-time.After(rpcTimeout):
		t.mu.Lock()
		delete(t.waiting, m.RpcId)
		t.mu.Unlock()
		return nil, false
	}
}

func (t *Transport) deliver(m *Message) {
	t.mu.Lock()
	ch, ok := t.waiting[m.RpcId]
	delete(t.waiting, m.RpcId)
	t.mu.Unlock()
	if ok {
		ch <- m
	}
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: 3700kvstore port id [id...]")
		os.Exit(1)
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	me := os.Args[2]
	peers := os.Args[3:]
	rand.Seed(time.Now().UnixNano() + int64(os.Getpid()))

	conn, err := net.DialUDP("udp", nil, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	conn.SetReadBuffer(1 << 20)

	t := &Transport{me: me, conn: conn, waiting: make(map[int]chan *Message)}
	t.send(&Message{Dst: "FFFF", Leader: "FFFF", Type: "hello"})

	kv := StartKVServer(t, me, peers)

	buf := make([]byte, 65536)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		m := new(Message)
		if err := json.Unmarshal(buf[:n], m); err != nil {
			DPrintf("%s bad message: %v", me, err)
			continue
		}
		switch m.Type {
		case "RequestVote":
			go kv.rf.RequestVote(m)
		case "AppendEntries":
			go kv.rf.AppendEntries(m)
		case "RequestVoteReply", "AppendEntriesReply":
			t.deliver(m)
		case "get", "put":
			go kv.Request(m)
		}
	}
}
