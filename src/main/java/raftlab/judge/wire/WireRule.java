package raftlab.judge.wire;

/** The rules that the messages of any correct replicas obey. */
public enum WireRule {
  /** No write is acknowledged that the crash of a minority could lose. */
  EARLY_OK(
      "early_ok", "a write is acknowledged only when a majority can have stored it", "§5.3", false),
  /** Election safety, as far as messages show terms. */
  ONE_LEADER("one_leader", "no two replicas lead in the same term", "§5.2", false),
  /** A deposed leader doesn't answer gets from its old state. */
  BLIND_READ(
      "blind_read",
      "no replica answers a get without messages from a majority while another one leads",
      "§8",
      true);

  private final String check;
  private final String promise;
  private final String section;
  private final boolean loadCanCause;

  WireRule(String check, String promise, String section, boolean loadCanCause) {
    this.check = check;
    this.promise = promise;
    this.section = section;
    this.loadCanCause = loadCanCause;
  }

  /** Returns the name of its check. */
  public String check() {
    return check;
  }

  /** Returns the rule in words. */
  public String promise() {
    return promise;
  }

  /** Returns the section of the (extended) Raft paper. */
  public String section() {
    return section;
  }

  /** Whether an overloaded machine could make a correct replica violate it. */
  public boolean loadCanCause() {
    return loadCanCause;
  }
}
