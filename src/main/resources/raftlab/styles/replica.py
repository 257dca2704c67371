#!/usr/bin/env python3
"""A correct Raft replica that speaks in one of many styles, and can have one of many bugs.

    replica.py --style NAME [--bug NAME] PORT ID PEER...
    replica.py --list-styles | --list-bugs
    replica.py --self-test [--seeds N] [--bug NAME] [STYLE...]
"""
import json
import os
import random
import select
import socket
import sys
import threading
import time
import zlib
from contextlib import suppress

sys.dont_write_bytecode = True
import styles                   # noqa: E402
from raft import Replica        # noqa: E402

BUGS = {        # name: (what it does, in which styles it can't be)
    "votes-twice": ("votes for every candidate that asks, also twice in a term", None),
    "elected-by-half": ("takes half of the votes for a majority", None),
    "votes-for-old-log": ("votes for a candidate whose log is older than its own", None),
    "vote-does-not-reset-timer": ("does not wait longer after it has voted", None),
    "any-message-resets-timer": ("any message of a replica starts a new election timeout", None),
    "fixed-election-timeout": ("all replicas wait equally long before an election", None),
    "slow-heartbeats": ("sends heartbeats less often than followers wait for them", None),
    "leader-stays": ("as a leader ignores a higher term", None),
    "accepts-old-term": ("takes entries from a leader of an earlier term", None),
    "commits-with-half": ("commits an entry that half of the replicas have", None),
    "commits-old-term": ("commits entries of earlier terms by counting who has them", None),
    "commits-unverified": ("as a follower commits entries that were not compared with the leader's", None),
    "match-from-next": ("takes what it has sent for acknowledged", None),
    "acks-own-last": ("acknowledges its own last index, also where it was not compared",
                      lambda s: s.ack not in ("end", "own", "length", "next")),
    "skips-consistency-check": ("appends entries whatever the term of the entry before them", None),
    "keeps-conflicting-entries": ("keeps its own entries where the leader has others", None),
    "truncates-on-old-append": ("deletes all entries behind those of an append", None),
    "drops-log-at-winning": ("as a new leader drops entries that it does not know to be committed", None),
    "never-retransmits": ("does not send an entry again that was lost", None),
    "message-too-large": ("sends all that a follower lacks in one message", lambda s: s.batch == 1),
    "acks-before-commit": ("answers a put as soon as it is in its own log", None),
    "ok-at-losing-leadership": ("answers ok to all open requests when it is deposed", None),
    "answers-twice": ("answers ok twice", None),
    "reads-anywhere": ("every replica answers gets from its own store", None),
    "reads-without-majority": ("the leader answers gets from its own store", None),
    "reads-before-own-commit": ("a new leader answers gets before it has committed an entry of its term",
                                lambda s: s.reads == "log"),
    "loses-odd-keys": ("loses keys with characters beyond ASCII", None),
    "forgets-log": ("does not store entries (needs storage)", None),
    "forgets-term": ("begins with term 0 after a restart (needs storage)", None),
    "forgets-vote": ("does not store its vote (needs storage)", None)}


class Journal:
    """Stable storage: a line for each change, with a checksum. What is written survives a SIGKILL."""

    def __init__(self, directory):
        self.file = open(os.path.join(directory, "journal"), "ab+", buffering=0)

    def records(self):
        self.file.seek(0)
        good, records = 0, []
        for line in self.file.read().split(b"\n")[:-1]:         # behind the last newline: half a record
            check, _, text = line.partition(b" ")
            if check != b"%08x" % zlib.crc32(text):
                sys.exit("the journal is damaged")
            records.append(json.loads(text))
            good += len(line) + 1
        self.file.truncate(good)
        return records

    def add(self, record):
        text = json.dumps(record).encode()
        self.file.write(b"%08x %s\n" % (zlib.crc32(text), text))


class Process:
    """The replica as a process: a UDP socket and the machine's clock."""

    def __init__(self, style, bug, port, me, peers):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("localhost", 0))
        self.style, self.address, self.lock = style, ("localhost", port), threading.RLock()
        directory = os.environ.get("RAFTLAB_DATA_DIR")
        self.replica = Replica(style, me, peers, self.send, time.monotonic, random.Random(), bug,
                               Journal(directory) if directory else None)
        self.send({"src": me, "dst": "FFFF", "leader": "FFFF", "type": "hello"})

    def send(self, message):
        with suppress(OSError):         # as good as lost
            self.socket.sendto(json.dumps(message).encode(), self.address)

    def take(self, datagram):
        with suppress(ValueError, RecursionError):
            message = json.loads(datagram)
            if isinstance(message, dict):
                self.replica.receive(message)

    def flush(self):
        if self.replica.stirred:
            self.replica.stirred = False
            self.replica.flush()

    def take_all(self):
        with suppress(BlockingIOError):         # first all that came, then the clock
            for _ in range(200):
                self.take(self.socket.recv(65536))

    def run(self):
        next_tick = time.monotonic()
        self.socket.setblocking(False)
        while True:
            select.select([self.socket], [], [], max(0.0, next_tick - time.monotonic()))
            self.take_all()
            self.flush()
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + self.style.tick
                self.replica.tick()

    def run_in_threads(self):
        threading.Thread(target=self.watch_the_clock, daemon=True).start()
        while True:
            datagram = self.socket.recv(65536)
            with self.lock:
                self.take(datagram)
                self.flush()

    def watch_the_clock(self):
        while True:
            time.sleep(self.style.tick)
            with self.lock:
                self.replica.tick()


def listed(table):
    for row in table:
        print("\t".join(cell for cell in row if cell))


def main(args):
    if args == ["--list-styles"]:
        return listed([(style.name, style.about) for style in styles.ALL.values()])
    if args == ["--list-bugs"]:
        return listed([(bug, about, " ".join(s.name for s in styles.ALL.values() if outside and outside(s)))
                       for bug, (about, outside) in BUGS.items()])
    if args[:1] == ["--self-test"]:
        import selftest
        return selftest.main(args[1:], BUGS)
    options = {}
    while len(args) > 1 and args[0] in ("--style", "--bug"):
        options[args[0]], args = args[1], args[2:]
    style, bug = styles.ALL.get(options.get("--style")), options.get("--bug")
    if not style or len(args) < 2 or bug and bug not in BUGS:
        sys.exit(__doc__)
    process = Process(style, bug, int(args[0]), args[1], args[2:])
    process.run_in_threads() if style.threads else process.run()


if __name__ == "__main__":
    main(sys.argv[1:])
