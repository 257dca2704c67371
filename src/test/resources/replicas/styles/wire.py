"""Turns what Raft says into messages of a style, and back.

Inside, indexes count from 1, and 0 is the empty log, whose last term is 0."""
import json
from types import SimpleNamespace

NO_ID = "FFFF"
CLIENT_TYPES = ("get", "put")
OPERATIONS = ("get", "put", "noop")


class Malformed(Exception):
    pass


def encode(message):
    try:
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(message, separators=(",", ":")).encode()


class Entry:
    """An entry of the log: a client's request and the term. `size` is what it takes of a message."""

    __slots__ = ("term", "op", "key", "value", "client", "mid", "wire", "size")

    def __init__(self, term, op, key="", value="", client="", mid=""):
        self.term, self.op, self.key, self.value, self.client, self.mid = term, op, key, value, client, mid
        self.wire = self.size = None


class Wire:
    def __init__(self, style, me, bug, send):
        self.style, self.names, self.me, self.bug, self.send = style, style.names, me, bug, send
        self.sent = 0
        n = self.names
        self.kinds = {}
        for role, kind, flag in (("t_vote", "vote_request", None), ("t_yes", "vote", True), ("t_no", "vote", False),
                                 ("t_append", "append", None), ("t_ok", "ack", True), ("t_refused", "ack", False),
                                 ("t_commit", "commit", None)):
            same = n[role] in self.kinds
            self.kinds[n[role]] = (kind, None if same else flag)
        if style.hb_form == "type":
            self.kinds[n["t_beat"] if n["t_beat"] != n["t_append"] else "heartbeat"] = ("heartbeat", None)

    # What is sent

    def new_mid(self):
        self.sent += 1
        return "%s-%x" % (self.me, self.sent)

    def message(self, dst, kind, leader, fields, mid=None):
        body = {}
        for name, value in fields.items():
            if value is None or (self.style.omit and value in (0, False, "", [])):
                continue
            body[self.names.get(name, name)] = self.plain(value)
        head = {"src": self.me, "dst": dst, "leader": leader, "type": kind}
        if mid is not None:
            head["MID"] = mid
        if self.style.nest:
            head[self.style.nest] = body
        else:
            head.update(body)
        self.send(encode(head))

    def plain(self, value):
        if self.style.strings and isinstance(value, bool):
            return "true" if value else "false"
        if self.style.strings and isinstance(value, int):
            return str(value)
        return value

    def answer(self, request, kind, leader, **fields):
        self.send(encode({"src": self.me, "dst": request.client, "leader": leader, "type": kind, "MID": request.mid, **fields}))

    def hello(self):
        self.send(encode({"src": self.me, "dst": NO_ID, "leader": NO_ID, "type": "hello"}))

    def mid_of(self, request_mid=None):
        if self.style.mids == "none":
            return None
        return request_mid if self.style.mids == "echo" and request_mid is not None else self.new_mid()

    def index(self, index):
        return index - 1 + self.style.base

    def committed(self, index):
        return 0 if index == 0 and self.style.commit_zero else self.index(index)

    def log_term(self, index, term, own):
        empty = self.style.no_term
        if index:
            return term
        return None if empty == "absent" else own if empty == "current" else empty

    def vote_request(self, dst, leader, term, last, last_term):
        mid = self.mid_of()
        self.message(dst, self.names["t_vote"], leader, {
            "term": term, "candidate": self.me if self.style.candidate else None,
            "last": last if self.style.last_is_length else self.index(last),
            "last_term": self.log_term(last, last_term, term)}, mid)
        return mid

    def vote(self, dst, leader, term, granted, last, last_term, request_mid):
        style = self.style
        if style.votes == "grants" and not granted:
            return
        says_term = style.vote_term == "always" or (style.vote_term == "refused" and not granted)
        self.message(dst, self.names["t_yes" if granted else "t_no"], leader, {
            "term": term if says_term else None, "granted": granted if style.votes == "flag" else None,
            "last": self.index(last) if style.voter_log else None,
            "last_term": self.log_term(last, last_term, term) if style.voter_log else None}, self.mid_of(request_mid))

    def append(self, dst, term, prev, prev_term, entries, commit):
        mid = self.mid_of()
        self.message(dst, self.names["t_append"], self.me, {
            "term": term, "prev": self.index(prev), "prev_term": self.log_term(prev, prev_term, term),
            "entries": [entry.wire for entry in entries], "commit": self.committed(commit)}, mid)
        return mid

    def blind_heartbeat(self, dst, term):
        form, fields, kind = self.style.hb_form, {"term": term}, self.names["t_beat"]
        if form == "minus-one":
            fields.update(prev=-1, prev_term=0, entries=[], commit=self.committed(0))
        elif form == "type" and kind == self.names["t_append"]:
            kind = "heartbeat"
        self.message(dst, kind, self.me, fields, self.mid_of())

    def commit(self, dst, term, index, index_term):
        self.message(dst, self.names["t_commit"], self.me, {
            "term": term, "commit": self.committed(index), "prev_term": self.log_term(index, index_term, term)}, self.mid_of())

    def ack(self, dst, leader, term, success, append, last, matched, hint):
        style, fields = self.style, {}
        if success:
            if style.ack == "own-last":
                fields["acked"] = self.index(last)
            elif style.ack == "length":
                fields["acked"] = matched
            elif style.ack == "next":
                fields["acked"] = self.index(matched + 1)
            elif style.ack == "count":
                fields["acked"] = self.index(append.prev + len(append.entries))
            elif style.ack == "echo":
                fields = {"prev": self.index(append.prev), "prev_term": self.log_term(append.prev, append.prev_term, term),
                          "entries": [entry.wire for entry in append.entries]}
        elif hint is not None:
            index, index_term = hint
            if style.hint in ("next", "own-last"):
                fields["hint"] = self.index(index)
            elif style.hint == "conflict":
                fields["conflict"], fields["conflict_term"] = self.index(index), index_term
        if style.acks == "flag":
            fields = {"success": success, **fields}
        if style.ack_term:
            fields = {"term": term, **fields}
        self.message(dst, self.names["t_ok" if success else "t_refused"], leader, fields, self.mid_of(append.mid))

    def prepare(self, entry):
        """Sets what the entry looks like in a message."""
        n, term = self.names, self.plain(entry.term)
        command = [entry.op, entry.key, entry.value, entry.client, entry.mid]
        form = self.style.entry
        if form == "array":
            entry.wire = [term] + command
        elif form == "array-nested":
            entry.wire = [command, term]
        elif form == "message":
            entry.wire = {"msg": {"src": entry.client, "dst": self.me, "leader": self.me, "type": entry.op, "MID": entry.mid,
                                  "key": entry.key, "value": entry.value}, n["e_term"]: term}
        elif form == "args":
            entry.wire = {n["e_term"]: term, n["e_op"]: entry.op, "args": {n["e_key"]: entry.key, n["e_value"]: entry.value},
                          n["e_client"]: entry.client, "MID": entry.mid}
        else:
            entry.wire = {n["e_term"]: term, n["e_op"]: entry.op, n["e_key"]: entry.key, n["e_value"]: entry.value,
                          n["e_client"]: entry.client, "MID": entry.mid}
        return entry

    def size(self, entry):
        if entry.size is None:
            entry.size = len(encode(entry.wire)) + 1
        return entry.size

    # What is received

    def read(self, message, others):
        """What a message says, or None if it is of an unknown type."""
        if self.bug == "dies-on-missing-field":
            return self.facts(message, others)
        try:
            return self.facts(message, others)
        except (Malformed, KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError):
            return None

    def facts(self, message, others):
        src, kind = message["src"], message["type"]
        if src not in others:
            if kind not in CLIENT_TYPES:
                return self.unknown(kind)
            key, value = message["key"], message["value"] if kind == "put" else ""
            if not all(isinstance(each, str) for each in (key, value, src, message["MID"])):
                raise Malformed
            return SimpleNamespace(kind="request", op=kind, client=src, mid=message["MID"], key=key, value=value)
        if kind not in self.kinds:
            return self.unknown(kind)
        kind, flag = self.kinds[kind]
        body = message[self.style.nest] if self.style.nest else message
        fact = SimpleNamespace(kind=kind, src=src, mid=message.get("MID"), leader=message["leader"])
        getattr(self, "read_" + kind)(fact, body, flag)
        if self.style.mids != "none" and not isinstance(fact.mid, str):
            raise Malformed
        return fact

    def unknown(self, kind):
        if self.bug == "dies-on-unknown-type":
            raise SystemExit("unknown type " + str(kind))
        return None

    def number(self, body, name, default=None):
        value = body.get(self.names[name], 0 if self.style.omit else default)
        if self.style.strings and isinstance(value, str):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Malformed
        return value

    def flag(self, body, name):
        value = body.get(self.names[name], False if self.style.omit else None)
        if self.style.strings:
            value = {"true": True, "false": False}.get(value)
        if not isinstance(value, bool):
            raise Malformed
        return value

    def log_index(self, body, name):
        index = self.number(body, name) + 1 - self.style.base
        if index < 0:
            raise Malformed
        return index

    def commit_index(self, body):
        number = self.number(body, "commit")
        return 0 if self.style.commit_zero and number == 0 else max(0, number + 1 - self.style.base)

    def index_term(self, body, name, index):
        return self.number(body, name, None if index else 0) if index else 0

    def read_vote_request(self, fact, body, _):
        fact.term = self.number(body, "term")
        fact.last = self.number(body, "last") if self.style.last_is_length else self.log_index(body, "last")
        fact.last_term = self.index_term(body, "last_term", fact.last)

    def read_vote(self, fact, body, flag):
        form = self.style.votes
        fact.granted = True if form == "grants" else flag if form == "types" else self.flag(body, "granted")
        says_term = self.style.vote_term == "always" or (self.style.vote_term == "refused" and not fact.granted)
        fact.term = self.number(body, "term") if says_term else None

    def read_append(self, fact, body, _):
        style = self.style
        fact.term = self.number(body, "term")
        fact.heartbeat = fact.checked = None
        if style.hb_form == "term" and self.names["prev"] not in body and not style.omit:
            return self.blind(fact)
        if style.hb_form == "minus-one" and self.number(body, "prev") == -1 and not body[self.names["entries"]]:
            return self.blind(fact)
        entries = body.get(self.names["entries"], [] if style.omit else None)
        if not isinstance(entries, list):
            raise Malformed
        fact.prev = self.log_index(body, "prev")
        fact.prev_term = self.index_term(body, "prev_term", fact.prev)
        fact.entries = [self.entry(each) for each in entries]
        fact.commit = self.commit_index(body)
        fact.heartbeat, fact.checked = not entries, True

    def blind(self, fact):
        fact.prev, fact.prev_term, fact.entries, fact.commit, fact.heartbeat, fact.checked = 0, 0, [], 0, True, False

    def read_heartbeat(self, fact, body, _):
        fact.kind, fact.term = "append", self.number(body, "term")
        self.blind(fact)

    def read_commit(self, fact, body, _):
        fact.term, fact.commit = self.number(body, "term"), self.commit_index(body)
        fact.commit_term = self.index_term(body, "prev_term", fact.commit)

    def read_ack(self, fact, body, flag):
        style = self.style
        fact.success = flag if style.acks == "types" else self.flag(body, "success")
        fact.term = self.number(body, "term") if style.ack_term else None
        fact.match = fact.hint = fact.conflict_term = None
        if fact.success and style.ack in ("own-last", "count"):
            fact.match = self.log_index(body, "acked")
        elif fact.success and style.ack == "length":
            fact.match = self.number(body, "acked")
        elif fact.success and style.ack == "next":
            fact.match = self.log_index(body, "acked") - 1
        elif fact.success and style.ack == "echo":
            fact.match = self.log_index(body, "prev") + len(body[self.names["entries"]])
        elif not fact.success and style.hint in ("next", "own-last") and self.names["hint"] in body:
            fact.hint = self.log_index(body, "hint")
        elif not fact.success and style.hint == "conflict":
            fact.hint = self.log_index(body, "conflict")
            fact.conflict_term = self.number(body, "conflict_term", 0)

    def entry(self, wire):
        n, form = self.names, self.style.entry
        if form == "array":
            term, command = wire[0], wire[1:]
        elif form == "array-nested":
            command, term = wire
        elif form == "message":
            term, m = wire[n["e_term"]], wire["msg"]
            command = [m["type"], m["key"], m["value"], m["src"], m["MID"]]
        else:
            args = wire["args"] if form == "args" else wire
            term, command = wire[n["e_term"]], [wire[n["e_op"]], args[n["e_key"]], args[n["e_value"]], wire[n["e_client"]], wire["MID"]]
        if self.style.strings:
            term = int(term)
        if not isinstance(term, int) or not all(isinstance(each, str) for each in command) or command[0] not in OPERATIONS:
            raise Malformed
        entry = Entry(term, *command)
        entry.wire = wire
        return entry
