package raftlab.judge.live;

/** What a cluster owes when nothing is in its way. */
public enum LivenessProperty {
  /** Somebody leads. */
  LEADER("live_leader", "a majority that nothing disturbs has a leader within 5 s", "§5.2, §5.6"),
  /** Clients get what they want. */
  ANSWERS(
      "live_answers", "what is asked of an undisturbed cluster with a leader is done in 5 s", "§8"),
  /** Nobody stays behind. */
  CATCH_UP(
      "live_catch_up",
      "a replica that can hear the leader takes part again, and learns what is committed",
      "§5.3, §5.5"),
  /** There is no war among replicas. */
  CALM(
      "live_calm",
      "where nothing disturbs the replicas, the leader stays and messages are few",
      "§5.2");

  private final String check;
  private final String promise;
  private final String section;

  LivenessProperty(String check, String promise, String section) {
    this.check = check;
    this.promise = promise;
    this.section = section;
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
}
