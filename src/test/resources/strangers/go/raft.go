package main

import (
	"math/rand"
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
	heartbeatInterval = 100 * time.Millisecond
	electionMin       = 350
	electionRange     = 350
	maxEntries        = 50
)

type LogEntry struct {
	Term    int `json:"term,omitempty"`
	Command Op  `json:"command"`
}

type RequestVoteArgs struct {
	Term         int    `json:"term,omitempty"`
	CandidateId  string `json:"candidateId,omitempty"`
	LastLogIndex int    `json:"lastLogIndex,omitempty"`
	LastLogTerm  int    `json:"lastLogTerm,omitempty"`
}

type RequestVoteReply struct {
	Term        int  `json:"term,omitempty"`
	VoteGranted bool `json:"voteGranted,omitempty"`
}

type AppendEntriesArgs struct {
	Term         int        `json:"term,omitempty"`
	LeaderId     string     `json:"leaderId,omitempty"`
	PrevLogIndex int        `json:"prevLogIndex,omitempty"`
	PrevLogTerm  int        `json:"prevLogTerm,omitempty"`
	Entries      []LogEntry `json:"entries,omitempty"`
	LeaderCommit int        `json:"leaderCommit,omitempty"`
}

type AppendEntriesReply struct {
	Term    int  `json:"term,omitempty"`
	Success bool `json:"success,omitempty"`

	// fast backup
	XTerm  int `json:"xTerm,omitempty"`
	XIndex int `json:"xIndex,omitempty"`
	XLen   int `json:"xLen,omitempty"`
}

type ApplyMsg struct {
	Command      Op
	CommandIndex int
}

type Raft struct {
	mu        sync.Mutex
	applyCond *sync.Cond
	t         *Transport
	me        string
	peers     []string // without me
	applyCh   chan ApplyMsg

	state       int
	leader      string
	currentTerm int
	votedFor    string
	log         []LogEntry // log[0] is a dummy

	commitIndex int
	lastApplied int
	nextIndex   map[string]int
	matchIndex  map[string]int

	electionDeadline time.Time
	onStepDown       func()
}

func Make(t *Transport, me string, peers []string, applyCh chan ApplyMsg) *Raft {
	rf := &Raft{t: t, me: me, peers: peers, applyCh: applyCh}
	rf.applyCond = sync.NewCond(&rf.mu)
	rf.leader = "FFFF"
	rf.log = []LogEntry{{Term: 0}}
	rf.nextIndex = make(map[string]int)
	rf.matchIndex = make(map[string]int)
	rf.resetElectionTimer()
	return rf
}

func (rf *Raft) run() {
	go rf.ticker()
	go rf.applier()
}

func (rf *Raft) lastIndex() int { return len(rf.log) - 1 }

func (rf *Raft) resetElectionTimer() {
	ms := electionMin + rand.Intn(electionRange)
	rf.electionDeadline = time.Now().Add(time.Duration(ms) * time.Millisecond)
}

// with lock
func (rf *Raft) becomeFollower(term int) {
	wasLeader := rf.state == Leader
	rf.state = Follower
	if term > rf.currentTerm {
		rf.currentTerm = term
		rf.votedFor = ""
		rf.leader = "FFFF"
	}
	if wasLeader {
		DPrintf("%s steps down, term %d", rf.me, term)
		go rf.onStepDown()
	}
}

func (rf *Raft) ticker() {
	for {
		time.Sleep(15 * time.Millisecond)
		rf.mu.Lock()
		if rf.state != Leader && time.Now().After(rf.electionDeadline) {
			rf.startElection()
		}
		rf.mu.Unlock()
	}
}

// with lock
func (rf *Raft) startElection() {
	rf.state = Candidate
	rf.currentTerm++
	rf.votedFor = rf.me
	rf.leader = "FFFF"
	rf.resetElectionTimer()
	DPrintf("%s election for term %d", rf.me, rf.currentTerm)
	votes := 1
	args := RequestVoteArgs{
		Term:         rf.currentTerm,
		CandidateId:  rf.me,
		LastLogIndex: rf.lastIndex(),
		LastLogTerm:  rf.log[rf.lastIndex()].Term,
	}
	if len(rf.peers) == 0 {
		rf.becomeLeader()
		return
	}
	for _, p := range rf.peers {
		go func(p string) {
			m, ok := rf.t.call(&Message{Dst: p, Leader: "FFFF", Type: "RequestVote", RVArgs: &args})
			if !ok || m.RVReply == nil {
				return
			}
			rf.mu.Lock()
			defer rf.mu.Unlock()
			if m.RVReply.Term > rf.currentTerm {
				rf.becomeFollower(m.RVReply.Term)
				return
			}
			if rf.state != Candidate || rf.currentTerm != args.Term {
				return
			}
			if m.RVReply.VoteGranted {
				votes++
				if votes > (len(rf.peers)+1)/2 {
					rf.becomeLeader()
				}
			}
		}(p)
	}
}

// with lock
func (rf *Raft) becomeLeader() {
	DPrintf("%s LEADER of term %d", rf.me, rf.currentTerm)
	rf.state = Leader
	rf.leader = rf.me
	for _, p := range rf.peers {
		rf.nextIndex[p] = len(rf.log)
		rf.matchIndex[p] = 0
	}
	go rf.heartbeats(rf.currentTerm)
}

func (rf *Raft) heartbeats(term int) {
	for {
		rf.mu.Lock()
		if rf.state != Leader || rf.currentTerm != term {
			rf.mu.Unlock()
			return
		}
		rf.mu.Unlock()
		rf.broadcast()
		time.Sleep(heartbeatInterval)
	}
}

func (rf *Raft) broadcast() {
	for _, p := range rf.peers {
		go rf.sendAppendEntries(p)
	}
}

func (rf *Raft) sendAppendEntries(p string) {
	rf.mu.Lock()
	if rf.state != Leader {
		rf.mu.Unlock()
		return
	}
	prev := rf.nextIndex[p] - 1
	end := len(rf.log)
	if end > prev+1+maxEntries {
		end = prev + 1 + maxEntries
	}
	args := &AppendEntriesArgs{
		Term:         rf.currentTerm,
		LeaderId:     rf.me,
		PrevLogIndex: prev,
		PrevLogTerm:  rf.log[prev].Term,
		Entries:      append([]LogEntry{}, rf.log[prev+1:end]...),
		LeaderCommit: rf.commitIndex,
	}
	rf.mu.Unlock()

	m, ok := rf.t.call(&Message{Dst: p, Leader: rf.me, Type: "AppendEntries", AEArgs: args})
	if !ok || m.AEReply == nil {
		return // next heartbeat sends it again
	}
	reply := m.AEReply

	rf.mu.Lock()
	defer rf.mu.Unlock()
	if reply.Term > rf.currentTerm {
		rf.becomeFollower(reply.Term)
		return
	}
	if rf.state != Leader || rf.currentTerm != args.Term {
		return
	}
	if reply.Success {
		match := args.PrevLogIndex + len(args.Entries)
		if match > rf.matchIndex[p] {
			rf.matchIndex[p] = match
		}
		rf.nextIndex[p] = rf.matchIndex[p] + 1
		rf.advanceCommit()
		return
	}
	if reply.XTerm == 0 {
		rf.nextIndex[p] = reply.XLen
	} else {
		rf.nextIndex[p] = reply.XIndex
		for i := args.PrevLogIndex; i > 0; i-- {
			if rf.log[i].Term == reply.XTerm {
				rf.nextIndex[p] = i + 1
				break
			}
		}
	}
	if rf.nextIndex[p] < 1 {
		rf.nextIndex[p] = 1
	}
	go rf.sendAppendEntries(p)
}

// with lock
func (rf *Raft) advanceCommit() {
	all := []int{rf.lastIndex()}
	for _, p := range rf.peers {
		all = append(all, rf.matchIndex[p])
	}
	sort.Sort(sort.Reverse(sort.IntSlice(all)))
	n := all[len(all)/2]
	if n > rf.commitIndex && rf.log[n].Term == rf.currentTerm {
		rf.commitIndex = n
		rf.applyCond.Broadcast()
	}
}

func (rf *Raft) RequestVote(m *Message) {
	args := m.RVArgs
	if args == nil {
		return
	}
	rf.mu.Lock()
	defer rf.mu.Unlock()
	reply := &RequestVoteReply{}
	if args.Term > rf.currentTerm {
		rf.becomeFollower(args.Term)
	}
	reply.Term = rf.currentTerm
	last := rf.lastIndex()
	upToDate := args.LastLogTerm > rf.log[last].Term ||
		(args.LastLogTerm == rf.log[last].Term && args.LastLogIndex >= last)
	if args.Term == rf.currentTerm && (rf.votedFor == "" || rf.votedFor == args.CandidateId) && upToDate {
		rf.votedFor = args.CandidateId
		reply.VoteGranted = true
		rf.resetElectionTimer()
	}
	rf.t.send(&Message{Dst: m.Src, Leader: rf.leader, Type: "RequestVoteReply", RpcId: m.RpcId, RVReply: reply})
}

func (rf *Raft) AppendEntries(m *Message) {
	args := m.AEArgs
	if args == nil {
		return
	}
	rf.mu.Lock()
	defer rf.mu.Unlock()
	reply := &AppendEntriesReply{}
	defer func() {
		rf.t.send(&Message{Dst: m.Src, Leader: rf.leader, Type: "AppendEntriesReply", RpcId: m.RpcId, AEReply: reply})
	}()

	if args.Term < rf.currentTerm {
		reply.Term = rf.currentTerm
		return
	}
	rf.becomeFollower(args.Term)
	rf.leader = args.LeaderId
	rf.resetElectionTimer()
	reply.Term = rf.currentTerm

	if args.PrevLogIndex > rf.lastIndex() {
		reply.XLen = len(rf.log)
		return
	}
	if rf.log[args.PrevLogIndex].Term != args.PrevLogTerm {
		reply.XTerm = rf.log[args.PrevLogIndex].Term
		i := args.PrevLogIndex
		for i > 1 && rf.log[i-1].Term == reply.XTerm {
			i--
		}
		reply.XIndex = i
		return
	}

	for i, e := range args.Entries {
		idx := args.PrevLogIndex + 1 + i
		if idx > rf.lastIndex() || rf.log[idx].Term != e.Term {
			rf.log = append(rf.log[:idx], args.Entries[i:]...)
			break
		}
	}
	reply.Success = true

	if args.LeaderCommit > rf.commitIndex {
		n := args.PrevLogIndex + len(args.Entries)
		if args.LeaderCommit < n {
			n = args.LeaderCommit
		}
		if n > rf.commitIndex {
			rf.commitIndex = n
			rf.applyCond.Broadcast()
		}
	}
}

func (rf *Raft) applier() {
	rf.mu.Lock()
	for {
		for rf.lastApplied >= rf.commitIndex {
			rf.applyCond.Wait()
		}
		rf.lastApplied++
		msg := ApplyMsg{Command: rf.log[rf.lastApplied].Command, CommandIndex: rf.lastApplied}
		rf.mu.Unlock()
		rf.applyCh <- msg
		rf.mu.Lock()
	}
}

func (rf *Raft) Start(command Op) (int, int, bool) {
	rf.mu.Lock()
	defer rf.mu.Unlock()
	if rf.state != Leader {
		return -1, rf.currentTerm, false
	}
	rf.log = append(rf.log, LogEntry{Term: rf.currentTerm, Command: command})
	if len(rf.peers) == 0 {
		rf.advanceCommit()
	}
	rf.broadcast()
	return rf.lastIndex(), rf.currentTerm, true
}

func (rf *Raft) Leader() string {
	rf.mu.Lock()
	defer rf.mu.Unlock()
	return rf.leader
}
