package raftlab.run.findings;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.run.RunOutcome;

/** Counts the outcomes of many runs and groups those that did not pass by their causes. */
public final class FailureGroups {
  /** The most groups; later causes share one, so that memory is bounded. */
  private static final int MAX_GROUPS = 100;

  private final Map<String, FailureGroup> groups = new LinkedHashMap<>();
  private long played;
  private long failed;
  private long blocked;
  private long unknown;

  /** Adds an outcome; returns whether it did not pass for a new reason. */
  public boolean add(RunOutcome outcome) {
    played++;
    if (outcome.status() == Status.PASS) {
      return false;
    }
    failed += outcome.status() == Status.FAIL ? 1 : 0;
    blocked += outcome.status() == Status.BLOCKED ? 1 : 0;
    unknown += outcome.status() == Status.UNKNOWN ? 1 : 0;
    FailureCause cause = FailureCause.of(outcome);
    boolean isNew = !groups.containsKey(cause.key()) && groups.size() < MAX_GROUPS;
    FailureCause known =
        isNew || groups.containsKey(cause.key()) ? cause : others(outcome.status());
    groups.computeIfAbsent(known.key(), key -> new FailureGroup(known, outcome)).add(outcome);
    return isNew;
  }

  private static FailureCause others(Status status) {
    return new FailureCause(status, "", Optional.empty(), "causes beyond the first " + MAX_GROUPS);
  }

  /** Returns the number of runs. */
  public long played() {
    return played;
  }

  /** Returns how many passed. */
  public long passed() {
    return played - failed - blocked - unknown;
  }

  /** Returns how many failed. */
  public long failed() {
    return failed;
  }

  /** Returns how many were blocked. */
  public long blocked() {
    return blocked;
  }

  /** Returns how many are unknown. */
  public long unknown() {
    return unknown;
  }

  /** Returns fail if any run failed or was blocked, else unknown if any was, else pass. */
  public Status status() {
    return failed + blocked > 0 ? Status.FAIL : unknown > 0 ? Status.UNKNOWN : Status.PASS;
  }

  /**
   * Returns the groups, the most important first: what blocked most of the runs; then replicas that
   * exited, since that hides other failures; then failures, blocked runs and unknowns, each by the
   * number of runs.
   */
  public List<FailureGroup> groups() {
    return groups.values().stream()
        .sorted(
            Comparator.comparing(this::rank)
                .thenComparing(group -> group.cause().status())
                .thenComparing(FailureGroup::count, Comparator.reverseOrder()))
        .toList();
  }

  private int rank(FailureGroup group) {
    if (group.cause().status() == Status.BLOCKED && 2 * group.count() > played) {
      return 0;
    }
    return group.cause().check().equals(Optional.of(CheckName.DIED)) ? 1 : 2;
  }
}
