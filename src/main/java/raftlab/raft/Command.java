package raftlab.raft;

/** What an entry of the log does to the state machine. */
sealed interface Command {
  /** Nothing: the entry with which a new leader opens its term (§8). */
  record NoOp() implements Command {
    static final NoOp INSTANCE = new NoOp();

    @Override
    public String toString() {
      return "";
    }
  }

  /** The key has this value from now on. */
  record Put(String key, String value) implements Command {
    @Override
    public String toString() {
      String text = "put " + key + "=" + value;
      return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
          ? text
          : text.replace("\n", "\\n").replace("\r", "\\r");
    }
  }
}
