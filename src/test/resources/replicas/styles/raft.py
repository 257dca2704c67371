"""Raft as in Figure 2 of the paper, with gets as entries of the log. Indexes count from 1; 0 is the empty log."""
import bisect
import json
import random

from wire import NO_ID, Entry

FOLLOWER, CANDIDATE, LEADER = "follower", "candidate", "leader"
CHUNK = 50_000  # bytes of entries in a message, if there are several
LARGEST_ENTRY = 64_800
UNPAIRED = 30  # appends without an answer after which a leader that only gets flags steps down


class Peer:
    """What a leader knows of another replica in its term."""

    def __init__(self, next_index):
        self.next, self.match, self.step = next_index, 0, 1
        self.waiting, self.sent_at, self.heard = False, 0.0, 0.0
        self.extents, self.accepted, self.refused = [], 0, 0
        self.lost = 0
        self.mids = {}
        self.answered = False


class Raft:
    def __init__(self, style, bug, me, others, wire):
        self.style, self.bug, self.me, self.others, self.wire = style, bug, me, others, wire
        self.majority = (len(others) + 1) // 2 + 1
        self.chance = random.Random()
        self.term, self.voted = 0, None
        self.log = []
        self.commit = self.applied = 0
        self.store = {}
        self.role, self.leader, self.last_leader = FOLLOWER, None, NO_ID
        self.matched = 0  # of this term's leader, as follower
        self.votes, self.vote_mids = set(), set()
        self.peers = {}
        self.open = {}  # index: (entry, request) of requests that are in the log
        self.held = []
        self.seen = {}  # requests and messages that came before
        self.beat_at = self.now = 0.0
        self.dirty = False
        self.notice = 0  # what the last commit notice said
        self.deposed = None  # the term of the old heartbeats

    # Timers

    def start(self, now):
        self.now = now
        self.wire.hello()
        self.wait_for_leader()

    def wait_for_leader(self):
        self.elect_at = self.now + self.chance.uniform(*self.style.election)

    @property
    def beat(self):
        return 0.001 if self.bug == "redirect-storm" else self.style.beat

    def resend_at(self, peer):
        wait = max(0.1, self.style.beat)
        if self.style.ack == "flag":  # what is never answered makes it harder to pair answers
            wait *= min(16, 2 ** peer.lost)
        return peer.sent_at + wait

    def deadline(self):
        if self.role == FOLLOWER:
            return self.elect_at if self.deposed is None else min(self.elect_at, self.beat_at)
        if self.role == CANDIDATE:
            return min(self.elect_at, self.beat_at)
        if self.style.at_tick:
            return self.beat_at
        return min([self.beat_at] + [self.resend_at(peer) for peer in self.peers.values() if peer.waiting and self.lacks(peer)])

    def tick(self, now):
        self.now = now
        if self.role == LEADER:
            due = now >= self.beat_at
            if due:
                self.beat_at = now + self.beat
                self.heartbeat()
            self.replicate(due)
        elif now >= self.elect_at:
            self.stand()
        elif now >= self.beat_at:
            self.beat_at = now + max(self.beat, 0.1)
            if self.role == CANDIDATE:
                self.ask_for_votes()
            elif self.deposed is not None:
                for dst in self.to(self.style.heartbeats_to):
                    self.old_heartbeat(dst)

    def old_heartbeat(self, dst):
        if self.style.heartbeat == "blind":
            self.wire.blind_heartbeat(dst, self.deposed)
        else:
            self.wire.append(dst, self.deposed, 0, 0, [], 0)

    # The log

    def last(self):
        return len(self.log)

    def term_at(self, index):
        return self.log[index - 1].term if index else 0

    def to(self, whom):
        return [NO_ID] if whom == "all" else self.others

    # Roles

    def raise_term(self, term):
        self.term, self.voted, self.leader = term, None, None
        self.become_follower()

    def become_follower(self):
        if self.role == LEADER:
            if self.bug == "endless-heartbeats":
                self.deposed, self.beat_at = self.peers_term, self.now
            self.role = FOLLOWER
            self.wait_for_leader()
        self.role, self.matched = FOLLOWER, 0
        if self.open:
            for entry, request in self.open.values():
                self.redirect(request)
            self.open = {}

    def stand(self):
        if self.bug == "never-stands":
            return self.wait_for_leader()
        if self.open or self.role == LEADER:
            self.become_follower()
        self.term += 1
        self.role, self.voted, self.leader, self.deposed = CANDIDATE, self.me, None, None
        self.wait_for_leader()
        if self.bug != "counts-old-votes":
            self.votes = set()
        self.votes.add(self.me)
        self.vote_mids = set()
        self.peers = {other: Peer(0) for other in self.others}
        self.ask_for_votes(first=True)
        self.count_votes()

    def ask_for_votes(self, first=False):
        self.beat_at = self.now + max(self.beat, 0.1)
        leader = {"FFFF": NO_ID, "last": self.last_leader, "own": self.me}[self.style.candidate_leader]
        asked = [other for other in self.others if not self.peers[other].answered]
        for dst in [NO_ID] if first and self.style.votes_to == "all" else asked:
            mid = self.wire.vote_request(dst, leader, self.term, self.last(), self.term_at(self.last()))
            self.vote_mids.add(mid)

    def count_votes(self):
        if self.role != CANDIDATE or len(self.votes) < self.majority:
            return
        self.role, self.leader, self.last_leader, self.peers_term = LEADER, self.me, self.me, self.term
        self.peers = {other: Peer(self.last() + 1) for other in self.others}
        self.notice = 0
        if self.style.noop:
            self.log.append(self.wire.prepare(Entry(self.term, "noop")))
        self.beat_at = self.now + self.beat
        if self.style.noop and not self.style.at_tick:
            self.dirty = True
            self.replicate()
        else:
            self.heartbeat()
        self.serve_held()

    # The leader's messages

    def heartbeat(self):
        style = self.style
        if style.heartbeats_to == "all":
            if style.heartbeat == "blind":
                self.wire.blind_heartbeat(NO_ID, self.term)
            else:
                self.send_append(NO_ID, self.last(), [])
            return
        for other, peer in self.peers.items():
            if style.heartbeat == "blind":
                self.wire.blind_heartbeat(other, self.term)
            elif self.bug == "redirect-storm" or self.now - peer.sent_at >= self.beat / 2:
                self.send_append(other, self.last() if style.heartbeat == "leader-last" else peer.next - 1, [])

    def send_append(self, dst, prev, entries):
        mid = self.wire.append(dst, self.term, prev, self.term_at(prev), entries, self.commit)
        extent = prev + len(entries)
        for other in self.others if dst == NO_ID else [dst]:
            peer = self.peers[other]
            if entries:
                peer.lost += peer.waiting
                peer.sent_at, peer.waiting = self.now, True
            if self.style.ack == "flag" and (entries or self.style.hb_answered):
                bisect.insort(peer.extents, extent)
                if len(peer.extents) - peer.accepted - peer.refused > UNPAIRED and peer.heard > self.now - 1:
                    self.dirty = False
                    self.unpaired = True
            elif self.style.mids == "echo":
                peer.mids[mid] = extent
                if len(peer.mids) > 2000:
                    del peer.mids[next(iter(peer.mids))]

    def lacks(self, peer):
        """Whether there is something to send: known to be missing, or of this term and not confirmed."""
        last = self.last()
        return peer.match < last and (peer.next <= last or self.term_at(last) == self.term)

    def chunk(self, start, room=CHUNK):
        entries, size = [], 0
        for index in range(start, self.last() + 1):
            size += self.wire.size(self.log[index - 1])
            if entries and size > room:
                break
            entries.append(self.log[index - 1])
        return entries

    def replicate(self, due=False):
        """Sends entries to those that lack some and whose last ones are answered, or lost."""
        if self.role != LEADER or (self.style.at_tick and not due):
            return
        if self.bug == "never-resends":
            return self.send_once()
        self.unpaired = False
        ready = [other for other, peer in self.peers.items() if self.lacks(peer) and
                 (not peer.waiting or self.now >= self.resend_at(peer))]
        if self.dirty and self.style.entries_to == "all" and len(ready) >= self.majority - 1:
            start = max(peer.next for peer in self.peers.values())
            entries = self.chunk(start)
            if entries:
                self.send_append(NO_ID, start - 1, entries)
                ready = []
        self.dirty = False
        for other in ready:
            self.send_to(other)
        if self.unpaired:
            self.become_follower()
            self.leader = None
        self.advance()

    def send_to(self, other):
        peer = self.peers[other]
        start = peer.next
        if self.style.whole and sum(self.wire.size(entry) for entry in self.log) <= CHUNK:
            return self.send_append(other, 0, self.log)
        # To one that did not answer the last one, no more than an entry, until it does.
        entries = self.chunk(start, 0 if peer.waiting else CHUNK)
        if entries:
            self.send_append(other, start - 1, entries)

    def send_once(self):
        """The bug never-resends."""
        for other, peer in self.peers.items():
            while peer.next <= self.last():
                entries = self.chunk(peer.next)
                self.send_append(other, peer.next - 1, entries)
                peer.waiting = False
                peer.next += len(entries)
        self.advance()

    def advance(self):
        """Commits what a majority has, if it is of this term."""
        matches = sorted([self.last()] + [peer.match for peer in self.peers.values()], reverse=True)
        index = matches[self.majority - 1]
        if index > self.commit and self.term_at(index) == self.term:
            self.commit = index
            self.apply()
            if self.style.commit_notice and self.commit > self.notice:
                self.notice = self.commit
                for other in self.others:
                    self.wire.commit(other, self.term, self.commit, self.term_at(self.commit))

    def apply(self):
        while self.applied < self.commit:
            self.applied += 1
            entry = self.log[self.applied - 1]
            if entry.op == "put":
                self.store[entry.key] = entry.value
            mine = self.open.pop(self.applied, None)
            if mine and mine[0] is entry:
                self.done(mine[1])
            elif mine:
                self.redirect(mine[1])

    def done(self, request):
        if request.op == "put":
            return self.wire.answer(request, "ok", self.me)
        if self.bug == "dies-on-unknown-key" and request.key not in self.store:
            raise SystemExit("no such key")
        self.wire.answer(request, "ok", self.me, value=self.store.get(request.key, ""))

    def redirect(self, request):
        self.wire.answer(request, "redirect", self.leader or NO_ID)

    # What comes in

    def receive(self, data, now):
        self.now = now
        try:
            message = json.loads(data)
        except (ValueError, RecursionError):
            return
        if not isinstance(message, dict):
            return
        fact = self.wire.read(message, self.others)
        if fact is None or (self.style.mids == "fresh" or fact.kind == "request") and self.known(fact):
            return
        if self.bug == "dies-on-large" and len(data) > 20_000:
            raise SystemExit("too large")
        getattr(self, "on_" + fact.kind)(fact)

    def known(self, fact):
        name = (fact.client if fact.kind == "request" else fact.src, fact.mid)
        if name in self.seen:
            return True
        self.seen[name] = True
        if len(self.seen) > 50_000:
            del self.seen[next(iter(self.seen))]
        return False

    def newer(self, term):
        if term is not None and term > self.term:
            self.raise_term(term)

    def on_vote_request(self, m):
        self.newer(m.term)
        granted = (m.term == self.term and self.voted in (None, m.src) and self.role != LEADER
                   and (m.last_term, m.last) >= (self.term_at(self.last()), self.last()))
        if granted:
            self.voted = m.src
            self.wait_for_leader()
        leader = {"FFFF": NO_ID, "request": m.leader, "last": self.last_leader}[self.style.vote_leader]
        self.wire.vote(m.src, leader, self.term, granted, self.last(), self.term_at(self.last()), m.mid)

    def on_vote(self, m):
        self.newer(m.term)
        if self.role != CANDIDATE:
            return
        if self.bug != "counts-old-votes" and (m.mid not in self.vote_mids if m.term is None else m.term != self.term):
            return
        if m.term == self.term:
            self.peers[m.src].answered = True
        if m.granted:
            self.votes.add(m.src)
            self.count_votes()

    def on_append(self, m):
        if m.term < self.term:      # without a term, its sender would not learn that it is deposed
            return self.ack(m, False) if self.style.ack_term else None
        self.newer(m.term)
        if self.role == LEADER:
            return
        if self.role == CANDIDATE:
            self.become_follower()
        self.leader = self.last_leader = m.src
        self.deposed = None if self.bug != "endless-heartbeats" else self.deposed
        self.wait_for_leader()
        self.serve_held()
        if m.checked and (m.prev > self.last() or self.term_at(m.prev) != m.prev_term):
            return self.ack(m, False, self.hint(m))
        if m.checked:
            self.take(m)
        if not m.heartbeat or self.style.hb_answered:
            self.ack(m, True)

    def take(self, m):
        for index, entry in enumerate(m.entries, m.prev + 1):
            if index <= self.last():
                if self.term_at(index) == entry.term:
                    continue
                del self.log[index - 1:]
            self.log.append(entry)
        end = m.prev + len(m.entries)
        self.matched = max(self.matched, end)
        if min(m.commit, end) > self.commit:
            self.commit = min(m.commit, end)
            self.apply()

    def hint(self, m):
        if self.style.hint == "own-last":
            return self.last(), 0
        if m.prev > self.last():
            return self.last() + 1, 0
        term, index = self.term_at(m.prev), m.prev
        while index > 1 and self.term_at(index - 1) == term:
            index -= 1
        return index, term

    def ack(self, m, success, hint=None):
        # A log that ends with an entry of this term is the leader's up to its end: only its leader made such entries.
        last = self.last() if self.term_at(self.last()) == self.term else self.matched
        leader = self.leader or NO_ID if self.style.ack_leader == "leader" else NO_ID
        self.wire.ack(m.src, leader, self.term, success, m, last, self.matched, hint)

    def on_ack(self, m):
        self.newer(m.term)
        if self.role != LEADER or (m.term is not None and m.term != self.term):
            return
        peer = self.peers[m.src]
        if self.style.mids == "echo":
            extent = peer.mids.pop(m.mid, None)
            if extent is None:
                return
            if self.style.ack == "mid":
                m.match = extent
        peer.heard, peer.lost = self.now, 0
        if m.success:
            if self.style.ack == "flag" and peer.accepted < len(peer.extents):
                # So many different appends were accepted that the furthest of them reaches at least so far.
                m.match = peer.extents[peer.accepted]
                peer.accepted += 1
            if m.match is None or m.match > self.last():
                return
            if m.match > peer.match or m.match == self.last():
                peer.waiting = False
            peer.match, peer.step = max(peer.match, m.match), 1
            peer.next = max(peer.next, peer.match + 1)
            if self.lacks(peer) and self.style.ack == "flag":
                peer.waiting = False
            self.advance()
        elif self.bug != "never-resends":
            peer.refused += 1
            self.step_back(peer, m)

    def step_back(self, peer, m):
        index = peer.next - peer.step
        if m.hint is not None and self.style.hint == "own-last":
            index = min(index, m.hint + 1)
        elif m.hint is not None:
            index = min(peer.next - 1, m.hint)
        if m.conflict_term and m.hint is not None:
            own = [i for i in range(m.hint, min(peer.next, self.last() + 1)) if self.term_at(i) == m.conflict_term]
            index = own[-1] if own and own[-1] < peer.next else index
        peer.step *= 2
        peer.next = max(peer.match + 1, 1, index)
        peer.waiting = False

    def on_commit(self, m):
        self.newer(m.term)
        if m.term == self.term and m.commit <= self.last() and self.term_at(m.commit) == m.commit_term and self.role == FOLLOWER:
            # An entry of this term is the leader's, and all before it; of others only what was matched is known to be.
            if m.commit_term == self.term or m.commit <= self.matched:
                if m.commit > self.commit:
                    self.commit = m.commit
                    self.apply()

    # Clients

    def on_request(self, request):
        if self.bug == "always-fails":
            return self.wire.answer(request, "fail", self.leader or NO_ID)
        if self.role == LEADER:
            return self.serve(request)
        if self.leader:
            return self.redirect(request)
        if self.style.unknown == "hold":
            self.held.append(request)
        elif self.style.unknown == "fail":
            self.wire.answer(request, "fail", NO_ID)
        else:
            self.redirect(request)

    def serve(self, request):
        if self.bug == "reads-at-old-leader" and request.op == "get":
            return self.done(request)
        entry = self.wire.prepare(Entry(self.term, request.op, request.key, request.value, request.client, request.mid))
        if self.wire.size(entry) > LARGEST_ENTRY:
            return self.wire.answer(request, "fail", self.me, reason="too large")
        self.log.append(entry)
        self.open[self.last()] = (entry, request)
        self.dirty = True

    def serve_held(self):
        held, self.held = self.held, []
        for request in held:
            self.on_request(request)
