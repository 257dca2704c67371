"""The state machine: the key-value store, and the last answer of each session."""


class KeyValueStore:
    def __init__(self):
        self.data = {}
        self.sessions = {}      # client -> (seq, answer)

    def apply(self, command):
        """Execute a command and return the answer: a dict with the type and further fields."""
        session = command.get("session")
        if session is None:
            return self._execute(command)
        client, seq = session["client"], session["seq"]
        if client in self.sessions:
            last_seq, last_answer = self.sessions[client]
            if seq == last_seq:
                return last_answer
            if seq < last_seq:
                return {"type": "fail", "reason": "late copy of an old operation"}
        answer = self._execute(command)
        self.sessions[client] = (seq, answer)
        return answer

    def _execute(self, command):
        return getattr(self, "_do_" + command["op"])(command)

    def _do_get(self, c):
        return {"type": "ok", "value": self.data.get(c["key"], "")}

    def _do_put(self, c):
        self.data[c["key"]] = c["value"]
        return {"type": "ok"}

    def _do_append(self, c):
        self.data[c["key"]] = self.data.get(c["key"], "") + c["value"]
        return {"type": "ok"}

    def _do_cas(self, c):
        current = self.data.get(c["key"], "")
        if current != c["expect"]:
            return {"type": "mismatch", "value": current}
        self.data[c["key"]] = c["value"]
        return {"type": "ok"}
