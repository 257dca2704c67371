"""What a leader does: it sends appends and heartbeats, counts acknowledgements, and confirms reads."""
import json
import math

FOLLOWER, PRE_CANDIDATE, CANDIDATE, LEADER, UNKNOWN = "follower", "pre-candidate", "candidate", "leader", "FFFF"
STEP = 0.004                # a refusal that does not say which append it answers counts at most this often
MAX_BATCH = 36_000          # bytes; a datagram has at most 65,507


class Leading:
    """The part of Replica that a leader needs."""

    def become_leader(self):
        if self.has("drops-log-at-winning"):
            del self.log[self.commit_index + 1:], self.digests[self.commit_index + 1:]
        last = self.last_index()
        self.role, self.leader_id, self.last_leader = LEADER, self.me, self.me
        # An append that is answered shows what a follower has. Some styles answer only appends with entries.
        first = last + 1 if self.style.answers == "all" else max(last, 1)
        self.next_index, self.match_index = dict.fromkeys(self.peers, first), dict.fromkeys(self.peers, 0)
        self.flight, self.stepped_at = dict.fromkeys(self.peers, last), dict.fromkeys(self.peers, -math.inf)
        self.quiet_until, self.patience = dict.fromkeys(self.peers, 0), dict.fromkeys(self.peers, self.style.retry)
        self.contact, self.heard = dict.fromkeys(self.peers, self.now), dict.fromkeys(self.peers, 0)
        self.sent, self.sent_once, self.fewest, self.announced = {}, set(), {}, last
        self.next_beat, self.next_round, self.news = self.now, math.inf, False
        self.noop_index = self.append({"op": "noop", "mid": f"noop-{self.term}"}) if self.style.noop else 0    # 8
        self.stirred = True
        if not self.style.noop or self.style.early_beat:
            self.beat()

    # ---- log replication (5.3, 5.4.2): the leader ----
    def last_index(self):
        return len(self.log) - 1

    def append(self, command):
        self.put_entry(len(self.log), [self.term, self.codec.trim(command)])
        self.save(self.last_index(), *self.log[-1])
        self.news = True
        return self.last_index()

    def batch(self, prev, peer):
        entries, size = [], 0
        for index in range(prev + 1, len(self.log)):
            size += len(json.dumps(self.log[index]))
            if entries and (len(entries) >= self.style.batch or size > MAX_BATCH and not self.has("message-too-large")):
                break
            if self.has("never-retransmits"):
                if (peer, index) in self.sent_once:
                    break
                self.sent_once.update((p, index) for p in (self.peers if peer == UNKNOWN else [peer]))
            entries.append(self.log[index])
        return entries

    def append_fields(self, prev, entries):
        end = prev + len(entries)
        if entries:
            self.fewest[prev] = min(self.fewest.get(prev, end), end)
        return dict(term=self.term, leader_id=self.me, prev=prev, prev_term=self.log[prev][0], entries=entries,
                    commit=self.commit_index, stamp=self.stamp(end))

    def send_append(self, peer):
        prev = self.next_index[peer] - 1
        if self.style.whole_log and prev and sum(len(json.dumps(e)) for e in self.log) < MAX_BATCH:
            prev = 0
        entries = self.batch(prev, peer)
        self.sent_to(peer, prev + len(entries))
        self.tell(peer, "append", **self.append_fields(prev, entries))

    def sent_to(self, peer, end):
        self.flight[peer], self.quiet_until[peer] = end, self.now + self.patience[peer]
        self.patience[peer] = min(1.5 * self.patience[peer], max(self.style.heartbeat, self.style.retry))
        if self.has("match-from-next"):
            self.match_index[peer] = max(self.match_index[peer], end)

    def beat(self):
        """A heartbeat to each follower (5.2, Leaders)."""
        slow = 2.5 * self.style.election[1] / self.style.heartbeat if self.has("slow-heartbeats") else 1
        self.next_beat = self.now + slow * self.style.heartbeat
        if self.style.notice:
            self.tell_all("heartbeats", "notice", term=self.term, commit=self.commit_index)
        if self.style.beat == "full":
            for peer in self.peers:
                self.send_append(peer)
        elif self.style.beat == "follower":
            for peer in self.peers:
                self.tell(peer, "beat", **self.append_fields(self.next_index[peer] - 1, []))
        elif self.style.beat == "leader":
            self.tell_all("heartbeats", "beat", **self.append_fields(self.last_index(), []))
        else:
            self.tell_all("heartbeats", "beat", term=self.term, leader_id=self.me, entries=[], commit=self.commit_index,
                          stamp=self.stamp())

    def flush(self):
        """What a leader sends as soon as it has handled what came."""
        self.now = self.clock()
        if self.role != LEADER:
            return
        self.advance_commit()
        if self.style.broadcast_entries():
            while self.announced < self.last_index():
                entries = self.batch(self.announced, UNKNOWN)
                prev, self.announced = self.announced, self.announced + max(1, len(entries))
                for peer in self.peers:
                    if self.flight[peer] >= prev:       # else it is catching up, message by message
                        self.sent_to(peer, self.announced)
                self.tell(UNKNOWN, "append", **self.append_fields(prev, entries))
            self.news = False
        for peer in self.peers:
            behind = self.next_index[peer] <= self.last_index() or self.match_index[peer] < self.last_index()
            if behind and (self.now >= self.quiet_until[peer] or self.news and self.style.repeats()):
                self.send_append(peer)
        self.news = False
        if self.reads and self.now >= self.next_round:
            self.next_round = self.now + max(2 * self.style.retry, 0.05)
            if self.style.reads == "heartbeat":
                self.beat()
            else:
                self.tell_all("heartbeats", "ping", term=self.term, stamp=self.stamp())

    def advance_commit(self):
        needed = self.majority - self.has("commits-with-half")
        index = sorted([self.last_index(), *self.match_index.values()], reverse=True)[needed - 1]
        if index > self.commit_index and (self.log[index][0] == self.term or self.has("commits-old-term")):     # 5.4.2
            self.commit_index = index
            self.apply()
            if self.style.notice:
                self.tell_all("heartbeats", "notice", term=self.term, commit=index)
            elif self.style.beats_at_commit:
                self.beat()

    def heard_from(self, src, order):
        self.contact[src], self.heard[src] = self.now, max(self.heard[src], order)
        self.patience[src] = self.style.retry
        self.answer_reads()

    def on_reply(self, src, m):
        if self.role != LEADER or m["term"] != self.term:
            return
        order, end = 0, None
        if self.style.stamp:
            if m["stamp"] not in self.sent:
                return                  # not to a message of this leadership
            order, end = self.sent[m["stamp"]]
        if m["success"] or self.style.reply_term == "own":      # else the refuser may be in a later term
            self.heard_from(src, order)
        if m["success"]:
            match = min(self.acknowledged(m, end), self.last_index())
            progress = match > self.match_index[src]
            self.match_index[src] = max(self.match_index[src], match)           # 5.3, Leaders
            self.next_index[src] = max(self.next_index[src], self.match_index[src] + 1)
            if progress and match >= self.flight[src]:
                self.quiet_until[src] = 0
        else:
            self.step_back(src, m)

    def acknowledged(self, m, end):
        ack = self.style.ack
        if ack == "echo":
            return m["prev"] + len(m["entries"])
        if ack == "stamp":
            return end
        if ack == "prev":               # as little as was ever sent behind that entry
            return self.fewest.get(m["prev"], 0)
        if ack in ("digest", "entry-mid"):
            for index in range(self.last_index(), 0, -1):
                if m["ack"] == (self.digests[index] if ack == "digest" else self.entry_mid(index)):
                    return index
            return 0
        return m["ack"]

    def entry_mid(self, index):
        return self.log[index][1]["mid"] if index else ""

    def step_back(self, src, m):
        old, low = self.next_index[src], self.match_index[src] + 1              # 5.3, Leaders
        hint, kind = m.get("hint"), self.style.hint
        if kind and hint is None:
            return
        if kind in ("last", "commit"):
            new = hint + 1
        elif kind:
            new = hint
            if kind == "conflict" and m.get("hint_term"):       # behind the last own entry of that term (5.3)
                new = next((i + 1 for i in range(old - 2, 0, -1) if self.log[i][0] == m["hint_term"]), hint)
        if not kind or kind == "last" and new >= old:
            new = old - 1
            if self.now - self.stepped_at[src] < STEP:          # perhaps the same refusal again: ask once more
                self.quiet_until[src] = min(self.quiet_until[src], self.now + STEP)
                return
        new = max(low, new)
        if new < old:
            self.next_index[src], self.stepped_at[src], self.quiet_until[src] = new, self.now, 0

    def on_pong(self, src, m):
        if self.role == LEADER and m["term"] == self.term:
            if not self.style.stamp or m["stamp"] in self.sent:
                self.heard_from(src, self.sent[m["stamp"]][0] if self.style.stamp else 0)

    # ---- reads (8; ReadIndex) ----
    def answer_reads(self):
        confirmed = sorted([math.inf, *self.heard.values()], reverse=True)[self.majority - 1]
        for order, read_index, get in self.reads[:]:
            if order < confirmed and read_index <= self.last_applied:
                self.reads.remove((order, read_index, get))
                self.answer_ok(get)

    def lead(self):
        contact = sorted([self.now, *self.contact.values()], reverse=True)[self.majority - 1]
        if self.style.check_quorum and contact < self.now - self.style.election[1] and not self.has("leader-stays"):
            return self.become_follower(self.term)      # CheckQuorum (dissertation, 6.2)
        if self.now >= self.next_beat:
            self.beat()
        self.flush()
        self.answer_reads()
        if len(self.sent) > 20_000:
            self.sent = dict(list(self.sent.items())[-5_000:])
