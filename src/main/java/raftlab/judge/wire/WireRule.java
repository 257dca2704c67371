package raftlab.judge.wire;

/** What must hold of the messages of any correct replicas. */
public enum WireRule {
  /** Nothing is acknowledged that a minority's crash could lose. */
  EARLY_OK("early_ok", "a write is acknowledged only when a majority can have it", "§5.3", false),
  /** Election safety, as far as messages show terms. */
  ONE_LEADER("one_leader", "no two replicas lead in the same term", "§5.2", false),
  /** Whoever is deposed doesn't answer from what it remembers. */
  BLIND_READ(
      "blind_read",
      "no get is answered by a replica that hears from no majority while another one leads",
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

  /** Its name among the checks. */
  public String check() {
    return check;
  }

  /** What must hold, in words. */
  public String promise() {
    return promise;
  }

  /** Where the (extended) paper has it. */
  public String section() {
    return section;
  }

  /**
   * Whether a machine too busy to let replicas run in time could make a correct replica break it.
   */
  public boolean loadCanCause() {
    return loadCanCause;
  }
}
