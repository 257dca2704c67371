package raftlab.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a scenario does to the cluster.
 *
 * @param who whom it is done to; {@link TargetSelector#NOBODY} where the type has its own idea
 * @param chance each of them is taken with this probability, 0 to 1
 * @param forMillis after so long it is undone; 0 for never
 * @param as a name for those that were chosen, to name them again later; "" for none
 * @param detail what else the type needs
 */
public record Action(
    ActionType type, TargetSelector who, double chance, long forMillis, String as, Detail detail) {

  /** What an action needs to know beyond whom it is done to. */
  public sealed interface Detail {}

  /** Nothing. */
  public record Plain() implements Detail {}

  /** For a crash: whether it comes in the middle of the replica's next step. */
  public record Crash(boolean midway) implements Detail {}

  /** For what the cluster is asked for: how long it has to do it. */
  public record Change(long withinMillis) implements Detail {
    /** What it has if nothing else is said. */
    public static final long USUAL_MILLIS = 10_000;
  }

  /** Which way a link is cut. */
  public enum Way {
    /** Both ways. */
    BOTH,
    /** What these replicas send is lost. */
    OUT,
    /** What is sent to these replicas is lost. */
    IN
  }

  /** For a cut: from whom; {@link TargetSelector#NOBODY} for all others. */
  public record Cut(TargetSelector from, Way way) implements Detail {}

  /** For a partition: whoever is in no group is alone. */
  public record Groups(List<TargetSelector> groups) implements Detail {
    /** Takes a copy of the list. */
    public Groups {
      groups = List.copyOf(groups);
    }
  }

  /**
   * For the network: the links of {@code who} to {@code to}, {@link TargetSelector#NOBODY} for all
   * others; with {@code clients}, the links between clients and replicas instead.
   */
  public record Links(TargetSelector to, boolean clients, LinkConditions conditions)
      implements Detail {}

  /**
   * For a single message: it is number {@code nth} on the link from {@code who} to {@code to},
   * counted from 1 over the whole run.
   */
  public record Single(TargetSelector to, long nth, Delay by) implements Detail {}

  /** For slow replicas. */
  public record Slow(Delay by) implements Detail {}

  /** For clocks: how fast they go, 1 for as fast as time. */
  public record Clock(double rate) implements Detail {}

  /** What can be the matter with a disk. */
  public enum DiskState {
    /** Nothing. */
    OK,
    /** At the next crash a record that was not synced stays in part. */
    TORN,
    /** A byte in the middle of what is stored has changed. */
    CORRUPT,
    /** Nothing more can be stored. */
    FULL
  }

  /** For disks. */
  public record Disk(DiskState state) implements Detail {}

  /** For clients that begin to ask. */
  public record Traffic(TrafficPlan plan) implements Detail {}

  /** What a step of a request waits for. */
  public enum Answer {
    /** An ok, or a mismatch for a cas. */
    OK,
    /** Anything but an ok: nothing, a fail or a redirect. */
    NO_OK,
    /** Any answer, or none. */
    ANY
  }

  /**
   * For a single request.
   *
   * @param key what is read or written
   * @param value what is written; null for one that is made up, and for a get
   * @param expect for a cas
   * @param to whom it is sent; {@link TargetSelector#NOBODY} for the leader, or any if none is
   *     known
   * @param follow whether the client tries again after a redirect, a fail or silence
   * @param answer what must come
   * @param withinMillis how long for
   * @param asker which of the scenario's single clients asks, from 1
   * @param session what stands in {@code client} of the request; null for a request without a
   *     session
   * @param seq its number in the session, from 1; 0 without one. The same number once more is one
   *     more request of the same operation
   */
  public record Ask(
      String key,
      String value,
      String expect,
      TargetSelector to,
      boolean follow,
      Answer answer,
      long withinMillis,
      int asker,
      String session,
      long seq)
      implements Detail {}

  /** An action that needs to be told nothing but its type. */
  public static Action plain(ActionType type) {
    return new Action(type, TargetSelector.NOBODY, 1, 0, "", new Plain());
  }

  /** Whether it can be done only where replicas are simulated. */
  boolean needsSimulation() {
    return type == ActionType.CLOCK
        || detail instanceof Disk disk
            && (disk.state == DiskState.TORN || disk.state == DiskState.FULL);
  }

  /** Whether it has to wait as long as no leader is known. */
  public boolean needsLeader() {
    boolean named =
        who.needsLeader()
            || detail instanceof Cut cut && cut.from().needsLeader()
            || detail instanceof Links links && links.to().needsLeader()
            || detail instanceof Groups groups
                && groups.groups().stream().anyMatch(TargetSelector::needsLeader);
    return named || type.needsLeader() && who.isNobody();
  }

  /** All who are named in it, in whatever part. */
  public List<TargetSelector> choices() {
    List<TargetSelector> all = new ArrayList<>(List.of(who));
    if (detail instanceof Cut cut) {
      all.add(cut.from());
    } else if (detail instanceof Links links) {
      all.add(links.to());
    } else if (detail instanceof Single single) {
      all.add(single.to());
    } else if (detail instanceof Ask ask) {
      all.add(ask.to());
    } else if (detail instanceof Groups groups) {
      all.addAll(groups.groups());
    }
    return all;
  }
}
