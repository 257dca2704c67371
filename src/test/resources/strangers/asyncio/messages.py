"""Messages: the envelope (src, dst, leader, type) and what is inside it."""
import json
from dataclasses import asdict, dataclass, field

BROADCAST = "FFFF"
NOBODY = "FFFF"


def to_bytes(obj):
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


@dataclass
class Entry:
    """One entry of the log. The command is a dict: {"op": ..., "key": ..., ...}."""
    term: int
    command: dict

    @property
    def size(self):
        return len(to_bytes(asdict(self)))


class Body:
    """Base class of the payloads that replicas exchange."""

    def to_dict(self):
        return asdict(self)

    @classmethod
    def from_dict(cls, d):
        return cls(**d)


@dataclass
class VoteRequest(Body):
    term: int
    lastLogIndex: int
    lastLogTerm: int


@dataclass
class VoteReply(Body):
    term: int
    granted: bool


@dataclass
class AppendRequest(Body):
    term: int
    prevLogIndex: int
    prevLogTerm: int
    commitIndex: int
    entries: list = field(default_factory=list)

    @classmethod
    def from_dict(cls, d):
        d = dict(d, entries=[Entry(**e) for e in d["entries"]])
        return cls(**d)


@dataclass
class AppendReply(Body):
    term: int
    success: bool
    prevLogIndex: int   # of the request this answers
    matchIndex: int     # success: last index known to match. Failure: length of my log


BODIES = {cls.__name__: cls for cls in (VoteRequest, VoteReply, AppendRequest, AppendReply)}


@dataclass
class ClientRequest:
    client: str
    mid: str
    type: str
    fields: dict

    OPERATIONS = {"get": ["key"],
                  "put": ["key", "value"],
                  "append": ["key", "value"],
                  "cas": ["key", "expect", "value"]}

    @classmethod
    def from_dict(cls, d):
        return cls(d["src"], d["MID"], d["type"], d)

    def to_command(self):
        """The command for the log, or None if we do not support this request."""
        if self.type not in self.OPERATIONS:
            return None
        command = {"op": self.type}
        for name in self.OPERATIONS[self.type]:
            command[name] = self.fields[name]
        if self.type != "get" and "client" in self.fields and "seq" in self.fields:
            command["session"] = {"client": self.fields["client"], "seq": self.fields["seq"]}
        return command
