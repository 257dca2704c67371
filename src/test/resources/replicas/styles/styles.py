"""The styles: what messages are called, how they count, and which of Raft's freedoms are taken."""
from types import SimpleNamespace

from names import NAMES, SCHEMES

DEFAULT = dict(
    base=1,  # index of the first entry; an empty log's last index is one less
    no_term=0,  # last term of an empty log: a number, "absent", or "current" (the sender's term)
    last_is_length=False,  # a vote request's last index is the length of the log, whatever the base
    commit_zero=False,  # nothing committed is 0, although the first index is 0
    omit=False,  # zero, false and empty fields are absent
    strings=False,  # numbers and booleans are strings
    nest="",  # the field that holds all protocol fields
    scheme="camel",  # names of types and fields
    candidate_leader="FFFF",  # `leader` in a vote request: FFFF, last (the last known one), own
    vote_leader="last",  # ... in a vote: last (the last known one), request (what the request said), FFFF
    ack_leader="leader",  # ... in an append's answer: leader, FFFF
    candidate=True,  # a vote request names the candidate in a field of its own
    votes="flag",  # flag, types (granted and refused are two types), grants (refusals are silent)
    voter_log=False,  # votes carry the voter's own last index and term
    vote_term="always",  # always, refused (only refusals have a term), never: these two need mids=echo
    acks="flag",  # flag, types
    ack="own-last",  # own-last, length, next, count (previous + entries), mid, echo (the append), flag (nothing more)
    ack_term=True,  # answers to appends carry a term; if not, mids=echo
    mids="none",  # none, fresh (each message its own), echo (an answer has its request's)
    hint="next",  # in a refusal: none, own-last, next, conflict (index and term)
    heartbeat="checked",  # checked (the follower's previous index), leader-last, blind (never checked, moves no commit)
    hb_form="append",  # append, minus-one (blind, previous index -1), term (blind, the term alone), type (a type of its own)
    hb_answered=True,  # accepted heartbeats are answered
    entry="flat",  # flat, array, array-nested, message, args
    noop=True,  # a new leader appends an entry that does nothing
    at_tick=False,  # entries leave with the next tick only
    whole=False,  # each append holds the whole log, if that fits
    commit_notice=False,  # a type of its own says what is committed
    votes_to="all",  # all, each
    heartbeats_to="each",
    entries_to="each",
    unknown="redirect",  # a request while no leader is known: redirect (to FFFF), hold, fail
    election=(0.150, 0.300),
    beat=0.075,
    spin=False,  # polls without waiting
)

SWITCHES = {
    "base-0": dict(base=0, no_term=0),
    "base-0-term-minus-1": dict(base=0, no_term=-1),
    "base-1": dict(base=1, no_term=0),
    "base-1-term-minus-1": dict(base=1, no_term=-1),
    "no-term-current": dict(no_term="current"),
    "no-term-absent": dict(no_term="absent"),
    "last-is-length": dict(base=0, last_is_length=True),
    "counts": dict(base=1, scheme="counts"),
    "commit-zero": dict(base=0, commit_zero=True),
    "zero-absent": dict(omit=True),
    "strings": dict(strings=True),
    "in-args": dict(nest="args"),
    "in-data": dict(nest="data"),
    "followers-ffff": dict(ack_leader="FFFF", vote_leader="FFFF"),
    "vote-says-ffff": dict(vote_leader="FFFF"),
    "candidate-says-last": dict(candidate_leader="last"),
    "candidate-says-own": dict(candidate_leader="own"),
    "vote-echoes-leader": dict(candidate_leader="last", vote_leader="request"),
    "no-candidate-field": dict(candidate=False),
    "two-vote-types": dict(votes="types"),
    "grants-only": dict(votes="grants"),
    "voter-log": dict(voter_log=True),
    "vote-without-term": dict(vote_term="never", mids="echo"),
    "granted-without-term": dict(vote_term="refused", mids="echo"),
    "two-ack-types": dict(acks="types"),
    "ack-own-last": dict(ack="own-last"),
    "ack-length": dict(ack="length"),
    "ack-next": dict(ack="next"),
    "ack-count": dict(ack="count"),
    "ack-mid": dict(ack="mid", mids="echo"),
    "ack-echo": dict(ack="echo"),
    "ack-flag": dict(ack="flag", mids="fresh", heartbeat="checked"),
    "ack-without-term": dict(ack_term=False, mids="echo"),
    "mids": dict(mids="fresh"),
    "mids-echoed": dict(mids="echo"),
    "no-hint": dict(hint="none"),
    "hint-own-last": dict(hint="own-last"),
    "hint-conflict": dict(hint="conflict"),
    "silent": dict(hb_answered=False),
    "heartbeat-leader-last": dict(heartbeat="leader-last", heartbeats_to="all"),
    "heartbeat-minus-1": dict(heartbeat="blind", hb_form="minus-one", hb_answered=False),
    "heartbeat-term-only": dict(heartbeat="blind", hb_form="term", hb_answered=False),
    "heartbeat-type": dict(heartbeat="blind", hb_form="type", hb_answered=False),
    "entries-arrays": dict(entry="array"),
    "entries-nested-arrays": dict(entry="array-nested"),
    "entries-messages": dict(entry="message"),
    "entries-args": dict(entry="args"),
    "no-noop": dict(noop=False),
    "at-tick": dict(at_tick=True),
    "whole-log": dict(whole=True),
    "commit-notice": dict(commit_notice=True),
    "votes-to-each": dict(votes_to="each"),
    "entries-to-all": dict(entries_to="all"),
    "hold": dict(unknown="hold"),
    "fails-unknown": dict(unknown="fail"),
    "slow": dict(election=(1.0, 2.0), beat=0.300),
    "very-slow": dict(election=(2.0, 2.8), beat=0.500),
    "spin": dict(spin=True),
}
SWITCHES.update({"names-" + name: dict(scheme=name) for name in NAMES})


def _(scheme, *switches, **more):
    parts = {}
    for switch in switches:
        parts.update(SWITCHES[switch])
    return dict(parts, scheme=scheme, **more)


PRESETS = {
    "plain": _("camel", election=(0.3, 0.6), beat=0.1),
    "abbreviated": _("abbreviated", "base-0", "heartbeat-leader-last", "entries-to-all", "vote-says-ffff", hint="next", election=(0.175, 0.325)),
    "term-only": _("give-vote", "base-0-term-minus-1", "commit-zero", "no-candidate-field", "vote-echoes-leader", "voter-log",
                   "heartbeat-term-only", "entries-nested-arrays", hint="none", heartbeats_to="all"),
    "length": _("long", "last-is-length", "slow", "votes-to-each", "hint-own-last", "entries-args"),
    "flag-alone": _("rpc", "base-1", "silent", "ack-flag", hint="none", election=(0.4, 0.6), beat=0.1),
    "yes-no": _("yes-no", "two-vote-types", "heartbeat-minus-1", "very-slow", "vote-echoes-leader", "votes-to-each",
                "no-candidate-field", "ack-mid", "ack-without-term"),
    "lists": _("snake", "base-1", "entries-arrays", "heartbeat-term-only", "entries-to-all", hint="none",
               heartbeats_to="all", election=(0.5, 1.0), beat=0.15),
    "upper-case": _("upper", "base-0", "ack-length", "grants-only", "silent", "heartbeat-leader-last", mids="fresh",
                    election=(0.2, 0.4), beat=0.04),
    "numbered": _("ok-fail-types", "base-0", "no-candidate-field", "ack-mid", "two-vote-types", "two-ack-types", "heartbeat-minus-1",
                  "fails-unknown", "vote-says-ffff", hint="none", heartbeats_to="all", election=(0.5, 1.0), beat=0.25),
    "vote-ack": _("vote-ack", "no-term-current", "hint-own-last", "silent", "hold", base=0, election=(0.5, 1.0), beat=0.25),
    "own-leader": _("pascal", "base-0-term-minus-1", "candidate-says-own", "no-candidate-field", "silent", "entries-arrays",
                    heartbeats_to="all", heartbeat="leader-last"),
    "echo": _("vote-answers", "base-1", "no-candidate-field", "two-ack-types", "ack-echo", "hold", "at-tick", "vote-says-ffff", hint="next",
              election=(0.5, 0.8), beat=0.15),
    "spinning": _("grant-reject", "base-1", "two-vote-types", "two-ack-types", "ack-next", "at-tick", "votes-to-each", "hold",
                  "candidate-says-last", "spin", election=(0.3, 0.4), beat=0.15),
    "count": _("counts", "no-term-absent", "heartbeat-type", "ack-length", "strings", "votes-to-each", "entries-nested-arrays",
               "candidate-says-last", "hold", hint="none", election=(0.3, 0.5), beat=0.1),
    "true-false": _("true-false", "base-1", "no-candidate-field", "granted-without-term", "two-ack-types", "ack-next", "silent",
                    "votes-to-each", election=(0.25, 0.4), beat=0.12),
    "commit-notes": _("spaced", "base-0", "no-candidate-field", "grants-only", "two-ack-types", "silent", "commit-notice", "mids",
                      "at-tick", beat=0.1, election=(0.5, 0.75)),
    "terse": _("terse", "strings", "no-candidate-field", "grants-only", "vote-without-term", "ack-without-term", "ack-mid",
               "candidate-says-last", "heartbeat-term-only", heartbeats_to="all", election=(0.75, 1.05), beat=0.3),
    "zero-absent": _("lower", "zero-absent", "no-candidate-field", "hint-conflict", "ack-count", "votes-to-each", "mids",
                     "fails-unknown", "at-tick", election=(0.9, 1.3), beat=0.1),
    "whole-message": _("camel", "base-1-term-minus-1", "entries-messages", hint="none", election=(0.41, 0.6), beat=0.155),
    "whole-log": _("snake", "base-0", "whole-log", "silent", "no-noop", hint="none"),
    "nested-args": _("camel", "base-0", "in-args", "silent", "followers-ffff", "no-noop"),
    "nested-data": _("snake", "base-1", "in-data", "strings", "followers-ffff", "mids-echoed"),
    "unrelated": _("unrelated", "base-1", "followers-ffff", "silent"),
    "all-silent": _("camel", "base-1", "followers-ffff", "grants-only", "heartbeat-term-only", heartbeats_to="all"),
}

BUGS = {
    "blocking": "timers stand still while no message comes",
    "never-resends": "an append that was lost is never sent again, and a gap is never filled",
    "counts-old-votes": "votes of earlier elections count",
    "never-stands": "never stands for election",
    "always-fails": "answers each request of a client with fail",
    "dies-on-unknown-type": "a message of an unknown type ends it",
    "dies-on-missing-field": "a message that lacks a field ends it",
    "dies-on-unknown-key": "a get of a key that was never put ends it",
    "dies-on-large": "a message of more than 20,000 bytes ends it",
    "reads-at-old-leader": "a leader answers gets from its own store, even one that is cut off",
    "redirect-storm": "heartbeats every millisecond",
    "endless-heartbeats": "a deposed leader goes on sending the heartbeats of its term",
}


def style_of(words, bug=""):
    """The style of these names: later ones override."""
    values = dict(DEFAULT)
    for word in words:
        chosen = PRESETS.get(word, SWITCHES.get(word))
        if chosen is None:
            raise SystemExit("unknown style " + word + "; --list names them")
        values.update(chosen)
    if bug == "never-resends":
        values.update(SWITCHES["heartbeat-minus-1"])
    style = SimpleNamespace(**values)
    style.names = SCHEMES[style.scheme]
    check(style)
    return style


def check(style):
    """What would make the replica incorrect: an answer that can't be told from one to another request."""
    if style.vote_term != "always" and style.mids != "echo":
        raise SystemExit("votes without a term need mids-echoed")
    if (style.ack == "mid" or not style.ack_term) and style.mids != "echo":
        raise SystemExit("acknowledgements without a term or an index need mids-echoed")
    if style.ack == "flag" and (style.mids != "fresh" or style.heartbeat != "checked"):
        raise SystemExit("ack-flag needs mids and checked heartbeats")
