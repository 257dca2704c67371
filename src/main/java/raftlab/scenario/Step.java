package raftlab.scenario;

import java.util.Arrays;
import java.util.List;

/** One step of a scenario; steps are played in sequence. */
public sealed interface Step {
  /** Its number: {@code 3}, or {@code 5.2} for the second step inside the fifth. */
  String number();

  /** The limits while it runs. */
  Limits limits();

  /** Whether it is preparation: if it fails, the scenario is blocked, not failed. */
  default boolean isSetup() {
    return false;
  }

  /** Runs an action. Waits for the answer of a request; any other action ends at once. */
  record Act(String number, Action action, boolean isSetup) implements Step {
    @Override
    public Limits limits() {
      return Limits.NONE;
    }
  }

  /** Arms an action that runs when the message is sent. Ends at once. */
  record Arm(String number, Action action, MessagePattern on) implements Step {
    @Override
    public Limits limits() {
      return Limits.NONE;
    }
  }

  /** Waits for a time. */
  record Wait(String number, long millis, Limits limits) implements Step {}

  /**
   * Waits for a condition; fails if it doesn't hold in time.
   *
   * @param count the number, for a condition that counts
   * @param who the replicas, for a condition about replicas
   * @param withinMillis the time limit
   * @param isSetup whether the scenario is blocked, not failed, if the condition doesn't hold
   */
  record Until(
      String number,
      Condition condition,
      int count,
      TargetSelector who,
      long withinMillis,
      boolean isSetup,
      Limits limits)
      implements Step {}

  /** A group of steps, repeated. */
  record Block(String number, String title, int times, List<Step> steps, Limits limits)
      implements Step {
    /** Takes a copy of the list. */
    public Block {
      steps = List.copyOf(steps);
    }
  }

  /** The conditions that a step can wait for. */
  enum Condition {
    /** A leader is known. */
    LEADER(
        "leader",
        "a leader is known: a running replica claims leadership, no other has claimed it since, and"
            + " most replicas name it as the leader, or have received two messages from it, or it has"
            + " answered a client with ok"),
    /** Another leader than before is known. */
    NEW_LEADER(
        "new_leader", "a leader is known, other than before the last action that is not a request"),
    /** All running replicas agree on the leader. */
    AGREED(
        "agreed",
        "a leader is known, and each running replica that is not cut off from it names it as the"
            + " leader, or has received two messages from it since it last named another"),
    /** No leader is known. */
    NO_LEADER("no_leader", "no leader is known"),
    /** A number of requests were answered ok. */
    ANSWERED(
        "answered", "\"count\" requests were answered ok since the last action before the step"),
    /** All requests are answered. */
    ALL_ANSWERED(
        "all_answered",
        "all operations that clients had started when the step began are answered, and all those"
            + " of \"requests\" with a \"count\""),
    /** All replicas are ready. */
    READY("ready", "all started replicas have sent their hello message"),
    /** Logs agree. */
    CAUGHT_UP(
        "caught_up",
        "all running replicas report the same commit index; replicas that report no state (see"
            + " RAFTLAB_TRACE) are skipped"),
    /** No armed action is left. */
    TRIGGERED("triggered", "all actions that wait for a message (\"on\") have run"),
    /** Requested changes are done. */
    CHANGED(
        "changed",
        "no requested membership change or leadership transfer is open: each is done, or was given up"),
    /** Replicas have exited by themselves. */
    ENDED("ended", "the replicas (\"who\") have exited by themselves");

    private final String key;
    private final String description;

    Condition(String key, String description) {
      this.key = key;
      this.description = description;
    }

    /** Its name in a scenario file. */
    public String key() {
      return key;
    }

    /** When it holds, in words. */
    public String description() {
      return description;
    }

    /** The condition of this name. */
    public static Condition of(String key) {
      return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst().orElseThrow();
    }

    /** All names. */
    public static List<String> keys() {
      return Arrays.stream(values()).map(Condition::key).toList();
    }
  }
}
