package raftlab.scenario;

import java.util.Arrays;
import java.util.List;

/** One of the things that a scenario does one after the other. */
public sealed interface Step {
  /** Its place: {@code 3}, or {@code 5.2} for the second step in the fifth. */
  String number();

  /** What must hold while it lasts. */
  Limits limits();

  /** Whether it only prepares what the scenario is about: if it fails, the scenario is blocked. */
  default boolean isSetup() {
    return false;
  }

  /** Does something. A request is waited for; all else is over at once. */
  record Act(String number, Action action, boolean isSetup) implements Step {
    @Override
    public Limits limits() {
      return Limits.NONE;
    }
  }

  /** From now on, something is done as soon as this message passes. Over at once. */
  record Arm(String number, Action action, MessagePattern on) implements Step {
    @Override
    public Limits limits() {
      return Limits.NONE;
    }
  }

  /** Lets time pass. */
  record Wait(String number, long millis, Limits limits) implements Step {}

  /**
   * Waits for something; fails if it doesn't come.
   *
   * @param count how many, where the condition counts
   * @param who whom it is about, where it is about somebody
   * @param withinMillis how long at most
   * @param isSetup whether the scenario is blocked, not failed, if it doesn't come
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

  /** Steps that belong together, played so often. */
  record Block(String number, String title, int times, List<Step> steps, Limits limits)
      implements Step {
    /** Takes a copy of the list. */
    public Block {
      steps = List.copyOf(steps);
    }
  }

  /** What can be waited for. */
  enum Condition {
    /** A majority names one living replica. */
    LEADER(
        "leader",
        "a leader is known: a living replica names itself as the leader, and most replicas name it,"
            + " or its messages have reached most of them twice, or it has answered a client with"
            + " ok; and no other has claimed to lead since"),
    /** Another than before leads. */
    NEW_LEADER(
        "new_leader", "another leader is known than before the last action that isn't a request"),
    /** All name the same. */
    AGREED(
        "agreed",
        "a leader is known, and all living replicas that are not cut off from it name it, or its"
            + " messages have reached them since they last named another"),
    /** Nobody is known to lead. */
    NO_LEADER("no_leader", "no leader is known"),
    /** So many requests done. */
    ANSWERED(
        "answered",
        "so many (\"count\") requests were answered ok since the last action before the step"),
    /** Nothing open. */
    ALL_ANSWERED(
        "all_answered",
        "all that clients had asked for when the step began is answered, and all that \"requests\""
            + " with a \"count\" let them ask for"),
    /** All can be reached. */
    READY("ready", "all replicas that were started have said hello"),
    /** Logs agree. */
    CAUGHT_UP(
        "caught_up",
        "all living replicas report the same commit index; replicas that report nothing (see"
            + " RAFTLAB_TRACE) aren't waited for"),
    /** Nothing armed is left. */
    TRIGGERED("triggered", "all that waits for a message (\"on\") has happened"),
    /** What the cluster was asked for is done. */
    CHANGED("changed", "all changes of members and leader that were asked for are done"),
    /** It ended by itself. */
    ENDED("ended", "the replicas (\"who\") have ended by themselves and said why on stderr");

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
