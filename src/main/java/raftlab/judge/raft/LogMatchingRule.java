package raftlab.judge.raft;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.node.StateChange.Appended;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;

/** Logs with an entry of the same index and term are the same up to it (§5.3). */
final class LogMatchingRule {
  /** More entries of one index aren't compared: only a flood of reports has them. */
  private static final int MAX_SIBLINGS = 500;

  private final ReportFindings findings;

  /** By index: the newest of the entries that replicas have appended. */
  private AppendedEntry[] newest = new AppendedEntry[256];

  LogMatchingRule(ReportFindings findings) {
    this.findings = findings;
  }

  /** The entry of this index and term; null if no replica has reported one. */
  @Nullable AppendedEntry find(long index, long term) {
    if (index <= 0 || index >= newest.length) {
      return null;
    }
    AppendedEntry entry = newest[(int) index];
    while (entry != null && entry.term != term) {
      entry = entry.sibling;
    }
    return entry;
  }

  /**
   * A replica appended an entry.
   *
   * @param previous what precedes it in the replica's log; null if there is none, or it isn't known
   * @param previousTerm its term; {@link ReportedState#UNKNOWN} if it isn't known
   * @param previousOwn the replica's own report of it, if there is one
   */
  AppendedEntry appended(
      Event.Reported event,
      Appended appended,
      @Nullable AppendedEntry previous,
      long previousTerm,
      @Nullable Event previousOwn) {
    AppendedEntry same = find(appended.index(), appended.term());
    if (same == null) {
      return add(event, appended, previous, previousTerm);
    }
    if (!same.command.equals(appended.command())) {
      return differs(same, event, appended, previous, previousTerm);
    }
    if (previousTerm == ReportedState.UNKNOWN) {
      return same;
    }
    if (same.previousTerm == ReportedState.UNKNOWN) {
      same.follows(previous, previousTerm);
    } else if (same.previousTerm != previousTerm) {
      differsBefore(same, event, previousTerm, previousOwn);
      return add(event, appended, previous, previousTerm);
    }
    return same;
  }

  private AppendedEntry add(
      Event.Reported event,
      Appended appended,
      @Nullable AppendedEntry previous,
      long previousTerm) {
    int index = (int) appended.index();
    if (index >= newest.length) {
      newest = Arrays.copyOf(newest, Math.max(index + 1, 2 * newest.length));
    }
    AppendedEntry entry = new AppendedEntry(event, appended, newest[index]);
    entry.follows(previous, previousTerm);
    if (entry.siblings <= MAX_SIBLINGS) {
      newest[index] = entry;
    }
    return entry;
  }

  private AppendedEntry differs(
      AppendedEntry same,
      Event.Reported event,
      Appended appended,
      @Nullable AppendedEntry previous,
      long previousTerm) {
    for (AppendedEntry other = same.sibling; other != null; other = other.sibling) {
      if (other.term == appended.term() && other.command.equals(appended.command())) {
        return other; // reported before
      }
    }
    AppendedEntry entry = add(event, appended, previous, previousTerm);
    findings.violated(
        Invariant.LOG_MATCHING,
        List.of(same.replica(), event.replica()),
        Evidence.of(same.event, event),
        "%s is %s at replica %s, but %s at replica %s",
        entry,
        same.quote(),
        same.replica(),
        entry.quote(),
        event.replica());
    return entry;
  }

  private void differsBefore(
      AppendedEntry same, Event.Reported event, long previousTerm, @Nullable Event previousOwn) {
    findings.violated(
        Invariant.LOG_MATCHING,
        List.of(same.replica(), event.replica()),
        Evidence.of(
            same.previous == null ? null : same.previous.event, same.event, previousOwn, event),
        "replicas %s and %s both have %s, but before it %s has one of term %d and %s one of term %d",
        same.replica(),
        event.replica(),
        same,
        same.replica(),
        same.previousTerm,
        event.replica(),
        previousTerm);
  }
}
