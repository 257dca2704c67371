'use strict';
// Raft over UDP. Messages between replicas are all broadcast; those who are not concerned ignore them.
//   voteRequest {term, lastIndex, lastTerm}              candidate asks for votes
//   vote        {term, candidate, granted}               answer
//   heartbeat   {term, lastIndex, lastTerm, commitIndex} leader is alive, this is how far its log goes
//   entry       {term, index, prevTerm, entry, commitIndex}   one log entry
//   ack         {term, index}                            "my log is like the leader's up to this entry"
//   need        {term, index}                            "please send the entries from here on again"
//   newTerm     {term}                                   answer to a message of an old term
const dgram = require('dgram');
const { openStorage } = require('./storage.js');
const { createStateMachine } = require('./stateMachine.js');

const NOBODY = 'FFFF';
const EVERYBODY = 'FFFF';
const HEARTBEAT_MS = 90;
const ELECTION_MIN_MS = 250;
const ELECTION_MAX_MS = 500;
const NEED_MS = 40;          // wait so long for a missing entry before asking for it
const RESEND_COUNT = 20;     // entries sent for one 'need'
const NO_LEADER_RETRY_MS = 150;
const NO_LEADER_RETRIES = 6;

const startReplica = (port, ownId, others) => {
  const { saved, save } = openStorage(process.env.RAFTLAB_DATA_DIR);
  const machine = createStateMachine();
  const socket = dgram.createSocket('udp4');
  const joining = process.env.RAFTLAB_JOIN === '1'; // membership changes are not supported: only listen

  const state = {
    ...saved, // term, votedFor, log (index 1 is log[0])
    role: 'follower',
    leader: NOBODY,
    commitIndex: 0,
    lastApplied: 0,
    votes: new Set(),    // candidate: who voted for me
    acks: new Map(),     // leader: index -> set of replicas that have the entry
    pending: new Map(),  // leader: index -> client request
    resent: new Map(),   // leader: index -> time when it was last sent again
    early: new Map(),    // follower: entries that came before their predecessor
    leaderLast: 0,       // follower: highest index of the leader that I know of
  };
  const timers = { election: null, heartbeat: null, need: null };

  // ---------- helpers ----------
  const isMajority = (count) => count > (others.length + 1) / 2;
  const lastIndex = () => state.log.length;
  const termAt = (index) => (index >= 1 && index <= state.log.length ? state.log[index - 1].term : 0);

  const send = (dst, fields) => {
    const message = JSON.stringify({ src: ownId, dst, leader: state.leader, ...fields });
    socket.send(message, port, '127.0.0.1', (error) => {
      if (error) console.log(`${ownId}: send failed: ${error.message}`);
    });
  };
  const broadcast = (type, fields) => send(EVERYBODY, { type, term: state.term, ...fields });
  const answerClient = (request, fields) => send(request.src, { MID: request.MID, ...fields });

  const saveVote = () => save({ kind: 'vote', term: state.term, votedFor: state.votedFor });

  // ---------- log ----------
  const appendEntry = (index, entry) => {
    state.log.length = index - 1;
    state.log.push(entry);
    save({ kind: 'entry', index, entry });
  };

  const cutLog = (index) => {
    state.log.length = index - 1;
    save({ kind: 'cut', index });
  };

  const commitTo = (index) => {
    if (index <= state.commitIndex) return;
    state.commitIndex = index;
    while (state.lastApplied < state.commitIndex && state.lastApplied < lastIndex()) {
      state.lastApplied += 1;
      const answer = machine.apply(state.log[state.lastApplied - 1]);
      const request = state.pending.get(state.lastApplied);
      if (request) {
        state.pending.delete(state.lastApplied);
        answerClient(request, answer);
      }
      state.acks.delete(state.lastApplied);
    }
  };

  // ---------- timers ----------
  const resetElectionTimer = () => {
    clearTimeout(timers.election);
    const delay = ELECTION_MIN_MS + Math.random() * (ELECTION_MAX_MS - ELECTION_MIN_MS);
    timers.election = setTimeout(startElection, delay);
  };

  const heartbeatLoop = () => {
    clearTimeout(timers.heartbeat);
    if (state.role !== 'leader') return;
    broadcast('heartbeat', {
      lastIndex: lastIndex(),
      lastTerm: termAt(lastIndex()),
      commitIndex: state.commitIndex,
    });
    timers.heartbeat = setTimeout(heartbeatLoop, HEARTBEAT_MS);
  };

  const askForMissing = () => {
    if (timers.need) return;
    timers.need = setTimeout(() => {
      timers.need = null;
      if (state.role === 'follower' && state.leader !== NOBODY && state.leaderLast > lastIndex()) {
        broadcast('need', { index: lastIndex() + 1 });
        askForMissing();
      }
    }, NEED_MS);
  };

  // ---------- roles ----------
  const becomeFollower = (term, leader) => {
    const wasLeader = state.role === 'leader';
    const failed = [...state.pending.values()];
    if (term > state.term || leader !== state.leader) {
      state.early.clear();
      state.leaderLast = 0;
    }
    if (term > state.term) {
      state.term = term;
      state.votedFor = null;
      saveVote();
    }
    state.role = 'follower';
    state.leader = leader;
    state.pending.clear();
    failed.forEach((request) => answerClient(request, { type: 'fail', reason: 'lost leadership' }));
    if (wasLeader) {
      clearTimeout(timers.heartbeat);
      resetElectionTimer();
    }
  };

  const becomeLeader = () => {
    state.role = 'leader';
    state.leader = ownId;
    state.acks.clear();
    state.pending.clear();
    state.resent.clear();
    clearTimeout(timers.election);
    heartbeatLoop();
  };

  const checkVotes = () => {
    if (state.role === 'candidate' && isMajority(state.votes.size)) becomeLeader();
  };

  const startElection = () => {
    resetElectionTimer();
    if (joining) return;
    state.role = 'candidate';
    state.leader = NOBODY;
    state.term += 1;
    state.votedFor = ownId;
    state.votes = new Set([ownId]);
    saveVote();
    broadcast('voteRequest', { lastIndex: lastIndex(), lastTerm: termAt(lastIndex()) });
    checkVotes();
  };

  // ---------- leader: replication ----------
  const sendEntry = (index) => broadcast('entry', {
    index,
    prevTerm: termAt(index - 1),
    entry: state.log[index - 1],
    commitIndex: state.commitIndex,
  });

  // An entry is committed when a majority has it; the ones before it are then, too.
  const addAck = (index, replica) => {
    if (index <= state.commitIndex || index > lastIndex()) return;
    const who = state.acks.get(index) || new Set([ownId]);
    who.add(replica);
    state.acks.set(index, who);
    if (isMajority(who.size)) commitTo(index);
  };

  const resendFrom = (first) => {
    const now = Date.now();
    const last = Math.min(first + RESEND_COUNT - 1, lastIndex());
    for (let index = first; index <= last; index += 1) {
      // another follower may just have asked for the same entry
      if (now - (state.resent.get(index) || 0) >= NEED_MS / 2) {
        state.resent.set(index, now);
        sendEntry(index);
      }
    }
  };

  // ---------- follower: replication ----------
  const takeEntry = ({ index, prevTerm, entry, commitIndex }) => {
    if (index - 1 > lastIndex()) return false;
    if (termAt(index - 1) !== prevTerm) {
      cutLog(index - 1); // the entry before is not the leader's
      return false;
    }
    if (termAt(index) !== entry.term) appendEntry(index, entry);
    if (index > state.commitIndex) broadcast('ack', { index });
    commitTo(Math.min(commitIndex, index));
    return true;
  };

  const takeEarlyEntries = (index) => {
    const next = state.early.get(index);
    if (!next) return;
    state.early.delete(index);
    if (takeEntry(next)) takeEarlyEntries(index + 1);
  };

  const followLeader = (message) => {
    if (state.role !== 'follower' || state.leader !== message.src) becomeFollower(message.term, message.src);
    resetElectionTimer();
  };

  // ---------- messages from replicas ----------
  const replicaHandlers = {
    voteRequest: ({ src, term, lastIndex: theirIndex, lastTerm: theirTerm }) => {
      const myTerm = termAt(lastIndex());
      const upToDate = theirTerm > myTerm || (theirTerm === myTerm && theirIndex >= lastIndex());
      const granted = upToDate && state.role === 'follower'
        && (state.votedFor === null || state.votedFor === src);
      if (granted) {
        state.votedFor = src;
        saveVote();
        resetElectionTimer();
      }
      broadcast('vote', { candidate: src, granted });
    },

    vote: ({ src, candidate, granted }) => {
      if (candidate !== ownId || !granted || state.role !== 'candidate') return;
      state.votes.add(src);
      checkVotes();
    },

    heartbeat: (message) => {
      followLeader(message);
      const { lastIndex: theirLast, lastTerm, commitIndex } = message;
      state.leaderLast = Math.max(state.leaderLast, theirLast);
      if (theirLast > lastIndex()) {
        askForMissing();
      } else if (termAt(theirLast) !== lastTerm) {
        cutLog(theirLast);
        askForMissing();
      } else {
        if (theirLast > commitIndex) broadcast('ack', { index: theirLast }); // the first ack may be lost
        commitTo(Math.min(commitIndex, theirLast));
      }
    },

    entry: (message) => {
      followLeader(message);
      state.leaderLast = Math.max(state.leaderLast, message.index);
      if (message.index > lastIndex() + 1) state.early.set(message.index, message);
      if (takeEntry(message)) takeEarlyEntries(message.index + 1);
      if (state.leaderLast > lastIndex()) askForMissing();
    },

    ack: ({ src, index }) => {
      if (state.role === 'leader') addAck(index, src);
    },

    need: ({ index }) => {
      if (state.role === 'leader') resendFrom(index);
    },

    newTerm: () => {},
  };

  const needsLeadershipCheck = new Set(['voteRequest', 'heartbeat', 'entry']);

  const onReplicaMessage = (message) => {
    if (!others.includes(message.src)) return;
    if (message.term > state.term) becomeFollower(message.term, NOBODY);
    if (message.term < state.term) {
      if (needsLeadershipCheck.has(message.type)) broadcast('newTerm', {});
      return;
    }
    replicaHandlers[message.type](message);
  };

  // ---------- messages from clients ----------
  const toEntry = ({ type, key, value, expect, client, seq }) => (type === 'get'
    ? { term: state.term, op: type, key }
    : { term: state.term, op: type, key, value, expect, client, seq });

  // Reads go through the log as well, so an old leader can't answer them.
  const propose = (request) => {
    const index = lastIndex() + 1;
    appendEntry(index, toEntry(request));
    state.pending.set(index, request);
    sendEntry(index);
    addAck(index, ownId);
  };

  const onClientMessage = (request, retries = NO_LEADER_RETRIES) => {
    if (state.role === 'leader') {
      propose(request);
    } else if (state.leader !== NOBODY) {
      answerClient(request, { type: 'redirect' });
    } else if (retries > 0) {
      setTimeout(() => onClientMessage(request, retries - 1), NO_LEADER_RETRY_MS);
    } else {
      answerClient(request, { type: 'fail', reason: 'no leader' });
    }
  };

  const onAdminMessage = (request) => answerClient(request, state.role === 'leader' || state.leader === NOBODY
    ? { type: 'fail', reason: 'not supported' }
    : { type: 'redirect' });

  const handlers = {
    ...Object.fromEntries(Object.keys(replicaHandlers).map((type) => [type, onReplicaMessage])),
    ...Object.fromEntries(['get', 'put', 'append', 'cas'].map((type) => [type, (m) => onClientMessage(m)])),
    ...Object.fromEntries(['add', 'remove', 'transfer'].map((type) => [type, onAdminMessage])),
  };

  socket.on('message', (bytes) => {
    const message = JSON.parse(bytes.toString('utf8'));
    const handler = handlers[message.type];
    if (handler) handler(message);
  });
  socket.on('error', (error) => console.log(`${ownId}: socket error: ${error.message}`));
  socket.bind(0, '127.0.0.1', () => {
    send(EVERYBODY, { type: 'hello' });
    resetElectionTimer();
  });
};

module.exports = { startReplica };
