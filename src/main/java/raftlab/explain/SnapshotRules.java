package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.trace.Event;

/** A snapshot stands for what was applied, with the last entry's term, and replaces only that. */
final class SnapshotRules implements Detector {
  private static final String SECTION = "§7 and Figure 13";

  private final Scene scene;
  private final Clues clues;

  /** The terms of entries that were applied. */
  private final Map<Long, Long> terms = new HashMap<>();

  /** The least term of which an entry of this index was ever sent. */
  private final Map<Long, Long> sentTerms = new HashMap<>();

  SnapshotRules(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Applied applied) {
      terms.putIfAbsent(applied.index(), applied.term());
    } else if (change instanceof SnapshotTaken taken) {
      taken(who, taken, event);
    } else if (change instanceof SnapshotInstalled installed) {
      wrongTerm(who, installed.index(), installed.term(), event);
      installed(who, installed, event);
    }
  }

  private void taken(Subject who, SnapshotTaken taken, Event.Reported event) {
    wrongTerm(who, taken.index(), taken.term(), event);
    if (taken.index() > who.applied && who.applied > 0 && clues.isNew("snapshot-of-unapplied")) {
      clues.certain(
          event.atMicros(),
          "snapshot-of-unapplied",
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s took a snapshot up to entry %d %s, but had applied its log up to %d only:"
                  + " a snapshot replaces what is applied, and nothing after it.",
              who.id,
              taken.index(),
              scene.at(event.atMicros()),
              who.applied),
          event);
    }
  }

  private void wrongTerm(Subject who, long index, long term, Event.Reported event) {
    Long right = terms.get(index);
    if (right != null && right != term && clues.isNew("snapshot-without-term")) {
      clues.certain(
          event.atMicros(),
          "snapshot-without-term",
          SECTION,
          String.format(
              Locale.ROOT,
              "The snapshot of replica %s %s ends with entry %d and says that its term is %d, but it"
                  + " is %d: a snapshot keeps the last entry's index and term, for the check of"
                  + " prevLogTerm of the entry after it.",
              who.id,
              scene.at(event.atMicros()),
              index,
              term,
              right),
          event);
    }
  }

  /**
   * A leader that cut its log must still know the term of the entry before the first that is left.
   */
  @Override
  public void sent(Subject from, Letter letter) {
    if (letter.said() instanceof Said.Install install) {
      withoutTerm(from, install.index(), install.lastTerm(), letter);
      return;
    }
    if (!(letter.said() instanceof Said.Append append) || !from.leads()) {
      return;
    }
    if (!from.reports && append.prevIndex() >= 0) {
      withoutTerm(from, append.prevIndex(), append.prevTerm(), letter);
      for (int i = 0; i < append.terms().size(); i++) {
        sentTerms.merge(append.prevIndex() + 1 + i, append.terms().get(i), Math::min);
      }
    }
    Long right = terms.get(append.prevIndex());
    boolean isWrong =
        right != null
            && append.prevTerm() != Said.UNKNOWN
            && append.prevTerm() != right
            && from.commit >= append.prevIndex();
    if (isWrong && append.prevTerm() <= 0) {
      accuse(from, append.prevIndex(), append.prevTerm(), right, letter);
    }
  }

  /** A term of 0, or none, for an entry that was never sent with one below 1. */
  private void withoutTerm(Subject from, long index, long term, Letter letter) {
    long seen = sentTerms.getOrDefault(index, 0L);
    if (index > 0 && seen > 0 && term != Said.UNKNOWN && term <= 0) {
      accuse(from, index, term, seen, letter);
    }
  }

  private void accuse(Subject from, long index, long term, long right, Letter letter) {
    if (clues.isNew("snapshot-without-term")) {
      clues.certain(
          letter.sent().atMicros(),
          "snapshot-without-term",
          SECTION,
          String.format(
              Locale.ROOT,
              "Leader %s sent term %d for entry %d %s, which is of term %d: a snapshot keeps the last"
                  + " entry's index and term, for the check of the entry after it.",
              from.id,
              term,
              index,
              scene.at(letter.sent().atMicros()),
              right),
          letter.sent());
    }
  }

  private void installed(Subject who, SnapshotInstalled snapshot, Event.Reported event) {
    boolean isOld = snapshot.index() < Math.max(who.commit, who.applied);
    boolean dropsRest =
        snapshot.index() < who.log.lastIndex()
            && snapshot.index() > who.log.base()
            && who.log.termAt(snapshot.index()) == snapshot.term()
            && snapshot.lastIndex() < who.log.lastIndex();
    if ((isOld || dropsRest) && clues.isNew("installs-old-snapshot")) {
      clues.certain(
          event.atMicros(),
          "installs-old-snapshot",
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s installed a snapshot up to entry %d %s, though it had %s: an old snapshot is"
                  + " ignored, and entries that follow the snapshot's last one stay.",
              who.id,
              snapshot.index(),
              scene.at(event.atMicros()),
              isOld
                  ? "applied its log up to entry " + Math.max(who.commit, who.applied)
                  : "more entries, up to " + who.log.lastIndex() + ", and dropped them"),
          event);
    }
  }
}
