package raftlab.judge.raft;

import java.util.Arrays;
import java.util.Locale;
import raftlab.node.StateChange.Appended;
import raftlab.trace.Event;

/** All entries that replicas have ever appended, each once, and whether their logs match (§5.3). */
final class KnownEntries {
  /**
   * So many entries of one index are compared with what others tell; more only a flood of reports
   * has.
   */
  private static final int MOST_SIBLINGS = 500;

  private final Findings findings;

  /** By index. */
  private KnownEntry[] newest = new KnownEntry[256];

  KnownEntries(Findings findings) {
    this.findings = findings;
  }

  /** The entry of this index and term; null if nobody has told of one. */
  KnownEntry find(long index, long term) {
    if (index <= 0 || index >= newest.length) {
      return null;
    }
    KnownEntry entry = newest[(int) index];
    while (entry != null && entry.term != term) {
      entry = entry.sibling;
    }
    return entry;
  }

  /**
   * A replica appended an entry.
   *
   * @param previous what precedes it in the replica's log; null if there is nothing or it isn't
   *     known
   * @param previousTerm its term; {@link KnownEntry#UNKNOWN} if it isn't known
   * @param previousOwn the replica's own report of it, if there is one
   */
  KnownEntry appended(
      Event.Reported event,
      Appended appended,
      KnownEntry previous,
      long previousTerm,
      Event previousOwn) {
    KnownEntry same = find(appended.index(), appended.term());
    if (same == null) {
      return add(event, appended, previous, previousTerm);
    }
    if (!same.command.equals(appended.command())) {
      return differs(same, event, appended, previous, previousTerm);
    }
    if (previousTerm == KnownEntry.UNKNOWN) {
      return same;
    }
    if (same.previousTerm == KnownEntry.UNKNOWN) {
      same.follows(previous, previousTerm);
    } else if (same.previousTerm != previousTerm) {
      differsBefore(same, event, previousTerm, previousOwn);
      return add(event, appended, previous, previousTerm);
    }
    return same;
  }

  private KnownEntry add(
      Event.Reported event, Appended appended, KnownEntry previous, long previousTerm) {
    int index = (int) appended.index();
    if (index >= newest.length) {
      newest = Arrays.copyOf(newest, Math.max(index + 1, 2 * newest.length));
    }
    KnownEntry entry = new KnownEntry(event, appended, newest[index]);
    entry.follows(previous, previousTerm);
    if (entry.siblings <= MOST_SIBLINGS) {
      newest[index] = entry;
    }
    return entry;
  }

  private KnownEntry differs(
      KnownEntry same,
      Event.Reported event,
      Appended appended,
      KnownEntry previous,
      long previousTerm) {
    for (KnownEntry other = same.sibling; other != null; other = other.sibling) {
      if (other.term == appended.term() && other.command.equals(appended.command())) {
        return other; // told before
      }
    }
    KnownEntry entry = add(event, appended, previous, previousTerm);
    if (findings.isFirst(Property.LOG_MATCHING)) {
      findings.violated(
          Property.LOG_MATCHING,
          String.format(
              Locale.ROOT,
              "%s is %s at replica %s, but %s at replica %s",
              entry,
              same.quote(),
              same.replica(),
              entry.quote(),
              event.replica()),
          same.event,
          event);
    }
    return entry;
  }

  private void differsBefore(
      KnownEntry same, Event.Reported event, long previousTerm, Event previousOwn) {
    if (findings.isFirst(Property.LOG_MATCHING)) {
      findings.violated(
          Property.LOG_MATCHING,
          String.format(
              Locale.ROOT,
              "replicas %s and %s both have %s, but before it %s has one of term %d and %s one of"
                  + " term %d",
              same.replica(),
              event.replica(),
              same,
              same.replica(),
              same.previousTerm,
              event.replica(),
              previousTerm),
          same.previous == null ? null : same.previous.event,
          same.event,
          previousOwn,
          event);
    }
  }
}
