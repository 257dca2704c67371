package raftlab.explain;

import java.util.Locale;
import raftlab.node.StateChange.Role;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** A write is answered with ok only when its entry is committed and applied. */
final class Acknowledging implements Detector {
  /** Shorter texts may be found in a log by chance. */
  private static final int SHORTEST = 3;

  /** So far back a write is looked for. */
  private static final int MOST_ENTRIES = 2_000;

  private final Scene scene;
  private final Clues clues;

  /**
   * Whether an acknowledged write was ever found in the log: whether commands tell their values.
   */
  private boolean tellsValues;

  Acknowledging(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void answers(Subject from, Question question, Event.Sent answer) {
    String value = question.request.value();
    if (question.isRead()
        || !answer.message().type().equals(Message.OK)
        || !from.reports
        || value == null
        || value.length() < SHORTEST
        || value.indexOf('\n') >= 0
        || value.indexOf('\r') >= 0) {
      return;
    }
    long index = place(from, value);
    if (index > 0 && index <= from.commit) {
      tellsValues = true;
      return;
    }
    if (index == 0 && (!tellsValues || from.log.base() > 0 || isLong(from))) {
      return;
    }
    boolean lost = from.role != Role.LEADER;
    String name = lost && index != 0 ? "ok-at-losing-leadership" : "acks-before-commit";
    if (clues.isNew(name)) {
      accuse(name, lost, index, from, question, answer);
    }
  }

  private void accuse(
      String name, boolean lost, long index, Subject from, Question question, Event.Sent answer) {
    String what =
        String.format(
            Locale.ROOT,
            "Replica %s answered a %s with ok %s, but %s: ",
            from.id,
            question.request.type(),
            scene.at(answer.atMicros()),
            index == 0
                ? "its log has no entry for it"
                : "its entry "
                    + index
                    + " was not committed (commitIndex was "
                    + from.commit
                    + ")"
                    + (lost ? ", and the replica did not lead any more" : ""));
    clues.certain(
        answer.atMicros(),
        name,
        "§5.3 and §8",
        what
            + (lost && index != 0
                ? "whoever loses the lead doesn't know what becomes of the writes that wait; it"
                    + " redirects or fails them, or stays silent."
                : "a leader answers a client only after the entry is committed and applied."),
        question.request,
        from.log.reportAt(index),
        answer);
  }

  private static boolean isLong(Subject who) {
    return who.log.lastIndex() - who.log.base() > MOST_ENTRIES;
  }

  /** The first entry that writes this value, of the latest; 0 if there is none. */
  private static long place(Subject who, String value) {
    long found = 0;
    long from = Math.max(who.log.base(), who.log.lastIndex() - MOST_ENTRIES);
    for (long index = who.log.lastIndex(); index > from; index--) {
      if (who.log.commandAt(index).contains(value)) {
        found = index;
        if (index <= who.commit) {
          return index;
        }
      }
    }
    return found;
  }
}
