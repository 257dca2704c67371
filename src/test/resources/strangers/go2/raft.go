package main

import (
	"math/rand"
	"net"
	"os"
	"sort"
	"sync"
	"time"
)

const (
	Follower = iota
	Candidate
	Leader
)

const (
	tickTime      = 10 * time.Millisecond
	batchTime     = 20 * time.Millisecond  // at least this between two AppendEntries to a peer
	heartbeatTime = 100 * time.Millisecond // at most this; also the time until a repetition
	electionMin   = 400 * time.Millisecond
	quorumTime    = 1000 * time.Millisecond // a leader without a majority steps down after this
	maxBatch      = 45000                   // bytes of entries in one message
)

type RequestVoteArgs struct {
	LastIndex int `json:"lastIndex"`
	LastTerm  int `json:"lastTerm"`
}

type RequestVoteReply struct {
	Granted bool `json:"granted"`
}

type AppendEntriesArgs struct {
	Seq       int      `json:"seq"`
	PrevIndex int      `json:"prevIndex"`
	PrevTerm  int      `json:"prevTerm"`
	Commit    int      `json:"commit"`
	Entries   []*Entry `json:"entries,omitempty"`
}

type AppendEntriesReply struct {
	Seq     int  `json:"seq"` // copied from the request
	Success bool `json:"success"`
	Match   int  `json:"match,omitempty"`
	// fast backup after a conflict
	XTerm  int `json:"xTerm,omitempty"`  // term of the conflicting entry, 0: log too short
	XIndex int `json:"xIndex,omitempty"` // first index of that term
	XLen   int `json:"xLen,omitempty"`   // length of the log
}

// Peer is what a leader or candidate knows about another replica.
type Peer struct {
	next, match int
	sentSeq     int // number of the last AppendEntries sent, and of the last answered
	ackSeq      int
	sentAt      time.Time
	ackAt       time.Time
	answered    bool // has answered our RequestVote
	granted     bool
}

type Raft struct {
	mu     sync.Mutex
	conn   *net.UDPConn
	addr   *net.UDPAddr
	outbox []*Msg
	store  *Store

	me     string
	peers  map[string]*Peer
	quorum int
	joiner bool

	role     int
	leader   string
	term     int
	votedFor string
	log      []*Entry // log[0] is a sentinel
	commit   int
	applied  int
	deadline time.Time // of the election timer
	askedAt  time.Time // last RequestVote

	seq     int // number of the last AppendEntries sent to anyone
	kv      KV
	pending map[int]*Msg // requests waiting for their entry, by index
	waiting []waiter
}

func newRaft(me string, others []string) *Raft {
	r := &Raft{me: me, leader: nobody, peers: map[string]*Peer{}, pending: map[int]*Msg{},
		log: []*Entry{{}}, joiner: os.Getenv("RAFTLAB_JOIN") == "1",
		kv: KV{map[string]string{}, map[string]session{}}}
	for _, id := range others {
		r.peers[id] = &Peer{}
	}
	r.quorum = (len(r.peers)+1)/2 + 1
	r.store = openStore(os.Getenv("RAFTLAB_DATA_DIR"), func(rec record) bool {
		if rec.Entry == nil {
			r.term, r.votedFor = rec.Term, rec.Vote
			return true
		}
		if rec.Index < 1 || rec.Index > len(r.log) {
			return false
		}
		rec.Entry.size = len(encode(rec.Entry))
		r.log = append(r.log[:rec.Index], rec.Entry)
		return true
	})
	r.resetTimer()
	return r
}

func (r *Raft) last() int { return len(r.log) - 1 }

func (r *Raft) resetTimer() {
	r.deadline = time.Now().Add(electionMin + time.Duration(rand.Int63n(int64(electionMin))))
}

func (r *Raft) setTerm(term int, vote string) {
	r.term, r.votedFor = term, vote
	r.store.add(record{Term: term, Vote: vote})
}

func (r *Raft) appendEntry(e *Entry) {
	e.size = len(encode(e))
	r.log = append(r.log, e)
	r.store.add(record{Index: r.last(), Entry: e})
}

func (r *Raft) propose(e *Entry) int {
	e.Term = r.term
	r.appendEntry(e)
	return r.last()
}

// stepDown makes us a follower, in a new term if term is higher than ours.
func (r *Raft) stepDown(term int) {
	if term > r.term {
		r.setTerm(term, "")
		r.leader = nobody
	}
	if r.role == Leader {
		r.leader = nobody
		for _, m := range r.pending {
			r.answer(m, "fail", "", "lost leadership")
		}
		r.pending = map[int]*Msg{}
		r.resetTimer()
	}
	r.role = Follower
}

// ---------------------------------------------------------------- time

func (r *Raft) tick(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.role == Leader {
		alive := 1
		for _, p := range r.peers {
			if now.Sub(p.ackAt) < quorumTime {
				alive++
			}
		}
		if alive < r.quorum {
			r.stepDown(r.term)
		} else {
			r.replicate(now)
		}
	} else if !r.joiner && now.After(r.deadline) {
		r.startElection()
	} else if r.role == Candidate && now.Sub(r.askedAt) > heartbeatTime {
		r.askedAt = now
		for id, p := range r.peers {
			if !p.answered {
				r.askVote(id)
			}
		}
	}
	r.expireWaiting(now)
	r.finish()
}

// ---------------------------------------------------------------- elections

func (r *Raft) askVote(dst string) {
	r.send(&Msg{Dst: dst, Type: "RequestVote", Term: r.term,
		Vote: &RequestVoteArgs{r.last(), r.log[r.last()].Term}})
}

func (r *Raft) startElection() {
	r.setTerm(r.term+1, r.me)
	r.role, r.leader = Candidate, nobody
	r.resetTimer()
	for _, p := range r.peers {
		p.answered, p.granted = false, false
	}
	r.askedAt = time.Now()
	if len(r.peers) > 0 {
		r.askVote(nobody) // FFFF: everyone
	}
	r.countVotes()
}

func (r *Raft) countVotes() {
	n := 1
	for _, p := range r.peers {
		if p.granted {
			n++
		}
	}
	if n < r.quorum {
		return
	}
	r.role, r.leader = Leader, r.me
	for _, p := range r.peers {
		*p = Peer{next: r.last() + 1, ackAt: time.Now()}
	}
	r.propose(&Entry{}) // so that entries of earlier terms get committed
	r.advanceCommit()
	r.retryWaiting()
	r.replicate(time.Now())
}

func (r *Raft) requestVote(m *Msg) {
	lastTerm := r.log[r.last()].Term
	upToDate := m.Vote.LastTerm > lastTerm || (m.Vote.LastTerm == lastTerm && m.Vote.LastIndex >= r.last())
	granted := m.Term == r.term && upToDate && (r.votedFor == "" || r.votedFor == m.Src)
	if granted {
		if r.votedFor == "" {
			r.setTerm(r.term, m.Src)
		}
		r.resetTimer()
	}
	r.send(&Msg{Dst: m.Src, Type: "RequestVoteReply", Term: r.term, VoteReply: &RequestVoteReply{granted}})
}

// ---------------------------------------------------------------- replication, leader

// replicate sends AppendEntries to each peer that needs one: because the heartbeat (or
// repetition) is due, or because the last one was answered and there are new entries.
func (r *Raft) replicate(now time.Time) {
	for id, p := range r.peers {
		since := now.Sub(p.sentAt)
		if since < heartbeatTime && !(p.next <= r.last() && p.ackSeq == p.sentSeq && since >= batchTime) {
			continue
		}
		r.seq++
		p.sentSeq, p.sentAt = r.seq, now
		args := &AppendEntriesArgs{Seq: r.seq, PrevIndex: p.next - 1, PrevTerm: r.log[p.next-1].Term, Commit: r.commit}
		if now.Sub(p.ackAt) < electionMin { // no entries for the dead, only probes
			size := 0
			for i := p.next; i <= r.last(); i++ {
				size += r.log[i].size + 1
				if size > maxBatch && i > p.next {
					break
				}
				args.Entries = append(args.Entries, r.log[i])
			}
		}
		r.send(&Msg{Dst: id, Type: "AppendEntries", Term: r.term, App: args})
	}
}

func (r *Raft) appendReply(p *Peer, a *AppendEntriesReply) {
	p.ackAt = time.Now()
	if a.Seq > p.ackSeq {
		p.ackSeq = a.Seq
	}
	if a.Success {
		if a.Match > p.match {
			p.match = a.Match
			p.next = a.Match + 1
			r.advanceCommit()
		} else if a.Seq == p.sentSeq {
			p.next = p.match + 1
		}
	} else if a.Seq == p.sentSeq {
		p.next = a.XIndex
		if a.XTerm == 0 {
			p.next = a.XLen + 1
		} else {
			// terms don't decrease in a log: find our last entry of XTerm
			i := sort.Search(len(r.log), func(i int) bool { return r.log[i].Term > a.XTerm }) - 1
			if r.log[i].Term == a.XTerm && i+1 > a.XIndex {
				p.next = i + 1
			}
		}
		if p.next <= p.match {
			p.next = p.match + 1
		}
		if p.next > r.last()+1 {
			p.next = r.last() + 1
		}
	}
}

func (r *Raft) advanceCommit() {
	v := []int{r.last()}
	for _, p := range r.peers {
		v = append(v, p.match)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(v)))
	n := v[r.quorum-1]                           // a majority has everything up to here
	if n > r.commit && r.log[n].Term == r.term { // §5.4.2
		r.commit = n
		r.apply()
	}
}

func (r *Raft) apply() {
	for r.applied < r.commit {
		r.applied++
		typ, value := r.kv.exec(r.log[r.applied])
		if m, ok := r.pending[r.applied]; ok {
			delete(r.pending, r.applied)
			r.answer(m, typ, value, "")
		}
	}
}

// ---------------------------------------------------------------- replication, follower

func (r *Raft) appendEntries(m *Msg) {
	a := m.App
	reply := &AppendEntriesReply{Seq: a.Seq}
	defer func() {
		r.send(&Msg{Dst: m.Src, Type: "AppendEntriesReply", Term: r.term, AppReply: reply})
	}()
	if m.Term < r.term {
		return
	}
	r.role, r.leader = Follower, m.Src
	r.resetTimer()
	r.retryWaiting()
	if a.PrevIndex > r.last() {
		reply.XLen = r.last()
		return
	}
	if t := r.log[a.PrevIndex].Term; t != a.PrevTerm {
		reply.XTerm, reply.XIndex = t, a.PrevIndex
		for reply.XIndex > 1 && r.log[reply.XIndex-1].Term == t {
			reply.XIndex--
		}
		return
	}
	for i, e := range a.Entries {
		idx := a.PrevIndex + 1 + i
		if idx <= r.last() {
			if r.log[idx].Term == e.Term {
				continue
			}
			r.log = r.log[:idx]
		}
		r.appendEntry(e)
	}
	reply.Success, reply.Match = true, a.PrevIndex+len(a.Entries)
	n := a.Commit
	if n > reply.Match {
		n = reply.Match
	}
	if n > r.commit {
		r.commit = n
		r.apply()
	}
}

func (r *Raft) rpc(m *Msg) {
	p := r.peers[m.Src]
	if p == nil {
		return
	}
	if m.Term > r.term {
		r.stepDown(m.Term)
	}
	switch {
	case m.Vote != nil:
		r.requestVote(m)
	case m.App != nil:
		r.appendEntries(m)
	case m.VoteReply != nil && r.role == Candidate && m.Term == r.term:
		p.answered = true
		p.granted = p.granted || m.VoteReply.Granted
		r.countVotes()
	case m.AppReply != nil && r.role == Leader && m.Term == r.term:
		r.appendReply(p, m.AppReply)
	}
}
