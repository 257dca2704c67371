package raftlab.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One action of a scenario on the cluster.
 *
 * @param targets the target replicas; {@link TargetSelector#NONE} if the type chooses its own
 * @param chance the probability, 0 to 1, that each target is taken
 * @param durationMillis the time after which the action is undone; 0 for never
 * @param assignedName a name for the chosen replicas, by which later actions refer to them; "" for
 *     none
 * @param detail the further settings of this type
 */
public record Action(
    ActionType type,
    TargetSelector targets,
    double chance,
    long durationMillis,
    String assignedName,
    Detail detail) {

  /** The settings of an action beyond its targets. */
  public sealed interface Detail {}

  /** No settings. */
  public record Plain() implements Detail {}

  /** For a crash: whether the replica dies in the middle of its next step. */
  public record Crash(boolean midway) implements Detail {}

  /**
   * For a change that is requested from the cluster.
   *
   * @param withinMillis the time that it has
   * @param once whether the request is sent once and not repeated; the change may then fail
   */
  public record ClusterChange(long withinMillis, boolean once) implements Detail {
    /** The default. */
    public static final long DEFAULT_MILLIS = 10_000;
  }

  /** The direction in which a link is cut. */
  public enum CutDirection {
    /** Both directions. */
    BOTH,
    /** Messages from the targets are lost. */
    OUT,
    /** Messages to the targets are lost. */
    IN
  }

  /** For a cut: the other end; {@link TargetSelector#NONE} for all other replicas. */
  public record Cut(TargetSelector from, CutDirection direction) implements Detail {}

  /** For a partition: a replica in no group is isolated. */
  public record Groups(List<TargetSelector> groups) implements Detail {
    /** Takes a copy of the list. */
    public Groups {
      groups = List.copyOf(groups);
    }
  }

  /**
   * For the network: the links from {@code who} to {@code to}, {@link TargetSelector#NONE} for all
   * other replicas; with {@code clients}, the links between clients and replicas instead.
   */
  public record Links(TargetSelector to, boolean clients, LinkConditions conditions)
      implements Detail {}

  /**
   * For a single message: message number {@code nth} on the link from {@code who} to {@code to},
   * counted from 1 over the whole run.
   */
  public record SingleMessage(TargetSelector to, long nth, Delay by) implements Detail {}

  /** For slow replicas. */
  public record Slow(Delay by) implements Detail {}

  /** For clocks: their rate, 1 for real time. */
  public record Clock(double rate) implements Detail {}

  /** The states of a disk. */
  public enum DiskState {
    /** The disk works. */
    OK,
    /** The next crash leaves a record that was not synced partly written. */
    TORN,
    /** A byte in the middle of the stored data is changed. */
    CORRUPT,
    /** The disk is full. */
    FULL
  }

  /** For disks. */
  public record Disk(DiskState state) implements Detail {}

  /** For clients that start to send requests. */
  public record Traffic(TrafficPlan plan) implements Detail {}

  /** The answer that a request step requires. */
  public enum ExpectedAnswer {
    /** An ok, or a mismatch for a cas. */
    OK,
    /** Anything but an ok: no answer, a fail or a redirect. */
    NO_OK,
    /** Any answer, or none. */
    ANY
  }

  /**
   * For a single request.
   *
   * @param key the key to read or write
   * @param value the value to write; null for a unique generated value, and for a get
   * @param expect the expected value, for a cas
   * @param to the replica that receives it; {@link TargetSelector#NONE} for the leader, or any if
   *     no leader is known
   * @param isRetried whether the client retries after a redirect, a fail or a timeout
   * @param expectedAnswer the required answer
   * @param withinMillis how long the step waits for it
   * @param clientNumber the number of the client that sends it, from 1
   * @param session the field {@code client} of the request; null for a request without a session
   * @param seq the request's number in its session, from 1; 0 without a session. A second request
   *     with the same number is a retry of the same operation more request of the same operation
   */
  public record ClientRequest(
      String key,
      @Nullable String value,
      @Nullable String expect,
      TargetSelector to,
      boolean isRetried,
      ExpectedAnswer expectedAnswer,
      long withinMillis,
      int clientNumber,
      @Nullable String session,
      long seq)
      implements Detail {}

  /** An action without further settings. */
  public static Action plain(ActionType type) {
    return new Action(type, TargetSelector.NONE, 1, 0, "", new Plain());
  }

  /** Whether it needs the simulated world. */
  boolean needsSimulation() {
    return type == ActionType.CLOCK
        || detail instanceof Disk disk
            && (disk.state == DiskState.TORN || disk.state == DiskState.FULL);
  }

  /** Whether it waits until a leader is known. */
  public boolean needsLeader() {
    boolean named =
        targets.needsLeader()
            || detail instanceof Cut cut && cut.from().needsLeader()
            || detail instanceof Links links && links.to().needsLeader()
            || detail instanceof Groups groups
                && groups.groups().stream().anyMatch(TargetSelector::needsLeader);
    return named || type.needsLeader() && targets.isEmpty();
  }

  /** All target selectors in it. */
  public List<TargetSelector> selectors() {
    List<TargetSelector> all = new ArrayList<>(List.of(targets));
    if (detail instanceof Cut cut) {
      all.add(cut.from());
    } else if (detail instanceof Links links) {
      all.add(links.to());
    } else if (detail instanceof SingleMessage single) {
      all.add(single.to());
    } else if (detail instanceof ClientRequest ask) {
      all.add(ask.to());
    } else if (detail instanceof Groups groups) {
      all.addAll(groups.groups());
    }
    return all;
  }
}
