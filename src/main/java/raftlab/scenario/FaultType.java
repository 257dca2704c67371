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
  PART_END("part_end", false),
  /** Of the replicas that are down, the one that was killed first is started again. */
  RESTART("restart", false),
  /** All that run are killed at once, and all replicas are started again. */
  RESTART_ALL("restart_all", false),
  /** A random other living replica is to lead from now on. */
  TRANSFER("transfer", true),
  /** A new replica is started, and the cluster is asked to take it in. */
  ADD("add", true),
  /** The cluster is asked to do without a random living follower, which goes on running. */
  REMOVE("remove", true),
  /** The cluster is asked to do without its leader, which goes on running. */
  REMOVE_LEADER("remove_leader", true);

  private final String key;
  private final boolean needsLeader;

  FaultType(String key, boolean needsLeader) {
    this.key = key;
    this.needsLeader = needsLeader;
  }

  /** Whether a member of the cluster is to leave it. */
  public boolean removes() {
    return this == REMOVE || this == REMOVE_LEADER;
  }

  /** Whether replicas have to do it themselves when they are asked: it isn't done to them. */
  public boolean isAskedFor() {
    return removes() || this == ADD || this == TRANSFER;
  }

  /** Whether replicas can only come through it with a place to store their state. */
  boolean needsStorage() {
    return this == RESTART || this == RESTART_ALL || this == ADD;
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
