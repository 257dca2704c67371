"""The styles: each is a row of switches. Style says what a switch means and its default."""
from dataclasses import dataclass, field

from dialect import shape, syllables

# Canonical name -> a phrase, which a style puts into the form of an identifier. First types, then fields.
VOCABULARIES = {
    "paper": """
        request=request vote; vote=request vote reply; novote=request vote denial; prerequest=pre vote; prevote=pre vote reply;
        append=append entries; beat=heartbeat; reply=append entries reply; refusal=append entries failure; notice=commit;
        ping=confirm leader; pong=leader confirmed; kind=rpc;
        term=term; candidate=candidate id; last_index=last log index; last_term=last log term; granted=vote granted;
        pre=pre vote; leader_id=leader id; prev=prev log index; prev_term=prev log term; entries=entries;
        commit=leader commit; success=success; ack=match index; hint=next index; hint_term=conflict term; stamp=request id;
        body=args; e_term=term; key=key; value=value; client=client; mid=MID; op=op; e_index=index; command=command""",
    "plain": """
        request=election; vote=ballot; novote=ballot refused; prerequest=poll; prevote=poll answer; append=replicate;
        beat=alive; reply=replicated; refusal=replicate failed; notice=committed; ping=still leader; pong=still follower;
        kind=action; term=epoch; candidate=from; last_index=log end; last_term=log end epoch; granted=yes; pre=trial;
        leader_id=sender; prev=after; prev_term=after epoch; entries=log; commit=committed up to; success=done; ack=stored up to;
        hint=resend from; hint_term=found epoch; stamp=number; body=data; e_term=epoch; key=k; value=v; client=who; mid=id;
        op=what; e_index=at; command=cmd""",
    "terse": """
        request=rv; vote=rr; novote=rn; prerequest=pv; prevote=pr; append=ae; beat=hb; reply=ar; refusal=an; notice=cm; ping=pi;
        pong=po; kind=mt; term=te; candidate=ci; last_index=lx; last_term=lt; granted=vg; pre=pe; leader_id=li; prev=px;
        prev_term=pt; entries=es; commit=lc; success=su; ack=mi; hint=nx; hint_term=ct; stamp=sq; body=bd; e_term=te; key=ky;
        value=va; client=cl; mid=mi; op=op; e_index=ix; command=cd""",
    # Words of the paper where they don't belong.
    "misapplied": """
        request=vote; vote=grant; novote=deny; prerequest=vote check; prevote=vote check reply; append=update; beat=sync;
        reply=ok; refusal=fail; notice=apply; ping=check quorum; pong=quorum; kind=message;
        term=version; candidate=voted for; last_index=commit index; last_term=commit term; granted=leader elected; pre=check;
        leader_id=vote; prev=last log index; prev_term=last log term; entries=candidates; commit=match index; success=voted;
        ack=last log index; hint=prev log index; hint_term=prev log term; stamp=nonce; body=entries; e_term=version; key=field;
        value=content; client=origin; mid=ticket; op=verb; e_index=commit index; command=term""",
    "ledger": """
        request=nominate; vote=endorse; novote=object; prerequest=sound out; prevote=sounded; append=post; beat=pulse;
        reply=posted; refusal=unposted; notice=close; ping=roll call; pong=present; kind=form;
        term=season; candidate=nominee; last_index=pages; last_term=page season; granted=approved; pre=informal; leader_id=chair;
        prev=page before; prev_term=season before; entries=lines; commit=closed; success=balanced; ack=filed;
        hint=missing page; hint_term=missing season; stamp=receipt; body=sheet; e_term=season; key=account; value=amount;
        client=customer; mid=slip; op=act; e_index=page; command=booking""",
    "booleans": """
        request=elect; vote=true vote; novote=false vote; prerequest=maybe; prevote=maybe vote; append=write; beat=tick; reply=true;
        refusal=false; notice=mark; ping=lead; pong=led; kind=t;
        term=term; candidate=cand; last_index=index; last_term=at term; granted=ok; pre=dry; leader_id=boss; prev=start;
        prev_term=start term; entries=list; commit=index; success=ok; ack=index; hint=want; hint_term=want term; stamp=tag;
        body=payload; e_term=term; key=name; value=data; client=src; mid=mid; op=type; e_index=index; command=payload""",
    "ask": """
        request=can I lead; vote=you can; novote=you can not; prerequest=could I lead; prevote=you could; append=take this;
        beat=I lead; reply=have it; refusal=do not have it; notice=safe; ping=am I leader; pong=you are leader; kind=say;
        term=round; candidate=me; last_index=my last; last_term=my last round; granted=agree; pre=only asking; leader_id=me;
        prev=behind; prev_term=behind round; entries=items; commit=safe until; success=fits; ack=mine until; hint=need from;
        hint_term=need round; stamp=ref; body=content; e_term=round; key=slot; value=text; client=for; mid=ref; op=do; e_index=pos;
        command=job"""}

CANONICAL = [pair.split("=")[0].strip() for pair in VOCABULARIES["paper"].split(";")]


@dataclass
class Style:
    name: str
    about: str
    # ---- names ----
    words: str = "paper"                # a vocabulary, or a number: random syllables
    types: str = "snake"                # form of the types: see shape()
    fields: str = "snake"
    rename: dict = field(default_factory=dict)          # canonical name -> word
    # ---- form ----
    layout: str = "flat"                # flat, nested (fields in an object), array (fields by position)
    envelope: str = ""                  # if set, the type of all messages; the real one is in a field
    numbers: str = "number"             # number, text
    booleans: str = "bool"              # bool, or words for true/false
    omit: bool = False                  # zero, false and empty fields are left out
    extra: dict = field(default_factory=dict)           # further fields of each message between replicas
    # ---- indexes ----
    first: str = "1"                    # 0, 1, count (positions are lengths)
    offsets: dict = field(default_factory=dict)         # exceptions: field -> what is added to the index
    zero: dict = field(default_factory=dict)            # field -> its value for an empty log; None: left out
    # ---- votes ----
    candidate: bool = True              # a vote request names the candidate
    vote_refusal: str = "flag"          # flag, type, silent
    candidate_leader: str = "none"      # `leader` in a candidate's messages: none (FFFF), last, own
    prevote: str = ""                   # "" (none), flag, type
    prevote_next: bool = False          # a PreVote request has the term that the candidate would have
    asks_again: float = 0.15            # a candidate repeats its request after these seconds
    # ---- appends ----
    entry: str = "object"               # object, array, nested, client (its message), pair, text, flat (in the message)
    entry_fields: tuple = ("e_term", "key", "value", "mid")
    ops: dict = field(default_factory=lambda: {"put": "put", "get": "get", "noop": "noop"})
    batch: int = 10 ** 9                # entries in a message
    whole_log: bool = False             # always all entries, if they fit into a message
    repeat: bool = True                 # a new entry is sent at once, together with those not yet acknowledged
    leader_field: bool = False          # an append names the leader
    beat: str = "full"                  # a heartbeat: full (what the follower lacks), follower (empty, its previous
    beat_type: str = "append"           #   entry), leader (empty, the leader's last), bare (no previous); append, own
    notice: bool = False                # the commit index has a message of its own
    # ---- replies ----
    reply_term: str = "own"             # own, echo (the request's), none
    append_refusal: str = "flag"        # flag, type
    ack: str = "end"                    # end (previous + number), own (last index, as far as compared), length, next,
                                        #   echo, prev, stamp (says to which message), digest, entry-mid
    hint: str = "next"                  # "" (none), next, conflict, last (own last index), commit (own commit index)
    stamp: str = ""                     # what a reply repeats: "" (nothing), seq, mid
    log_in_replies: bool = False        # replies have the own last index and term, too
    answers: str = "all"                # which appends are answered: all, entries (that have some), refused (those, and
                                        #   what is refused), pong (empty ones by an own type)
    # ---- behaviour ----
    broadcast: tuple = ()               # what goes to FFFF: votes, heartbeats, entries
    noop: bool = True                   # a new leader appends an entry
    reads: str = "log"                  # log (a get is an entry), heartbeat, round (an own message); both are ReadIndex
    check_quorum: bool = False
    early_beat: bool = False            # a new leader sends a heartbeat before its first entry
    beats_at_commit: bool = False       # a commit is followed by a heartbeat at once
    eager: bool = True                  # requests are handled at once, not at the next tick
    no_leader: str = "redirect"         # a request while no leader is known: redirect, hold, fail
    deposed: str = "wait"               # open requests of a former leader: wait (for their entry's fate), redirect, fail
    tick: float = 0.02
    heartbeat: float = 0.1
    election: tuple = (0.4, 0.8)
    retry: float = 0.06
    threads: bool = False
    chatter: dict = field(default_factory=dict)         # a message of no use, sent now and then
    chatter_to: str = "all"
    chatter_every: float = 1.0

    def names(self):
        if self.words.isdigit():
            words = dict(zip(CANONICAL, syllables(int(self.words), len(CANONICAL))))
        else:
            words = {}
            for number, pair in enumerate(VOCABULARIES[self.words].split(";")):
                name, phrase = pair.strip().split("=")
                words[name] = shape(phrase, self.types if number < CANONICAL.index("kind") else self.fields)
        return {**words, **self.rename}

    def broadcast_entries(self):
        return "entries" in self.broadcast

    def repeats(self):
        return self.repeat and self.batch > 100 and not self.broadcast_entries()

    def problems(self):
        """Combinations of switches that would make the replica wrong."""
        if self.reads == "heartbeat" and (not self.stamp or self.answers not in ("all", "pong")):
            yield "a reply must show to which heartbeat it answers"
        if self.reads == "round" and not self.stamp or self.reads != "log" and not self.noop:
            yield "reads need a stamp and a no-op"
        if self.reply_term == "none" and self.stamp != "mid" or self.ack == "stamp" and not self.stamp:
            yield "a reply must show to which message it answers"
        if self.ack == "prev" and self.answers == "all":
            yield "the answer to an empty append would be taken for one to an entry"
        if self.check_quorum and self.answers not in ("all", "pong"):
            yield "CheckQuorum needs answers to heartbeats"
        if self.beat not in ("leader", "bare") and "heartbeats" in self.broadcast:
            yield "a heartbeat to all can't have the previous entry of one follower"
        if self.entry == "flat" and self.batch > 1 or self.whole_log and self.batch < 10 ** 9:
            yield "entries don't fit"
        if self.omit and (self.layout == "array" or self.numbers == "text" or self.beat == "bare" and self.beat_type != "own"):
            yield "fields can't be left out"
        if self.ack == "entry-mid" and "mid" not in self.entry_fields:
            yield "entries have no MID"
        if self.heartbeat * 2 + self.tick > self.election[0]:
            yield "heartbeats come too late"
        if self.noop is False and self.ack == "entry-mid" and self.answers == "all":
            yield "an empty log has no MID"


ALL = {s.name: s for s in [
    Style("paper", "the paper's names in camelCase, first index 1, reads in the log", fields="camel", types="pascal",
          leader_field=True),
    Style("snake-zero", "snake_case, first index 0, empty log -1, acknowledges its own last index", first="0", ack="own",
          broadcast=("votes",), beat="follower", hint="", no_leader="hold"),
    Style("shouting-counts", "types in capitals; positions are counts; a refusal says where to go on", types="upper", fields="camel",
          first="count", ack="length", answers="entries", beat="leader", broadcast=("votes", "heartbeats"), candidate=False,
          entry_fields=("e_term", "key", "value", "mid", "op"), noop=False, hint="last"),
    Style("terse-pairs", "two letters a name; entries are arrays; replies repeat a sequence number", words="terse",
          fields="lower", types="lower", rename={"mid": "id"}, entry="array", stamp="seq", ack="stamp", reads="heartbeat",
          prevote="flag", check_quorum=True, heartbeat=0.08),
    Style("nested-camel", "fields in an object `args`; refusals have types of their own", layout="nested", fields="camel",
          types="camel", vote_refusal="type", append_refusal="type", ack="next", reads="round", stamp="seq",
          answers="refused", beat="follower"),
    Style("array-body", "the fields in an array by position; first index 0", layout="array", types="lower", words="plain",
          first="0", ack="end", hint="conflict", entry="array", prevote="type", no_leader="fail"),
    Style("text-numbers", "numbers and flags are strings; conflict hint", numbers="text", booleans="true/false", fields="camel",
          types="spaces", hint="conflict", ack="own", first="0", zero={"last_term": -1, "prev_term": -1}, heartbeat=0.12),
    Style("yes-no", "flags are yes and no; words of everyday English", booleans="yes/no", words="plain", types="spaces",
          fields="spaces", answers="entries", beat="bare", beat_type="own", stamp="seq", reads="round", broadcast=("votes", "heartbeats")),
    Style("omits-zero", "zero, false and empty fields are left out", omit=True, fields="lower", types="pascal", hint="conflict",
          ack="end", zero={"last_index": None}, prevote="flag", candidate=False, extra={"MID": "@mid"}),
    Style("misapplied", "words of the paper where they don't belong; ok and fail between replicas", words="misapplied",
          fields="camel", types="lower", append_refusal="type", vote_refusal="type", ack="own", hint="last", beat="leader",
          broadcast=("votes",), candidate_leader="last"),
    Style("misapplied-zero", "as misapplied, first index 0, a reply looks like a vote request", words="misapplied",
          types="snake", first="0", vote_refusal="silent", ack="length", log_in_replies=True,
          rename={"ack": "voted_index", "last_index": "lastLogIndex", "last_term": "lastLogTerm"}, beat="follower",
          answers="refused", noop=False, tick=0.05, election=(0.6, 1.2)),
    Style("true-false", "replies have the types true and false; votes by name", words="booleans", types="spaces", fields="lower",
          append_refusal="type", vote_refusal="type", ack="next", hint="next", no_leader="hold", candidate_leader="own",
          entry_fields=("e_term", "key", "value", "client", "mid")),
    Style("echo", "an acknowledgement repeats the whole append", words="paper", fields="snake", types="lower", ack="echo", hint="",
          entry="nested", append_refusal="type", rename={"reply": "ok", "refusal": "fail"}, candidate=False),
    Style("echo-term", "replies repeat the request's term; refused votes are silent", reply_term="echo", vote_refusal="silent",
          fields="camel", types="kebab", ack="own", beat="follower", entry="pair", candidate_leader="last", hint="commit"),
    Style("mid-only", "replies have no term and no index, only the MID of the message", reply_term="none", stamp="mid",
          rename={"stamp": "MID"}, ack="stamp", fields="camel", types="camel", vote_refusal="type", append_refusal="type",
          hint="", first="0", reads="heartbeat", heartbeat=0.15, retry=0.1, deposed="fail", no_leader="fail"),
    Style("mid-zero", "as mid-only with flags, an object in each message and zero as first index", reply_term="none", stamp="mid",
          rename={"stamp": "MID"}, ack="stamp", layout="nested", words="ledger", hint="next", first="0", reads="round",
          answers="entries", beat="leader", prevote="flag"),
    Style("flat-entry", "one entry a message, key and value beside the previous index", entry="flat", batch=1, retry=0.03,
          entry_fields=("e_term", "key", "value", "mid"), fields="camel", types="camel", rename={"e_term": "entryTerm"}, ack="end",
          answers="entries", beat="follower", hint=""),
    Style("flat-prev", "one entry a message to FFFF; a reply names only the entry before it", entry="flat", batch=1, retry=0.03, ack="prev",
          rename={"e_term": "entry_epoch"}, words="plain", types="snake", answers="refused", beat="leader", beat_type="own",
          broadcast=("votes", "heartbeats", "entries"), entry_fields=("e_term", "key", "value")),
    Style("flat-random", "one entry a message; all names are random syllables", entry="flat", batch=1, retry=0.03, words="7", ack="own",
          entry_fields=("e_term", "key", "value", "mid", "op"), ops={"put": "wo", "get": "re", "noop": "zi"}, beat="bare",
          hint="last", booleans="1/0"),
    Style("random-names", "all names are random syllables", words="11", ack="end", hint="conflict", prevote="type", reads="round",
          stamp="seq", check_quorum=True),
    Style("random-array", "random types; fields by position, first index 0, numbers as strings", words="23", layout="array",
          numbers="text", first="0", ack="next", entry="text", vote_refusal="type", append_refusal="type", answers="refused",
          hint="next"),
    Style("random-enveloped", "one type for all messages; random names; own heartbeat type", words="42", envelope="msg", ack="own",
          beat="leader", beat_type="own", answers="pong", check_quorum=True, first="0", hint="last", extra={"ver": 3}),
    Style("envelope", "type raft for all messages; the real one is in `rpc`", envelope="raft", fields="camel", types="pascal",
          layout="nested", ack="own", prevote="flag", prevote_next=True, stamp="seq", reads="heartbeat", entry="client"),
    Style("whole-log", "sends the whole log each time", whole_log=True, batch=10 ** 9, words="ledger", types="pascal", fields="camel",
          ack="length", beat="follower", hint="", answers="entries", first="count", reads="log", repeat=False),
    Style("whole-log-zero", "sends the whole log each time, first index 0, with indexes in the entries", whole_log=True, first="0",
          entry_fields=("e_index", "e_term", "key", "value", "client", "mid"), types="snake", fields="lower", ack="own",
          beat="bare", beat_type="own", broadcast=("votes", "heartbeats"), answers="all", rename={"beat": "update"}),
    Style("ten-a-message", "ten entries a message, with the client's whole message", batch=10, entry="client", fields="lower",
          types="lower", ack="own", hint="last", log_in_replies=True, rename={"ack": "lastlogindex", "last_index": "lastidx"},
          deposed="redirect"),
    Style("commit-message", "the commit index has its own message; 0 as first index", notice=True, words="ask", types="spaces",
          fields="camel", first="0", ack="end", beat="leader", broadcast=("votes", "heartbeats"), hint="next", no_leader="hold"),
    Style("commit-each", "commit notices to each follower; appends say nothing of it", notice=True, words="ledger", types="lower",
          fields="lower", ack="next", beat="follower", answers="pong", check_quorum=True, prevote="type", append_refusal="type"),
    Style("none-is-minus-one", "first index 1, but an empty log and no commit are -1", zero={"last_index": -1, "commit": -1,
          "last_term": -1}, fields="camel", types="upper", ack="own", beats_at_commit=True, beat="leader", early_beat=True,
          broadcast=("heartbeats",), hint=""),
    Style("no-last-term", "an empty log has no last term; broadcasts all", zero={"last_term": None, "prev_term": None}, words="ask",
          types="snake", fields="snake", ack="length", broadcast=("votes", "heartbeats", "entries"), beat="leader", hint="last"),
    Style("digest", "acknowledges by a checksum of the log", ack="digest", rename={"ack": "checksum"}, words="plain", types="camel",
          fields="camel", hint="next", prevote="flag", entry="pair"),
    Style("entry-mid", "acknowledges by the MID of the last entry", ack="entry-mid", rename={"ack": "MID"}, words="ask",
          types="pascal", fields="lower", answers="entries", beat="follower", hint="commit", vote_refusal="silent"),
    Style("slow-clock", "looks at its clock each 200 ms; entries leave only then", tick=0.2, heartbeat=0.2, election=(0.8, 1.5),
          eager=False, retry=0.2, asks_again=0.6, first="0", ack="own", words="terse", types="upper", fields="lower",
          rename={"mid": "id"}, no_leader="hold", prevote="flag"),
    Style("slow-shy", "heartbeats each 400 ms, timeouts up to 1.5 s; only refusals are answered", heartbeat=0.4, election=(0.95, 1.5),
          tick=0.1, answers="refused", beat="leader", fields="lower", types="camel", ack="length", first="count", hint="",
          offsets={"ack": 1}, retry=0.15, asks_again=0.5),
    Style("threads", "one thread receives, one looks at the clock", threads=True, words="booleans", types="lower", fields="lower",
          rename={"reply": "ok", "refusal": "no"}, append_refusal="type", ack="end", stamp="seq", reads="heartbeat",
          election=(0.5, 1.0)),
    Style("gossip", "sends `stats` with its term and last index to all, which mean nothing", ack="end", fields="camel", types="camel",
          chatter={"type": "stats", "term": "@term", "lastLogIndex": "@last_index", "commitIndex": "@commit", "load": 0.5},
          chatter_every=0.5, extra={"ts": "@clock"}, hint="conflict", reads="round", stamp="mid", answers="refused",
          beat="follower", first="0"),
    Style("pings", "sends `ping` to each replica, with fields of no use in all messages", words="misapplied", types="pascal",
          fields="snake", chatter={"type": "ping", "vote": True, "entries": [], "round": 0}, chatter_to="each",
          chatter_every=0.3, extra={"index": 0, "epoch": 99, "host": "@me"}, ack="length", hint="conflict", reply_term="echo",
          no_leader="fail", broadcast=("votes",), threads=True, tick=0.05),
    Style("one-answer-type", "votes and replies have one type; only the fields differ", words="paper", types="lower",
          fields="camel", rename={"vote": "answer", "reply": "answer"}, ack="own", entry="text", beat="follower", candidate_leader="own",
          entry_fields=("e_term", "key", "value", "client")),
]}
