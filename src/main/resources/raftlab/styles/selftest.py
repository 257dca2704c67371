"""Plays each style on a network and a clock inside this process: elections, lost and doubled messages, a leader that is cut
off, a leader that crashes and restarts. Raft's safety properties are checked after each step."""
import heapq
import json
import random
import sys
import time

import styles
from raft import LEADER, Replica

RESERVED = ("src", "dst", "leader", "type")
IDS = ["0000", "0001", "0002"]


class Failure(Exception):
    """A property does not hold."""


class MemoryJournal:
    def __init__(self):
        self.lines = []

    def records(self):
        return [json.loads(line) for line in self.lines]

    def add(self, record):
        self.lines.append(json.dumps(record))


class Cluster:
    def __init__(self, style, seed, bug=None, ids=IDS):
        self.style, self.bug, self.ids, self.rng = style, bug, ids, random.Random(seed)
        self.now, self.events, self.count, self.loss, self.double, self.delay = 0.0, [], 0, 0, 0, (0.0005, 0.002)
        self.journals, self.nodes, self.apart, self.answers, self.mids = {i: MemoryJournal() for i in ids}, {}, set(), {}, 0
        self.leaders, self.committed, self.checked, self.target = {}, {}, {}, None
        for replica in ids:
            self.start(replica)

    # ---- the world ----
    def start(self, replica):
        peers = [i for i in self.ids if i != replica]
        node = Replica(self.style, replica, peers, lambda m: self.carry(replica, m), lambda: self.now, self.rng, self.bug,
                       self.journals[replica])
        self.nodes[replica], self.checked[replica] = node, 0
        self.at(self.rng.uniform(0, self.style.tick), lambda: self.tick(replica, node))

    def at(self, delay, action):
        self.count += 1
        heapq.heappush(self.events, (self.now + delay, self.count, action))

    def tick(self, replica, node):
        if self.nodes.get(replica) is node:
            node.tick()
            self.check(replica, node)
            self.at(self.style.tick, lambda: self.tick(replica, node))

    def carry(self, src, message):
        text = json.dumps(message)
        if len(text) > 65_507 or any(not isinstance(message.get(f), str) for f in RESERVED) or message["src"] != src:
            raise Failure(f"malformed: {text[:200]}")
        dst = message["dst"]
        if dst not in self.ids and dst != "FFFF":
            self.answers.setdefault(message["MID"], message)
            return
        for to in self.ids if dst == "FFFF" else [dst]:
            if to != src and (src in self.apart) == (to in self.apart):
                for _ in range(1 + (self.rng.random() < self.double)):
                    if self.rng.random() >= self.loss:
                        self.at(self.rng.uniform(*self.delay), lambda to=to: self.deliver(to, text))

    def deliver(self, to, text):
        node = self.nodes.get(to)
        if node:
            node.receive(json.loads(text))
            if node.stirred:
                node.stirred = False
                node.flush()
            self.check(to, node)

    def check(self, replica, node):
        if node.role == LEADER and self.leaders.setdefault(node.term, replica) != replica:
            raise Failure(f"two leaders in term {node.term}")                   # election safety
        for index in range(self.checked[replica] + 1, node.last_applied + 1):
            if self.committed.setdefault(index, node.log[index]) != node.log[index]:
                raise Failure(f"different entries are committed at {index}")    # state machine safety
        self.checked[replica] = node.last_applied

    def until(self, condition, within, what):
        end = self.now + within
        while not condition():
            if not self.events or self.events[0][0] > end:
                raise Failure(f"not within {within} s: {what}")
            self.now, _, action = heapq.heappop(self.events)
            action()

    # ---- clients ----
    def leader(self):
        led = [i for i, n in self.nodes.items() if n.role == LEADER and i not in self.apart]
        return max(led, key=lambda i: self.nodes[i].term) if led else None

    def request(self, to, kind, **fields):
        self.mids += 1
        mid = f"m{self.mids:015}"
        self.deliver(to, json.dumps({"src": "0015", "dst": to, "leader": "FFFF", "type": kind, "MID": mid, **fields}))
        return mid

    def ask(self, kind, **fields):
        """Sends the request, to whom the answers say, until it is done."""
        end, side = self.now + 20, [i for i in self.nodes if i not in self.apart]
        while self.now < end:
            to = self.target if self.target in side else self.rng.choice(side)
            mid, give_up = self.request(to, kind, **fields), self.now + 1.5
            self.until(lambda: mid in self.answers or self.events[0][0] > give_up, 30, "events")
            answer = self.answers.get(mid, {"type": "none", "leader": "FFFF"})
            if answer["type"] == "ok":
                self.target = to
                return answer.get("value")
            self.target = answer["leader"]
            wait = self.now + 0.02
            self.until(lambda: self.events[0][0] > wait, 30, "events")
            self.now = wait
        raise Failure(f"{kind} was not answered")

    def put_and_get(self, key, value):
        self.ask("put", key=key, value=value)
        read = self.ask("get", key=key)
        if read != value:
            raise Failure(f"get {key} returned {read!r} instead of {value!r}")

    def elected(self):
        self.until(self.leader, 15, "a leader")

    def agree(self):
        def equal():
            logs = [(n.log, n.last_applied) for n in self.nodes.values()]
            return all(one == logs[0] for one in logs) and logs[0][1] == len(logs[0][0]) - 1
        self.until(equal, 15, "equal logs")

    # ---- the scenario ----
    def play(self):
        self.elected()
        if self.ask("get", key="never") != "":
            raise Failure("a key that was never put is not empty")
        self.loss, self.double, self.delay = 0.2, 0.2, (0.001, 0.02)
        for number in range(10):
            self.put_and_get(f"k{number % 3}", f"{number}\u00e4\n\"")
        self.loss = 0
        old = self.leader()
        self.apart = {old}
        for number in range(2):
            self.request(old, "put", key="lost", value=f"{number}")
        self.target = None
        self.elected()
        for number in range(10, 15):
            self.put_and_get(f"k{number % 3}", str(number))
        late = self.request(old, "get", key="k2")       # the old leader must not answer with what it had
        self.apart = set()
        self.agree()
        if self.answers.get(late, {}).get("value", "14") != "14":
            raise Failure("a stale read")
        self.loss = 0.2
        crashed = self.leader()
        del self.nodes[crashed]
        self.target = None
        for number in range(15, 25):
            self.put_and_get(f"k{number % 3}", str(number))
        self.loss = 0
        self.start(crashed)
        self.agree()
        self.put_and_get("last", "")
        self.agree()


def check_names(style):
    """No two fields of one message have the same name, and all styles' combinations of switches are correct."""
    problems = list(style.problems())
    codec = Cluster(style, 1).nodes["0000"].codec
    for (kind, fixed), fields in codec.layouts.items():
        names = [codec.words[f] for f in fields] if style.layout == "flat" else [codec.words["body"]]
        names += [*style.extra, *RESERVED] + ([codec.words["kind"]] if style.envelope else [])
        if len(set(names)) < len(names):
            problems.append(f"{kind}: a name occurs twice: {sorted(names)}")
    entry = [codec.words[f] for f in style.entry_fields]
    if len(set(entry)) < len(entry):
        problems.append(f"entry: a name occurs twice: {sorted(entry)}")
    return problems


def play(style, seed, bug=None):
    """What went wrong, or None."""
    try:
        Cluster(style, seed, bug).play()
    except Failure as failure:
        return str(failure)
    return None


def main(args, bugs):
    started, options = time.monotonic(), {"--seeds": "1", "--bug": None}
    while args[:1] and args[0] in options:
        options[args[0]], args = args[1], args[2:]
    bug, seeds, failed, seen = options["--bug"], range(1, int(options["--seeds"]) + 1), 0, 0
    chosen = [styles.ALL[name] for name in args] or list(styles.ALL.values())
    for style in chosen:
        wrong = check_names(style) + [f"seed {seed}: {w}" for seed in seeds if (w := play(style, seed, bug))]
        failed += bool(wrong)
        if wrong:
            print(f"{style.name}: " + "; ".join(wrong))
    for number, (name, (_, outside)) in enumerate(bugs.items()):        # a bug must not end the replica
        style = chosen[number % len(chosen)]
        if not bug and not (outside and outside(style)):
            seen += play(style, 1, name) is not None
    print(f"{len(chosen)} styles, {failed} failed; {seen} of {len(bugs)} bugs seen; {time.monotonic() - started:.1f} s")
    sys.exit(1 if failed else 0)
