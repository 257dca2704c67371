"""The replica, and its three roles as classes (State pattern)."""
import asyncio
import json
import os
import random

from messages import (BODIES, BROADCAST, NOBODY, AppendReply, AppendRequest, ClientRequest, Entry,
                      VoteReply, VoteRequest, to_bytes)
from storage import Journal, NullJournal, PersistentState
from store import KeyValueStore

HEARTBEAT = 0.1
ELECTION_TIMEOUT = (0.35, 0.7)
MAX_BATCH_BYTES = 16000
MAX_ENTRY_BYTES = 64000


class Role:
    """What a replica does in one role. A new object is made at each change of the role."""

    def __init__(self, replica):
        self.replica = replica
        self.state = replica.state
        self.timer = None

    def start(self):
        pass

    def stop(self):
        if self.timer:
            self.timer.cancel()

    def set_timer(self, delay, callback):
        if self.timer:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(delay, callback)

    def set_election_timer(self):
        self.set_timer(random.uniform(*ELECTION_TIMEOUT), self.replica.start_election)

    def on_vote_granted(self):
        pass

    # Messages. The term of the sender is never higher than ours here (see Replica.on_message).

    def on_VoteRequest(self, src, body):
        state = self.state
        up_to_date = (body.lastLogTerm, body.lastLogIndex) >= (state.last_term, state.last_index)
        granted = body.term == state.term and state.voted_for in (None, src) and up_to_date
        if granted:
            if state.voted_for is None:
                state.set_term(state.term, src)
            self.on_vote_granted()
        self.replica.send(src, VoteReply(state.term, granted))

    def on_VoteReply(self, src, body):
        pass

    def on_AppendRequest(self, src, body):
        if body.term < self.state.term:
            self.replica.send(src, AppendReply(self.state.term, False, body.prevLogIndex, 0))

    def on_AppendReply(self, src, body):
        pass

    def on_client_request(self, request):
        raise NotImplementedError


class Follower(Role):
    def start(self):
        if not self.replica.joining:
            self.set_election_timer()

    def on_vote_granted(self):
        self.set_election_timer()

    def on_AppendRequest(self, src, body):
        state, replica = self.state, self.replica
        if body.term < state.term:
            return super().on_AppendRequest(src, body)
        self.set_election_timer()
        replica.set_leader(src)
        prev = body.prevLogIndex
        if prev > state.last_index or state.term_at(prev) != body.prevLogTerm:
            replica.send(src, AppendReply(state.term, False, prev, state.last_index))
            return
        index = prev
        for entry in body.entries:
            index += 1
            if index <= state.last_index:
                if state.term_at(index) == entry.term:
                    continue
                state.truncate(index)
            state.append(entry)
        replica.commit(min(body.commitIndex, index))
        replica.send(src, AppendReply(state.term, True, prev, index))

    def on_client_request(self, request):
        if self.replica.leader == NOBODY:
            self.replica.waiting.append(request)
        else:
            self.replica.answer(request, {"type": "redirect"})


class Candidate(Role):
    def start(self):
        replica, state = self.replica, self.state
        state.set_term(state.term + 1, replica.id)
        self.votes = {replica.id}
        self.set_election_timer()
        replica.send(BROADCAST, VoteRequest(state.term, state.last_index, state.last_term))
        self.check_votes()

    def check_votes(self):
        if len(self.votes) >= self.replica.majority:
            self.replica.change_role(Leader)

    def on_VoteReply(self, src, body):
        if body.term == self.state.term and body.granted:
            self.votes.add(src)
            self.check_votes()

    def on_AppendRequest(self, src, body):
        if body.term == self.state.term:    # somebody else won
            self.replica.change_role(Follower)
            self.replica.role.on_AppendRequest(src, body)
        else:
            super().on_AppendRequest(src, body)

    def on_client_request(self, request):
        self.replica.waiting.append(request)


class Peer:
    """What the leader knows about one follower."""

    def __init__(self, id, next_index):
        self.id = id
        self.next_index = next_index
        self.match_index = 0
        self.busy = False       # entries are on their way, no answer yet


class Leader(Role):
    def start(self):
        self.peers = {id: Peer(id, self.state.last_index + 1) for id in self.replica.others}
        self.pending = {}       # log index -> client request
        self.replica.set_leader(self.replica.id)
        self.heartbeat()

    def stop(self):
        super().stop()
        for request in self.pending.values():
            self.replica.answer(request, {"type": "fail", "reason": "no longer leader"})
        self.pending = {}

    def heartbeat(self):
        for peer in self.peers.values():
            self.send_entries(peer)
        self.set_timer(HEARTBEAT, self.heartbeat)

    def send_entries(self, peer):
        state = self.state
        prev = peer.next_index - 1
        entries = state.batch(peer.next_index, MAX_BATCH_BYTES)
        peer.busy = bool(entries)
        self.replica.send(peer.id, AppendRequest(state.term, prev, state.term_at(prev),
                                                 self.replica.commit_index, entries))

    def send_news(self, peer):
        if not peer.busy and peer.next_index <= self.state.last_index:
            self.send_entries(peer)

    def on_AppendReply(self, src, body):
        if body.term != self.state.term or src not in self.peers:
            return
        peer = self.peers[src]
        if body.success:
            peer.match_index = max(peer.match_index, body.matchIndex)
            if body.matchIndex >= peer.next_index:
                peer.next_index = body.matchIndex + 1
                peer.busy = False
            self.advance_commit_index()
            self.send_news(peer)
        elif body.prevLogIndex == peer.next_index - 1:     # not an old answer
            peer.next_index = max(peer.match_index + 1, min(body.prevLogIndex, body.matchIndex + 1))
            self.send_entries(peer)

    def advance_commit_index(self):
        matches = [peer.match_index for peer in self.peers.values()] + [self.state.last_index]
        index = sorted(matches, reverse=True)[self.replica.majority - 1]
        if index > self.replica.commit_index and self.state.term_at(index) == self.state.term:
            self.replica.commit(index)

    def on_client_request(self, request):
        command = request.to_command()
        if command is None:
            self.replica.answer(request, {"type": "fail", "reason": "not supported"})
            return
        entry = Entry(self.state.term, command)
        if entry.size > MAX_ENTRY_BYTES:
            self.replica.answer(request, {"type": "fail", "reason": "too large"})
            return
        self.state.append(entry)
        self.pending[self.state.last_index] = request
        for peer in self.peers.values():
            self.send_news(peer)
        self.advance_commit_index()

    def on_applied(self, index, result):
        request = self.pending.pop(index, None)
        if request:
            self.replica.answer(request, result)


class Replica(asyncio.DatagramProtocol):
    def __init__(self, port, id, others, journal, joining):
        self.port = port
        self.id = id
        self.others = others
        self.majority = (len(others) + 1) // 2 + 1
        self.joining = joining
        self.state = PersistentState(journal)
        self.store = KeyValueStore()
        self.commit_index = 0
        self.leader = NOBODY
        self.waiting = []       # client requests that came while we knew no leader
        self.role = None
        self.transport = None

    # Network

    def connection_made(self, transport):
        self.transport = transport
        self.send_raw({"src": self.id, "dst": BROADCAST, "leader": NOBODY, "type": "hello"})
        self.change_role(Follower)

    def datagram_received(self, data, addr):
        try:
            message = json.loads(data)
        except ValueError:
            return
        if message["type"] in BODIES:
            body = BODIES[message["type"]].from_dict(message["body"])
            self.on_message(message["src"], message["type"], body)
        elif "MID" in message:
            self.role.on_client_request(ClientRequest.from_dict(message))

    def send_raw(self, message):
        self.transport.sendto(to_bytes(message), ("127.0.0.1", self.port))

    def send(self, dst, body):
        self.send_raw({"src": self.id, "dst": dst, "leader": self.leader,
                       "type": type(body).__name__, "body": body.to_dict()})

    def answer(self, request, result):
        self.send_raw({"src": self.id, "dst": request.client, "leader": self.leader,
                       "MID": request.mid, **result})

    # Raft

    def on_message(self, src, type, body):
        if body.term > self.state.term:
            self.state.set_term(body.term)
            self.leader = NOBODY
            if not isinstance(self.role, Follower):
                self.change_role(Follower)
        getattr(self.role, "on_" + type)(src, body)

    def change_role(self, role_class):
        if self.role:
            self.role.stop()
        self.role = role_class(self)
        self.role.start()

    def start_election(self):
        self.leader = NOBODY
        self.change_role(Candidate)

    def set_leader(self, id):
        self.leader = id
        waiting, self.waiting = self.waiting, []
        for request in waiting:
            self.role.on_client_request(request)

    def commit(self, index):
        """Commit and apply all entries up to this index."""
        while self.commit_index < index:
            self.commit_index += 1
            result = self.store.apply(self.state.entry(self.commit_index).command)
            if isinstance(self.role, Leader):
                self.role.on_applied(self.commit_index, result)


async def run(port, id, others):
    directory = os.environ.get("RAFTLAB_DATA_DIR")
    journal = Journal(directory) if directory else NullJournal()
    joining = os.environ.get("RAFTLAB_JOIN") == "1"
    replica = Replica(port, id, others, journal, joining)
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: replica, local_addr=("127.0.0.1", 0))
    await asyncio.Event().wait()    # forever
