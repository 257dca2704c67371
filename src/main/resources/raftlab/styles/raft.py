"""Raft for a key-value store, once for all styles. Messages are canonical here: a kind and a dict of fields. The codec
of dialect.py turns them into the style's messages. `style` says how the replica behaves, `bug` what it does wrong.
Indexes start at 1; a Raft rule stands beside the line that follows it (numbers: the extended paper's sections)."""
import json
import math
import zlib

from dialect import Codec
from leading import CANDIDATE, FOLLOWER, LEADER, PRE_CANDIDATE, UNKNOWN, Leading

HOLD = 1.2                  # a request is held this long while no leader is known
MAX_COMMAND = 52_000        # bytes; a datagram has at most 65,507


class Replica(Leading):
    def __init__(self, style, me, peers, send, clock, rng, bug=None, journal=None):
        self.style, self.me, self.peers, self.bug = style, me, peers, bug
        self.send_message, self.clock, self.rng, self.journal = send, clock, rng, journal
        self.codec, self.majority = Codec(style, me, rng, clock), (len(peers) + 1) // 2 + 1
        self.term, self.voted_for, self.log, self.digests = 0, None, [[0, None]], [0]       # Figure 2: State
        self.commit_index = self.last_applied = self.verified = self.leader_commit = 0
        self.store, self.role, self.leader_id, self.last_leader, self.votes = {}, FOLLOWER, None, None, set()
        self.now, self.last_heard, self.ask_again, self.next_chatter = clock(), -math.inf, math.inf, 0
        self.order, self.sent, self.asked = 0, {}, set()    # stamps of messages that await an answer
        self.seen, self.pending, self.held, self.reads = set(), {}, [], []
        self.stirred = False            # something came that a leader acts upon at once
        if journal:
            self.load()
        self.reset_election_timer()

    def has(self, bug):
        return self.bug == bug

    # ---- storage: [term, vote] or [index, term, command] for each change ----
    def load(self):
        for record in self.journal.records():
            if len(record) == 2:
                self.term, self.voted_for = record
            else:
                self.put_entry(record[0], record[1:])
        if self.has("forgets-term"):
            self.term, self.voted_for = 0, None

    def save(self, *record):
        if self.journal and not (self.has("forgets-log") and len(record) == 3):
            self.journal.add([record[0], None] if self.has("forgets-vote") and len(record) == 2 else record)

    def put_entry(self, index, entry):
        self.log[index:] = [list(entry)]
        text = json.dumps(entry, sort_keys=True).encode()
        self.digests[index:] = [zlib.crc32(text, self.digests[index - 1])]
        self.verified = min(self.verified, index - 1)

    # ---- messages ----
    def tell(self, dst, kind, **fields):
        leader = self.leader_id
        if kind == "request":
            leader = {"none": None, "last": self.last_leader, "own": self.me}[self.style.candidate_leader]
        body = self.codec.encode(kind, fields)
        if body is not None:
            self.send_message({"src": self.me, "dst": dst, "leader": leader or UNKNOWN, **body})

    def tell_all(self, what, kind, **fields):
        for dst in [UNKNOWN] if what in self.style.broadcast else self.peers:
            self.tell(dst, kind, **fields)

    def stamp(self, end=0):
        """Marks a message of a leader, so that an answer shows which message it answers."""
        self.order += 1
        stamp = self.codec.new_stamp(self.order)
        self.sent[stamp] = (self.order, end)
        return stamp

    def receive(self, message):
        self.now = self.clock()
        src, kind = message.get("src"), message.get("type")
        if src in self.peers:
            decoded = self.codec.decode(message)
            if decoded:
                self.stirred = True
                self.handle(src, *decoded)
        elif kind in ("get", "put") and all(isinstance(message.get(f), str) for f in ("src", "MID", "key")):
            if message["MID"] not in self.seen:         # a copy of a request is not answered again
                self.seen.add(message["MID"])
                self.stirred |= self.style.eager
                self.serve(message, self.now + HOLD)

    def handle(self, src, kind, m):
        m.setdefault("term", self.term)             # a reply without a term: its stamp identifies it
        m.setdefault("pre", False)
        if m["term"] > self.term:       # also in a PreVote request: its sender is in that term
            if self.role == LEADER and self.has("leader-stays"):
                return
            self.become_follower(m["term"])                                     # 5.1, All Servers
        if self.has("any-message-resets-timer"):
            self.reset_election_timer()
        getattr(self, "on_" + kind)(src, m)

    # ---- elections (5.2, 5.4.1) ----
    def reset_election_timer(self):
        low, high = self.style.election
        self.deadline = self.now + ((low + high) / 2 if self.has("fixed-election-timeout") else self.rng.uniform(low, high))

    def become_follower(self, term):
        if term > self.term:
            self.term, self.voted_for, self.leader_id, self.verified, self.leader_commit = term, None, None, 0, 0
            self.save(term, None)
        if self.role == LEADER:
            self.leader_id = None
            self.reset_election_timer()
            reads, self.reads = self.reads, []
            self.held += [(self.now + HOLD, get) for _, _, get in reads]
            if self.has("ok-at-losing-leadership"):
                self.release(0, "ok")
            elif self.style.deposed != "wait":          # else the entry's fate decides
                self.release(0, self.style.deposed)
        self.role = FOLLOWER

    def campaign(self, role):
        """PreVote asks first whether this replica could win (Ongaro's dissertation, 9.6)."""
        self.role, self.leader_id, self.votes, self.asked = role, None, {self.me}, set()
        if role == CANDIDATE:
            self.term, self.voted_for = self.term + 1, self.me      # 5.2, Candidates
            self.verified, self.leader_commit = 0, 0
            self.save(self.term, self.me)
        self.reset_election_timer()
        self.ask_for_votes()
        self.count_votes()

    def ask_for_votes(self):
        self.ask_again = self.now + self.style.asks_again
        fields = dict(term=self.term, pre=self.role == PRE_CANDIDATE, candidate=self.me,
                      last_index=self.last_index(), last_term=self.log[-1][0])
        if "votes" in self.style.broadcast:
            self.tell(UNKNOWN, "request", stamp=self.ask_stamp(), **fields)
        else:
            for peer in [p for p in self.peers if p not in self.votes]:
                self.tell(peer, "request", stamp=self.ask_stamp(), **fields)

    def ask_stamp(self):
        stamp = self.stamp()
        self.asked.add(stamp)
        return stamp

    def on_request(self, src, m):
        up_to_date = (m["last_term"], m["last_index"]) >= (self.log[-1][0], self.last_index())      # 5.4.1
        granted = m["term"] >= self.term and (up_to_date or self.has("votes-for-old-log"))
        if m["pre"]:
            granted = granted and self.role != LEADER and self.now - self.last_heard >= self.style.election[0]
        else:
            free = self.voted_for in (None, src) or self.has("votes-twice") and self.role != LEADER
            granted = granted and free                                          # one vote a term (5.2)
            if granted:
                self.role, self.voted_for = FOLLOWER, src
                self.save(self.term, src)
                if not self.has("vote-does-not-reset-timer"):
                    self.reset_election_timer()                                 # 5.2, Followers
        self.tell(src, "vote", term=self.term, asked_term=m["term"], granted=granted, pre=m["pre"], stamp=m.get("stamp"))

    def on_vote(self, src, m):
        if m["granted"] and (not self.style.stamp or m["stamp"] in self.asked):
            if self.role == PRE_CANDIDATE if m["pre"] else self.role == CANDIDATE and m["term"] == self.term:
                self.votes.add(src)
                self.count_votes()

    def count_votes(self):
        if len(self.votes) >= self.majority - self.has("elected-by-half"):      # 5.2
            self.campaign(CANDIDATE) if self.role == PRE_CANDIDATE else self.become_leader()

    # ---- log replication: the follower ----
    def accepts(self, src, m):
        old = m["term"] < self.term and not self.has("accepts-old-term")        # 5.1
        if old or self.role == LEADER:
            return False
        self.become_follower(self.term)                                         # 5.2, Candidates
        self.leader_id, self.last_leader, self.last_heard = src, src, self.now
        self.reset_election_timer()
        return True

    def on_append(self, src, m):
        prev, entries, success = m["prev"], m["entries"], False
        if self.accepts(src, m):
            success = prev <= self.last_index() and \
                (self.log[prev][0] == m["prev_term"] or self.has("skips-consistency-check"))       # 5.3
            if success:
                self.store_entries(prev + 1, entries)
                self.verified = max(self.verified, prev + len(entries))
            self.learn_commit(m.get("commit", 0))
        answers = self.style.answers
        if answers == "pong" and success and not entries:
            self.tell(src, "pong", term=self.term, asked_term=m["term"], stamp=m.get("stamp"))
        elif entries or answers in ("all", "pong") or answers == "refused" and not success:
            self.reply(src, m, success, prev, entries)

    def on_beat(self, src, m):
        """A heartbeat without a previous entry: it proves nothing about the log."""
        success = self.accepts(src, m)
        if success:
            self.learn_commit(m.get("commit", 0))
        if self.style.answers == "pong" and success:
            self.tell(src, "pong", term=self.term, asked_term=m["term"], stamp=m.get("stamp"))
        elif self.style.answers in ("all", "pong") or self.style.answers == "refused" and not success:
            self.reply(src, m, success, 0, [])

    def on_notice(self, src, m):
        if self.accepts(src, m):
            self.learn_commit(m["commit"])

    def on_ping(self, src, m):
        if self.accepts(src, m):
            self.tell(src, "pong", term=self.term, asked_term=m["term"], stamp=m.get("stamp"))

    def reply(self, src, m, success, prev, entries):
        ack, end = self.style.ack, prev + len(entries)
        if ack == "digest":
            value = self.digests[end] if success else None
        elif ack == "entry-mid":
            value = self.entry_mid(end) if success else None
        elif self.has("acks-own-last"):
            value = self.last_index()
        else:       # a follower may have more than the leader, so its own last index proves nothing
            value = self.verified if ack == "own" else end
        kind, hint, hint_term = self.style.hint, None, None
        if not success and kind in ("last", "commit"):
            hint = self.last_index() if kind == "last" else self.commit_index
        elif not success and kind:
            hint = min(prev, self.last_index() + 1)
            hint_term = self.log[hint][0] if 0 < hint <= self.last_index() else 0
            while 1 < hint <= self.last_index() and self.log[hint - 1][0] == self.log[hint][0]:
                hint -= 1
            hint = max(1, hint)
        self.tell(src, "reply", term=self.term, asked_term=m["term"], success=success, prev=prev,
                  prev_term=m.get("prev_term", 0), entries=entries, ack=value if success else None, hint=hint,
                  hint_term=hint_term, stamp=m.get("stamp"), last_index=self.last_index(), last_term=self.log[-1][0])

    def store_entries(self, first, entries):
        for index, entry in enumerate(entries, first):
            there = index <= self.last_index()
            if there and (self.log[index][0] == entry[0] or self.has("keeps-conflicting-entries")):
                if self.has("truncates-on-old-append"):
                    del self.log[index + 1:], self.digests[index + 1:]
                continue                # what follows may be newer than this message (AppendEntries, rules 3 and 4)
            self.release(index, "redirect")
            self.put_entry(index, entry)
            self.save(index, *entry)

    def learn_commit(self, commit):
        self.leader_commit = max(self.leader_commit, commit)
        known = self.last_index() if self.has("commits-unverified") else self.verified
        self.commit_index = max(self.commit_index, min(self.leader_commit, known))      # AppendEntries, rule 5
        self.apply()

    def apply(self):
        while self.last_applied < min(self.commit_index, self.last_index()):    # All Servers
            self.last_applied += 1
            command = self.log[self.last_applied][1]
            if command["op"] == "put" and not (self.has("loses-odd-keys") and not command["key"].isascii()):
                self.store[command["key"]] = command["value"]
            request = self.pending.pop(self.last_applied, None)
            if request:
                self.answer_ok(request)

    # ---- clients (8) ----
    def release(self, first, answer):
        """Gives up the requests that wait for entries from `first` on."""
        for index in [i for i in self.pending if i >= first]:
            request = self.pending.pop(index)
            self.answer_ok(request) if answer == "ok" else self.answer(request, answer)

    def answer(self, request, kind, **fields):
        message = {"src": self.me, "dst": request["src"], "leader": self.leader_id or UNKNOWN, "type": kind}
        self.send_message({**message, "MID": request["MID"], **fields})

    def answer_ok(self, request):
        fields = {"value": self.store.get(request["key"], "")} if request["type"] == "get" else {}
        for _ in range(1 + self.has("answers-twice")):
            self.answer(request, "ok", **fields)

    def serve(self, request, deadline):
        is_get = request["type"] == "get"
        if is_get and (self.has("reads-anywhere") or self.has("reads-without-majority") and self.role == LEADER):
            self.answer_ok(request)
        elif self.role == LEADER:
            command = {"op": request["type"], "key": request["key"], "value": None if is_get else request.get("value", ""),
                       "client": request["src"], "mid": request["MID"], "request": request}
            if is_get and self.style.reads != "log":
                own = 0 if self.has("reads-before-own-commit") else self.noop_index
                self.reads.append((self.order, max(self.commit_index, own), request))       # 8; ReadIndex
                self.next_round = min(self.next_round, self.now)
            elif len(json.dumps(command)) > 2 * MAX_COMMAND:
                self.answer(request, "fail")
            elif self.has("acks-before-commit") and not is_get:
                self.append(command)
                self.answer_ok(request)
            else:
                self.pending[self.append(command)] = request
        elif self.leader_id:
            self.answer(request, "redirect")
        elif self.style.no_leader == "hold" and self.now < deadline:
            self.held.append((deadline, request))
        else:
            self.answer(request, "fail" if self.style.no_leader == "fail" else "redirect")

    # ---- the clock ----
    def tick(self):
        self.now = self.clock()
        if self.role in (PRE_CANDIDATE, CANDIDATE) and self.now >= self.ask_again:
            self.ask_for_votes()
        if self.role != LEADER and self.now >= self.deadline:                   # 5.2, Followers and Candidates
            self.campaign(PRE_CANDIDATE if self.style.prevote else CANDIDATE)
        held, self.held = self.held, []
        for deadline, request in held:
            self.serve(request, deadline)
        if self.role == LEADER:
            self.lead()
        if self.style.chatter and self.now >= self.next_chatter:
            self.next_chatter = self.now + self.style.chatter_every
            body = self.codec.chatter(term=self.term, last_index=self.last_index(), commit=self.commit_index)
            for dst in [UNKNOWN] if self.style.chatter_to == "all" else self.peers:
                self.send_message({"src": self.me, "dst": dst, "leader": self.leader_id or UNKNOWN, **body})
