package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** What a replica has said must still be there when it starts again. */
final class Memory implements Detector {
  /** More entries than this aren't lost by storing them a little late. */
  private static final int MOST_UNSYNCED = 16;

  /** What a replica had when it last sent something: from then on others rely on it. */
  private static final class Promised {
    private long term = Said.UNKNOWN;
    private long lastIndex;
    private long lastTerm;
    private long commit;
    private Event lastReport;
    private Voted vote;
    private Event voteReport;
    private Voted newVote;
    private Event newVoteReport;
    private boolean isOwed;
    private boolean isChanged;
  }

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Promised> promises = new HashMap<>();

  Memory(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  private Promised of(Subject who) {
    return promises.computeIfAbsent(who.id, id -> new Promised());
  }

  @Override
  public void sent(Subject from, Letter letter) {
    Promised promised = of(from);
    if (from.reports && promised.isChanged && !promised.isOwed) {
      promised.isChanged = false;
      promised.term = from.term;
      promised.lastIndex = from.log.lastIndex();
      promised.lastTerm = from.log.lastTerm();
      promised.lastReport = from.log.reportAt(from.log.lastIndex());
      promised.commit = from.commit;
      promised.vote = promised.newVote;
      promised.voteReport = promised.newVoteReport;
    }
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    of(who).isOwed = again && who.reports;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    Promised promised = of(who);
    promised.isChanged = true;
    if (change instanceof Voted vote) {
      promised.newVote = vote;
      promised.newVoteReport = event;
    }
    if (!promised.isOwed) {
      return;
    }
    if (change instanceof Restored found) {
      promised.isOwed = false;
      restored(who, found, promised, event);
    } else if (change instanceof TermChanged || change instanceof Appended) {
      promised.isOwed = false;
      nothingRestored(who, promised, event);
    } else if (change instanceof RoleChanged now) {
      if (now.term() == 0 && promised.term > 0) {
        promised.isOwed = false;
        nothingRestored(who, promised, event);
      }
    } else if (change instanceof Truncated) {
      promised.isOwed = false;
    }
  }

  private void nothingRestored(Subject who, Promised promised, Event.Reported event) {
    if (promised.term > 0 && clues.isNew("stores-nothing")) {
      clues.certain(
          event.atMicros(),
          "stores-nothing",
          "§5.1 and Figure 2",
          String.format(
              Locale.ROOT,
              "Replica %s had been in term %d with a log up to entry %d; started again, %s, it began"
                  + " with nothing: currentTerm, votedFor and the log must be stored before a"
                  + " message leaves, and be read at the start.",
              who.id,
              promised.term,
              promised.lastIndex,
              scene.at(event.atMicros())),
          promised.lastReport,
          event);
    }
    who.log.restartAfter(0, 0);
  }

  private void restored(Subject who, Restored found, Promised promised, Event.Reported event) {
    if (promised.term > found.term()) {
      forgot(
          event,
          "forgets-term",
          String.format(
              Locale.ROOT,
              "Replica %s had been in term %d; started again, %s, it found term %d:"
                  + " currentTerm must be stored before the first message of the new term.",
              who.id,
              promised.term,
              scene.at(event.atMicros()),
              found.term()),
          null);
    }
    Voted vote = promised.vote;
    if (vote != null && vote.term() == found.term() && !vote.candidate().equals(found.votedFor())) {
      forgot(
          event,
          "forgets-vote",
          String.format(
              Locale.ROOT,
              "Replica %s had voted for %s in term %d; started again, %s, it knew nothing of that:"
                  + " votedFor must be stored before the vote is sent, and be read at the start.",
              who.id,
              vote.candidate(),
              vote.term(),
              scene.at(event.atMicros())),
          promised.voteReport);
    }
    if (hasLostEntries(found, promised)) {
      boolean everything =
          found.lastIndex() <= found.snapshotIndex()
              || promised.lastIndex - found.lastIndex() > MOST_UNSYNCED;
      String text =
          String.format(
              Locale.ROOT,
              "Replica %s had a log up to entry %d of term %d; started again, %s, it found %s: ",
              who.id,
              promised.lastIndex,
              promised.lastTerm,
              scene.at(event.atMicros()),
              found.lastIndex() == 0
                  ? "an empty log"
                  : "one that ends with entry " + found.lastIndex());
      forgot(
          event,
          everything ? "forgets-log" : "stores-late",
          text
              + (everything
                  ? "the log must be stored, and be read at the start."
                  : "entries must be stored and synced before the message leaves that acknowledges"
                      + " them."),
          promised.lastReport);
    }
  }

  private static boolean hasLostEntries(Restored found, Promised promised) {
    if (found.lastIndex() < promised.commit) {
      return true;
    }
    if (promised.lastTerm == Said.UNKNOWN || found.term() > promised.lastTerm) {
      return false; // not known, or a later leader may have had it deleted
    }
    return found.lastIndex() < promised.lastIndex
        || found.lastIndex() == promised.lastIndex && found.lastTerm() != promised.lastTerm;
  }

  private void forgot(Event.Reported event, String name, String text, Event owed) {
    if (clues.isNew(name)) {
      clues.certain(event.atMicros(), name, "§5.1 and Figure 2", text, owed, event);
    }
  }
}
