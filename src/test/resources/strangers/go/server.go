package main

import "sync"

type Op struct {
	Kind  string `json:"kind,omitempty"` // get or put
	Key   string `json:"key,omitempty"`
	Value string `json:"value,omitempty"`
	MID   string `json:"mid,omitempty"`
}

type pendingReq struct {
	client string
	mid    string
}

type KVServer struct {
	mu      sync.Mutex
	t       *Transport
	rf      *Raft
	applyCh chan ApplyMsg
	data    map[string]string
	pending map[int]pendingReq // by log index
}

func StartKVServer(t *Transport, me string, peers []string) *KVServer {
	kv := &KVServer{t: t}
	kv.applyCh = make(chan ApplyMsg)
	kv.data = make(map[string]string)
	kv.pending = make(map[int]pendingReq)
	kv.rf = Make(t, me, peers, kv.applyCh)
	kv.rf.onStepDown = kv.failAll
	go kv.applyLoop()
	kv.rf.run()
	return kv
}

func (kv *KVServer) answer(client, typ, mid string, value *string) {
	kv.t.send(&Message{Dst: client, Leader: kv.rf.Leader(), Type: typ, MID: mid, Value: value})
}

// gets go through the log too
func (kv *KVServer) Request(m *Message) {
	op := Op{Kind: m.Type, Key: m.Key, MID: m.MID}
	if m.Value != nil {
		op.Value = *m.Value
	}
	kv.mu.Lock()
	defer kv.mu.Unlock()
	index, _, isLeader := kv.rf.Start(op)
	if !isLeader {
		if kv.rf.Leader() == "FFFF" {
			kv.answer(m.Src, "fail", m.MID, nil)
		} else {
			kv.answer(m.Src, "redirect", m.MID, nil)
		}
		return
	}
	kv.pending[index] = pendingReq{m.Src, m.MID}
}

func (kv *KVServer) applyLoop() {
	for msg := range kv.applyCh {
		kv.mu.Lock()
		op := msg.Command
		if op.Kind == "put" {
			kv.data[op.Key] = op.Value
		}
		if p, ok := kv.pending[msg.CommandIndex]; ok {
			delete(kv.pending, msg.CommandIndex)
			if p.mid != op.MID {
				kv.answer(p.client, "fail", p.mid, nil)
			} else if op.Kind == "get" {
				v := kv.data[op.Key]
				kv.answer(p.client, "ok", p.mid, &v)
			} else {
				kv.answer(p.client, "ok", p.mid, nil)
			}
		}
		kv.mu.Unlock()
	}
}

func (kv *KVServer) failAll() {
	kv.mu.Lock()
	defer kv.mu.Unlock()
	for i, p := range kv.pending {
		kv.answer(p.client, "fail", p.mid, nil)
		delete(kv.pending, i)
	}
}
