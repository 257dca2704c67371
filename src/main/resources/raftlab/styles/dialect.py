"""How a style speaks: Codec turns raft.py's canonical messages into the style's and back."""
import json
import random
import string

FIRST = {"0": -1, "1": 0, "count": 0}           # what is added to an index on the wire
INDEXES = ("last_index", "prev", "commit", "ack", "hint", "e_index")
NUMBERS = {"term", "last_term", "prev_term", "hint_term", "e_term", *INDEXES}
FLAGS = {"granted", "pre", "success"}
MISSING = object()


def shape(phrase, form):
    """A phrase in the form of an identifier: "last log index" becomes lastLogIndex, LAST_LOG_INDEX, ..."""
    words = phrase.split()
    return {"snake": "_".join(words), "upper": "_".join(words).upper(), "lower": "".join(words), "spaces": phrase,
            "kebab": "-".join(words), "pascal": "".join(w[0].upper() + w[1:] for w in words), "dots": ".".join(words),
            "camel": words[0] + "".join(w[0].upper() + w[1:] for w in words[1:])}[form]


def syllables(seed, count):
    """Names that tell nothing, the same ones each time."""
    rng, names = random.Random(seed), []
    while len(names) < count:
        name = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.choice((2, 2, 3))))
        if name not in names:
            names.append(name)
    return names


class Codec:
    def __init__(self, style, me, rng, clock):
        self.style, self.me, self.rng, self.clock = style, me, rng, clock
        self.words, self.layouts = style.names(), self.message_layouts()
        self.by_type = {}
        for kind, fixed in self.layouts:
            self.by_type.setdefault(self.type_of(kind, fixed), []).append((kind, fixed))

    def new_stamp(self, order):
        return "".join(self.rng.choices(string.ascii_letters + string.digits, k=16)) if self.style.stamp == "mid" else order

    # ---- which fields a message has ----
    def message_layouts(self):
        """(kind, flag given by the type or None) -> canonical fields, in order."""
        s = self.style
        stamp = ["stamp"] if s.stamp else []
        reply_term = ["term"] if s.reply_term != "none" else []
        candidate = ["candidate"] if s.candidate else []
        pre = ["pre"] if s.prevote == "flag" else []
        vote = reply_term + pre + stamp
        ack = {"echo": ["prev", "prev_term", "entries"], "stamp": [], "prev": ["prev"]}.get(s.ack, ["ack"])
        log_end = ["last_index", "last_term"] if s.log_in_replies else []
        hint = ["hint"] * bool(s.hint) + ["hint_term"] * (s.hint == "conflict")
        leader = ["leader_id"] if s.leader_field else []
        commit = [] if s.notice else ["commit"]
        entries = self.style.entry_fields if s.entry == "flat" else ["entries"]
        request = ["term"] + candidate + ["last_index", "last_term"]
        previous = ["prev", "prev_term"]
        layouts = {("request", None): request + pre + stamp,
                   ("append", None): ["term"] + leader + previous + list(entries) + commit + stamp,
                   ("notice", None): ["term", "commit"], ("ping", None): ["term"] + stamp,
                   ("pong", None): reply_term + stamp}
        bare = ["term"] + leader + commit + stamp
        layouts["beat", None] = bare if s.beat == "bare" else ["term"] + leader + previous + commit + stamp
        if s.vote_refusal == "type":
            layouts["vote", True], layouts["vote", False] = vote, list(vote)
        elif s.vote_refusal == "silent":
            layouts["vote", True] = vote
        else:
            layouts["vote", None] = reply_term + ["granted"] + pre + stamp
        if s.append_refusal == "type":
            layouts["reply", True], layouts["reply", False] = reply_term + ack + log_end + stamp, reply_term + hint + stamp
        else:
            layouts["reply", None] = reply_term + ["success"] + ack + hint + log_end + stamp
        if s.prevote == "type":
            layouts["prerequest", None], layouts["prevote", None] = request + stamp, reply_term + ["granted"] + stamp
        if s.beat_type != "own" and s.beat != "bare":
            del layouts["beat", None]           # it is an append without entries
        return layouts

    def type_of(self, kind, fixed):
        if kind == "beat" and self.style.beat_type != "own":
            kind = "append"
        return self.words[{("vote", False): "novote", ("reply", False): "refusal"}.get((kind, fixed), kind)]

    # ---- one value ----
    def offset(self, field):
        if field == "ack" and self.style.ack == "length":
            return 0
        extra = 1 if field == "ack" and self.style.ack == "next" else 0
        return self.style.offsets.get(field, FIRST[self.style.first]) + extra if field in INDEXES else 0

    def to_wire(self, field, value):
        if value is None:
            return MISSING
        if field == "entries":
            wired = [self.entry_to_wire(*e) for e in value]
            return json.dumps(wired) if self.style.entry == "text" else wired
        if field in FLAGS:
            return value if self.style.booleans == "bool" else self.style.booleans.split("/")[not value]
        if field in NUMBERS and not isinstance(value, str):
            if value == 0 and field in self.style.zero:
                value = self.style.zero[field]
                if value is None:
                    return MISSING
            else:
                value += self.offset(field)
        if isinstance(value, int) and self.style.numbers == "text":
            return str(value)
        return value

    def from_wire(self, field, value):
        if field == "entries":
            return [self.entry_from_wire(e) for e in (json.loads(value) if self.style.entry == "text" else value)]
        if field in FLAGS:
            return (value if self.style.booleans == "bool" else self.style.booleans.split("/").index(value) == 0)
        if field == "stamp":
            return int(value) if self.style.stamp == "seq" else str(value)
        if field == "ack" and self.style.ack == "entry-mid":
            return str(value)
        if field in NUMBERS:
            value = int(value)
            value = 0 if value == self.style.zero.get(field, MISSING) else value - self.offset(field)
            if value < 0 and field != "ack":
                raise ValueError(field)
        return value

    # ---- entries ----
    def trim(self, command):
        """Only what the style's entries hold, so that all replicas have the same log."""
        keep = {"op", "key", "value", *self.style.entry_fields} if self.style.entry != "client" else {"op", "key", "value", "request"}
        return {k: v for k, v in command.items() if k in keep and v is not None}

    def entry_values(self, term, command, index=None):
        fields = {"e_term": term, "e_index": index, **command, "op": self.style.ops[command["op"]]}
        for field in ("key", "value"):
            fields.setdefault(field, None)
        return [(f, None if f in ("key", "value") and fields[f] is None else self.to_wire(f, fields.get(f, "")))
                for f in self.style.entry_fields]

    def entry_to_wire(self, term, command, index=None):
        form = self.style.entry
        if form == "client":
            return {self.words["e_term"]: self.to_wire("e_term", term), self.words["command"]: command.get("request")}
        pairs = self.entry_values(term, command, index)
        if form in ("array", "text"):
            return [value for _, value in pairs]
        named = {self.words[field]: value for field, value in pairs}
        if form == "nested":
            name = self.words["e_term"]
            return {name: named.pop(name), self.words["command"]: named}
        if form == "pair":
            return [named.pop(self.words["e_term"]), named]
        return {k: v for k, v in named.items() if not (self.style.omit and self.is_empty(v))}

    def entry_from_wire(self, entry):
        form = self.style.entry
        if form == "client":
            request = entry[self.words["command"]]
            term = self.from_wire("e_term", entry[self.words["e_term"]])
            if request is None:
                return [term, {"op": "noop"}]
            return [term, self.trim({"op": request["type"], "key": request["key"], "value": request.get("value"), "request": request})]
        if form in ("array", "text"):
            wired = dict(zip(self.style.entry_fields, entry, strict=True))
        else:
            if form == "pair":
                entry = {self.words["e_term"]: entry[0], **entry[1]}
            elif form == "nested":
                entry = {**entry, **entry[self.words["command"]]}
            wired = {f: entry.get(self.words[f], "") if self.style.omit else entry[self.words[f]]
                     for f in self.style.entry_fields}
        return self.command_from(wired)

    def command_from(self, wired):
        term = self.from_wire("e_term", wired["e_term"])
        if "op" in wired:
            op = {v: k for k, v in self.style.ops.items()}[wired["op"]]
        else:
            op = "noop" if wired["key"] is None else "get" if wired["value"] is None else "put"
        command = {"op": op, **{f: wired[f] for f in ("key", "value", "client", "mid") if f in wired}}
        for field, ops in (("key", ("put", "get")), ("value", ("put",)), ("client", ("put", "get"))):
            if op not in ops:
                command.pop(field, None)
            elif field in command and not isinstance(command[field], str):
                raise ValueError(field)
        return [term, self.trim(command)]

    # ---- whole messages ----
    @staticmethod
    def is_empty(value):
        return value is not None and value in (0, "", []) and value is not MISSING

    def encode(self, kind, fields):
        """The message's type and body, or None if the style says nothing here."""
        style, fields = self.style, dict(fields)
        if kind == "beat" and ("beat", None) not in self.layouts:
            kind = "append"
        if kind in ("vote", "reply", "pong") and style.reply_term == "echo":
            fields["term"] = fields["asked_term"]
        if style.prevote == "type" and fields.get("pre"):
            kind = {"request": "prerequest", "vote": "prevote"}[kind]
        if style.prevote_next and fields.get("pre") and (kind in ("request", "prerequest") or style.reply_term == "echo"):
            fields["term"] += 1
        flag = {"vote": fields.get("granted"), "reply": fields.get("success")}.get(kind)
        fixed = flag if (kind, True) in self.layouts else None
        if (kind, fixed) not in self.layouts:
            return None
        if kind == "append" and style.entry == "flat":
            entries = fields["entries"]
            fields.update({f: None for f in style.entry_fields})
            wired = dict(self.entry_values(*entries[0], fields["prev"] + 1)) if entries else {}
        else:
            wired = {}
            if style.entry != "flat" and "e_index" in style.entry_fields and fields.get("entries"):
                wired["entries"] = [self.entry_to_wire(*e, i) for i, e in enumerate(fields["entries"], fields["prev"] + 1)]
        pairs = [(f, wired[f] if f in wired else self.to_wire(f, fields.get(f))) for f in self.layouts[kind, fixed]]
        if style.layout == "array":
            body = {self.words["body"]: [None if v is MISSING else v for _, v in pairs]}
        else:
            body = {self.words[f]: v for f, v in pairs
                    if v is not MISSING and not (style.omit and f != "key" and self.is_empty(v))}
            if style.layout == "nested":
                body = {self.words["body"]: body}
        name = self.type_of(kind, fixed)
        head = {"type": style.envelope, self.words["kind"]: name} if style.envelope else {"type": name}
        return {**head, **self.extras(), **body}

    def extras(self):
        made = {"@clock": lambda: int(self.clock() * 1000), "@random": lambda: self.rng.randrange(10 ** 6),
                "@mid": lambda: "".join(self.rng.choices(string.ascii_letters + string.digits, k=16)), "@me": lambda: self.me}
        return {name: made[value]() if value in made else value for name, value in self.style.extra.items()}

    def chatter(self, **facts):
        body = {name: facts.get(value[1:], value) if isinstance(value, str) and value[0] == "@" else value
                for name, value in self.style.chatter.items()}
        return {**body, **self.extras()}

    def decode(self, message):
        """(kind, canonical fields), or None if this is no message of the style."""
        name = message.get("type")
        if self.style.envelope:
            name = message.get(self.words["kind"]) if name == self.style.envelope else None
        for kind, fixed in self.by_type.get(name, []) if isinstance(name, str) else []:
            try:
                fields = self.fields_of(kind, fixed, message)
            except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
                continue
            if fixed is not None:
                fields["granted" if kind == "vote" else "success"] = fixed
            if kind in ("prerequest", "prevote"):
                kind, fields["pre"] = {"prerequest": "request", "prevote": "vote"}[kind], True
            if self.style.prevote_next and fields.get("pre") and (kind == "request" or self.style.reply_term == "echo"):
                fields["term"] -= 1
            if kind == "beat" and "prev" in fields:
                kind = "append"
            if kind == "append":
                fields.setdefault("entries", [])
            return kind, fields
        return None

    def fields_of(self, kind, fixed, message):
        names, body = self.layouts[kind, fixed], message
        if self.style.layout != "flat":
            body = message[self.words["body"]]
        if self.style.layout == "array":
            found = dict(zip(names, body, strict=True))
        else:
            found = {f: body[self.words[f]] for f in names if self.words[f] in body}
        flat = self.style.entry == "flat" and kind == "append"
        fields = {}
        if flat and "key" in found and found.get("e_term") is not None:
            fields["entries"] = [self.command_from({f: found.get(f, "") for f in self.style.entry_fields})]
        for field in names:
            if flat and field in self.style.entry_fields:
                continue
            value = found.get(field)
            if value is None:
                if field in ("ack", "hint", "hint_term"):
                    at_zero = 0 if field == "hint_term" else -self.offset(field)
                    fields[field] = at_zero if self.style.omit else None
                elif field in self.style.zero and self.style.zero[field] is None:
                    fields[field] = 0
                elif not self.style.omit:
                    raise KeyError(field)
                else:
                    empty = {"entries": []}.get(field, False if field in FLAGS else 0)
                    fields[field] = empty if field in FLAGS or field == "entries" else self.from_wire(field, empty)
            else:
                fields[field] = self.from_wire(field, value)
        if kind == "reply" and fields.get("success", fixed) and fields.get("ack", 0) is None:
            raise KeyError("ack")
        return fields
