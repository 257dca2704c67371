package raftlab.raft;

/** What an entry of the log does. */
sealed interface Command {
  /** Nothing: the entry with which a new leader opens its term (§8) if the log isn't empty. */
  record NoOp() implements Command {
    static final NoOp INSTANCE = new NoOp();

    @Override
    public String toString() {
      return "";
    }
  }

  /** A change of one key's value, as a client asked for it. */
  sealed interface Write extends Command {
    String key();
  }

  /** The key has this value from now on. */
  record Put(String key, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("put " + key + "=" + value);
    }
  }

  /** The value gets this text at its end; that of a key that was never put is "". */
  record Append(String key, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("append " + key + "+=" + value);
    }
  }

  /** The key gets the new value if it has the expected one (compare and swap). */
  record Cas(String key, String expect, String value) implements Write {
    @Override
    public String toString() {
      return oneLine("cas " + key + ":" + expect + "->" + value);
    }
  }

  /**
   * A write that is executed once at most, however often it is in the log (§8, dissertation §6.3).
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

  /** These are the members from now on (§6, dissertation §4.1). */
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
