package raftlab.raft;

/** The command of a log entry. */
sealed interface Command {
  /** Does nothing: the first entry of a new leader's term (§8) if the log isn't empty. */
  record NoOp() implements Command {
    static final NoOp INSTANCE = new NoOp();

    @Override
    public String toString() {
      return "";
    }
  }

  /** A client's change of one key's value. */
  sealed interface Write extends Command {
    String key();
  }

  /** Sets the value. */
  record Put(String key, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("put " + key + "=" + value);
    }
  }

  /** Appends to the value, which is "" for a new key. */
  record Append(String key, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("append " + key + "+=" + value);
    }
  }

  /** Sets the value if it is the expected one (compare and swap). */
  record Cas(String key, String expect, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("cas " + key + ":" + expect + "->" + value);
    }
  }

  /**
   * A write of a session: executed once, even if the log has it more often (§8, dissertation §6.3).
   *
   * @param client names the session
   * @param seq names the write within it
   * @param time the cluster's time in ms, by the leader's clock; sessions expire by it
   */
  record Once(String client, long seq, long time, Write write) implements Command {
    @Override
    public String toString() {
      return write + oneLine(" once " + client + "/" + seq);
    }
  }

  /** A new configuration (§6, dissertation §4.1). */
  record Reconfigure(Configuration configuration) implements Command {
    @Override
    public String toString() {
      return "members: " + configuration;
    }
  }

  private static String oneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : text.replace("\n", "\\n").replace("\r", "\\r");
  }
}
