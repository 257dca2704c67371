"""The state that Raft wants on stable storage: current term, vote, log."""
import json
import os
import sys
import zlib

from messages import Entry, to_bytes


class Journal:
    """A file to which records are only ever appended. One record is one line: CRC, space, JSON."""

    def __init__(self, directory):
        self.path = os.path.join(directory, "journal")
        self.file = None

    def read(self):
        """Return all records and open the file for writing."""
        records = []
        data = b""
        if os.path.exists(self.path):
            with open(self.path, "rb") as f:
                data = f.read()
        *lines, rest = data.split(b"\n")
        for number, line in enumerate(lines, 1):
            crc, _, text = line.partition(b" ")
            if crc != b"%08x" % zlib.crc32(text):
                sys.exit(f"{self.path}: record {number} is damaged")
            records.append(json.loads(text))
        self.file = open(self.path, "ab", buffering=0)
        if rest:    # a crash in the middle of a write
            self.file.truncate(len(data) - len(rest))
        return records

    def write(self, record):
        text = to_bytes(record)
        self.file.write(b"%08x %s\n" % (zlib.crc32(text), text))


class NullJournal:
    """Used if the kit gives us no directory."""

    def read(self):
        return []

    def write(self, record):
        pass


class PersistentState:
    """Term, vote and log. All changes go to the journal first. Log indexes start at 1."""

    def __init__(self, journal):
        self.journal = journal
        self.term = 0
        self.voted_for = None
        self.entries = []
        for record in journal.read():
            self._replay(record)

    def _replay(self, record):
        if "vote" in record:
            self.term = record["vote"]["term"]
            self.voted_for = record["vote"]["for"]
        elif "entry" in record:
            self.entries.append(Entry(**record["entry"]))
        elif "truncate" in record:
            del self.entries[record["truncate"]["from"] - 1:]

    def _change(self, record):
        self.journal.write(record)
        self._replay(record)

    def set_term(self, term, voted_for=None):
        self._change({"vote": {"term": term, "for": voted_for}})

    def append(self, entry):
        self._change({"entry": {"term": entry.term, "command": entry.command}})

    def truncate(self, index):
        self._change({"truncate": {"from": index}})

    @property
    def last_index(self):
        return len(self.entries)

    @property
    def last_term(self):
        return self.term_at(self.last_index)

    def term_at(self, index):
        return self.entries[index - 1].term if index > 0 else 0

    def entry(self, index):
        return self.entries[index - 1]

    def batch(self, start, max_bytes):
        """Entries from index start on, at least one if there is one, about max_bytes."""
        result, total = [], 0
        for i in range(start - 1, len(self.entries)):
            total += self.entries[i].size
            if result and total > max_bytes:
                break
            result.append(self.entries[i])
        return result
