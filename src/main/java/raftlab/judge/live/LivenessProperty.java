package raftlab.judge.live;

/** The liveness properties of an undisturbed cluster. */
public enum LivenessProperty {
  /** There is a leader. */
  LEADER("live_leader", "an undisturbed majority has a leader within 5 s", "§5.2, §5.6"),
  /** Clients' requests are done. */
  ANSWERS(
      "live_answers", "an undisturbed cluster with a leader executes requests within 5 s", "§8"),
  /** Followers catch up. */
  CATCH_UP(
      "live_catch_up",
      "a follower that is connected to the leader answers it and catches up with its log",
      "§5.3, §5.5"),
  /** The leader is stable, and there are no message storms. */
  CALM("live_calm", "an undisturbed cluster keeps its leader and sends few messages", "§5.2");

  private final String check;
  private final String promise;
  private final String section;

  LivenessProperty(String check, String promise, String section) {
    this.check = check;
    this.promise = promise;
    this.section = section;
  }

  /** Returns the name of its check. */
  public String check() {
    return check;
  }

  /** Returns the property in words. */
  public String promise() {
    return promise;
  }

  /** Returns the section of the (extended) Raft paper. */
  public String section() {
    return section;
  }
}
