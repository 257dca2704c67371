package raftlab.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The types of actions on a cluster. */
public enum ActionType {
  /** The leader is killed. */
  KILL_LEADER("kill_leader", "The leader is killed"),
  /** A random replica other than the leader is killed. */
  KILL_NON_LEADER("kill_non_leader", "A random replica other than the leader is killed"),
  /** A random majority that includes the leader is cut off from the other replicas. */
  PART_EASY("part_easy", "A random majority that includes the leader is cut off from the others"),
  /** A random majority without the leader is cut off from the others. */
  PART_HARD("part_hard", "A random majority without the leader is cut off from the others"),
  /** All partitions heal. */
  PART_END("part_end", "All partitions heal"),
  /** Replicas are restarted. */
  RESTART(
      "restart",
      "Replicas are restarted with their stored data; running ones are killed first."
          + " Without \"who\": of the crashed ones, the one that was killed first"),
  /** All replicas are killed at once and restarted. */
  RESTART_ALL("restart_all", "All replicas are killed at once and restarted"),
  /** Leadership is transferred to another running replica. */
  TRANSFER("transfer", "Leadership is transferred to \"who\", or to a random running replica"),
  /** A new replica is started and added to the cluster. */
  ADD("add", "A new replica is started and added to the cluster"),
  /** A replica is removed from the cluster; its process keeps running. */
  REMOVE("remove", "\"who\", or a random follower, is removed from the cluster; it keeps running"),
  /** The leader is removed from the cluster; its process keeps running. */
  REMOVE_LEADER("remove_leader", "The leader is removed from the cluster; it keeps running"),
  /** Replicas are killed. */
  CRASH("crash", "Replicas are killed"),
  /** A replica that was not started at the beginning is started. */
  START(
      "start",
      "A replica is started. A replica with such an action is not started at the beginning"),
  /** Replicas are paused. */
  PAUSE("pause", "Replicas are paused (SIGSTOP)"),
  /** Paused replicas are resumed. */
  RESUME("resume", "Paused replicas are resumed. Without \"who\": all of them"),
  /** Messages to replicas are delayed. */
  SLOW("slow", "Messages from other replicas to these replicas are delayed"),
  /** Clocks run at another rate. */
  CLOCK("clock", "The replicas' clocks run at another rate (simulated world only)"),
  /** The state of disks changes. */
  DISK("disk", "The state of the replicas' disks changes"),
  /** Replicas are given a name. */
  CHOOSE("choose", "Replicas are given a name by which later actions refer to them"),
  /** Links are cut. */
  CUT("cut", "Replicas are cut off from others. Without \"from\": from all others"),
  /** The network is partitioned into groups. */
  PARTITION("partition", "Replicas reach only those of their own group"),
  /** Two halves that are connected by one replica. */
  BRIDGE("bridge", "The other replicas form two halves; only this replica reaches both"),
  /** Each replica reaches a different majority. */
  RING("ring", "Replicas reach only their neighbours on a ring: each a different majority"),
  /** Cut links are restored. */
  HEAL("heal", "Links are restored. Without \"who\": all; else those of these replicas"),
  /** The conditions of links change. */
  NETWORK("network", "The network conditions between replicas change from now on"),
  /** One message is lost. */
  LOSE("lose", "One message on a link is lost"),
  /** One message is delayed. */
  HOLD("hold", "One message on a link is delayed"),
  /** One message is duplicated. */
  DOUBLE("double", "One message on a link is duplicated"),
  /** A message of an unknown type arrives. */
  STRANGE(
      "strange",
      "These replicas receive a message of an unknown type with unknown fields, as if from"
          + " another replica"),
  /** A client reads. */
  GET("get", "A client reads a key"),
  /** A client writes. */
  PUT("put", "A client writes a key"),
  /** A client appends to a value. */
  APPEND("append", "A client appends to the value of a key"),
  /** A client writes if the value is as expected. */
  CAS("cas", "A client writes a key if its value is \"expect\""),
  /** Clients start to send requests. */
  REQUESTS("requests", "Clients start to send requests, as in \"traffic\"");

  private final String key;
  private final String description;

  ActionType(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** Whether it removes a member from the cluster. */
  public boolean removesMember() {
    return this == REMOVE || this == REMOVE_LEADER;
  }

  /** Whether it is a request that the replicas carry out themselves. */
  public boolean isClusterRequest() {
    return removesMember() || this == ADD || this == TRANSFER;
  }

  /** Whether a client sends it. */
  public boolean isRequest() {
    return this == GET || this == PUT || this == APPEND || this == CAS;
  }

  /** Whether it is about one message, and so fixed before the run starts. */
  public boolean isPlannedBeforeRun() {
    return this == LOSE || this == HOLD || this == DOUBLE;
  }

  /**
   * Whether it waits until the replicas that it names have joined. Cuts and conditions of links
   * don't: they apply to the links of such a replica when it joins.
   */
  public boolean needsItsTargets() {
    return switch (this) {
      case CRASH, PAUSE, RESTART, START, CLOCK, DISK, CHOOSE, STRANGE, TRANSFER, REMOVE -> true;
      default -> isRequest();
    };
  }

  /** Whether replicas survive it only with stable storage. */
  public boolean needsStorage() {
    return this == RESTART || this == RESTART_ALL || this == ADD || this == DISK;
  }

  /** Whether the running replicas after it are known before the run. */
  public boolean hasCountableEffect() {
    return switch (this) {
      case KILL_LEADER,
          KILL_NON_LEADER,
          PART_EASY,
          PART_HARD,
          PART_END,
          RESTART,
          RESTART_ALL,
          TRANSFER,
          ADD,
          REMOVE,
          REMOVE_LEADER ->
          true;
      default -> false;
    };
  }

  /** Its name in a scenario file. */
  public String key() {
    return key;
  }

  /** What it does: a sentence without the full stop. */
  public String description() {
    return description;
  }

  /** Whether it needs a known, running leader, for any targets. */
  public boolean needsLeader() {
    return switch (this) {
      case KILL_LEADER, KILL_NON_LEADER, PART_EASY, PART_HARD -> true;
      default -> isClusterRequest();
    };
  }

  /** The type of this name, if there is one. */
  public static Optional<ActionType> of(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }
}
