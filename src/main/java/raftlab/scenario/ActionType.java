package raftlab.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of things that a scenario can do to a cluster. */
public enum ActionType {
  /** The leader is killed. */
  KILL_LEADER("kill_leader", "The leader is killed"),
  /** A random replica that isn't the leader is killed. */
  KILL_NON_LEADER("kill_non_leader", "A random replica that isn't the leader is killed"),
  /** A random majority with the leader in it is cut off from the others. */
  PART_EASY("part_easy", "A random majority with the leader in it is cut off from the others"),
  /** A random majority without the leader is cut off from the others. */
  PART_HARD("part_hard", "A random majority without the leader is cut off from the others"),
  /** All replicas reach each other again. */
  PART_END("part_end", "All replicas reach each other again"),
  /** Replicas that are down are started again, those that run are killed before. */
  RESTART(
      "restart",
      "Replicas are started again with what they have stored; those that run are killed before."
          + " Without \"who\": of those that are down, the one that was killed first"),
  /** All that run are killed at once, and all replicas are started again. */
  RESTART_ALL("restart_all", "All that run are killed at once, and all replicas are started again"),
  /** A random other living replica is to lead from now on. */
  TRANSFER("transfer", "Another living replica is asked to lead; a random one without \"who\""),
  /** A new replica is started, and the cluster is asked to take it in. */
  ADD("add", "A new replica is started, and the cluster is asked to take it in"),
  /** The cluster is asked to do without a replica, which goes on running. */
  REMOVE(
      "remove", "The cluster is asked to do without a replica, a random follower without \"who\""),
  /** The cluster is asked to do without its leader, which goes on running. */
  REMOVE_LEADER("remove_leader", "The cluster is asked to do without its leader"),
  /** Replicas are killed. */
  CRASH("crash", "Replicas are killed"),
  /** A replica that was not started with the others is started. */
  START(
      "start",
      "A replica is started; one that an event or a step starts isn't started in the beginning"),
  /** Replicas are stopped: they neither hear nor act. */
  PAUSE("pause", "Replicas are stopped, as if their machine stood still (SIGSTOP)"),
  /** Replicas that were stopped go on. */
  RESUME("resume", "Replicas that were stopped go on. Without \"who\": all of them"),
  /** What is sent to replicas comes late. */
  SLOW("slow", "What other replicas send to these replicas comes later by this delay"),
  /** Their clocks run faster or slower than time goes. */
  CLOCK("clock", "The replicas' clocks run at another rate (simulated world only)"),
  /** Something is the matter with their disks. */
  DISK("disk", "Something is the matter with the replicas' disks"),
  /** Nothing, but that replicas are given a name. */
  CHOOSE("choose", "Replicas are chosen and given a name, and nothing is done to them"),
  /** Links are cut. */
  CUT("cut", "Replicas are cut off from others. Without \"from\": from all others"),
  /** The network falls into groups. */
  PARTITION("partition", "Replicas reach only those of their own group"),
  /** Two halves that one replica joins. */
  BRIDGE("bridge", "The others fall into two halves, and this replica reaches all of them"),
  /** Each replica reaches another majority. */
  RING("ring", "Each replica reaches its neighbours on a ring: a majority, and no two the same"),
  /** Cut links are whole again. */
  HEAL("heal", "Links are whole again. Without \"who\": all; else those of these replicas"),
  /** From now on, this happens to messages. */
  NETWORK("network", "From now on this is what happens to messages between replicas"),
  /** A single message is lost. */
  LOSE("lose", "A single message is lost: so many messages on this link arrive before it"),
  /** A single message is late. */
  HOLD("hold", "A single message is late"),
  /** A single message arrives twice. */
  DOUBLE("double", "A single message arrives twice"),
  /** Something unheard of comes. */
  STRANGE(
      "strange",
      "A message of a type that nobody knows comes to these replicas, with fields that nobody"
          + " knows, as if another replica had sent it"),
  /** A client reads. */
  GET("get", "A client reads a key"),
  /** A client writes. */
  PUT("put", "A client writes a key"),
  /** A client adds to a value. */
  APPEND("append", "A client adds to the end of a key's value"),
  /** A client writes if the value is what it expects. */
  CAS("cas", "A client writes a key if its value is \"expect\""),
  /** Clients begin to ask. */
  REQUESTS("requests", "Clients begin to ask, as in \"traffic\"");

  private final String key;
  private final String description;

  ActionType(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** Whether a member of the cluster is to leave it. */
  public boolean removes() {
    return this == REMOVE || this == REMOVE_LEADER;
  }

  /** Whether replicas have to do it themselves when they are asked: it isn't done to them. */
  public boolean isAskedFor() {
    return removes() || this == ADD || this == TRANSFER;
  }

  /** Whether a client asks for it. */
  public boolean isRequest() {
    return this == GET || this == PUT || this == APPEND || this == CAS;
  }

  /** Whether it is about a single message, and so laid down before the run begins. */
  public boolean isPlannedForGood() {
    return this == LOSE || this == HOLD || this == DOUBLE;
  }

  /** Whether replicas can only come through it with a place to store their state. */
  public boolean needsStorage() {
    return this == RESTART || this == RESTART_ALL || this == ADD || this == DISK;
  }

  /** Whether it is one of those whose effect on who lives is known before the run. */
  public boolean isCounted() {
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

  /** What it does, a sentence without its full stop. */
  public String description() {
    return description;
  }

  /**
   * Whether it can only be played when a living replica is known to lead, whoever it is done to.
   */
  public boolean needsLeader() {
    return switch (this) {
      case KILL_LEADER, KILL_NON_LEADER, PART_EASY, PART_HARD -> true;
      default -> isAskedFor();
    };
  }

  /** The type of this name, if there is one. */
  public static Optional<ActionType> of(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }
}
