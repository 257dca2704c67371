package raftlab.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of faults that a scenario can plan. */
public enum FaultType {
  /** The leader is killed. */
  KILL_LEADER("kill_leader", true),
  /** A random replica that isn't the leader is killed. */
  KILL_NON_LEADER("kill_non_leader", true),
  /** A random majority with the leader in it is cut off from the others. */
  PART_EASY("part_easy", true),
  /** A random majority without the leader is cut off from the others. */
  PART_HARD("part_hard", true),
  /** All replicas reach each other again. */
  PART_END("part_end", false);

  private final String key;
  private final boolean needsLeader;

  FaultType(String key, boolean needsLeader) {
    this.key = key;
    this.needsLeader = needsLeader;
  }

  /** Its name in a scenario file. */
  public String key() {
    return key;
  }

  /** Whether it can only be played when a living replica is known to lead. */
  public boolean needsLeader() {
    return needsLeader;
  }

  /** The type of this name, if there is one. */
  public static Optional<FaultType> of(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }
}
