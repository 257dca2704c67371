package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Why a replica ended by itself: what it was told last, and what it printed. */
final class LastWords implements Detector {
  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Letter> last = new HashMap<>();

  LastWords(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  /** Whether one of these is in them, in small letters. */
  static boolean contain(Event.Exited exited, String... words) {
    for (String line : exited.lastWords()) {
      String small = line.toLowerCase(Locale.ROOT);
      for (String word : words) {
        if (small.contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    last.put(to.id, letter);
  }

  @Override
  public void exited(Subject who, Event.Exited event) {
    Letter letter = last.get(who.id);
    if (letter != null
        && letter.said() instanceof Said.AppendReply reply
        && !reply.success()
        && contain(event, "index -", "index: -", "out of bounds", "out of range", "outofbounds")
        && clues.isNew("next-index-below-one")) {
      clues.probable(
          event.atMicros(),
          "next-index-below-one",
          "§5.3",
          String.format(
              Locale.ROOT,
              "Leader %s ended %s over an index out of its log's bounds, when %s had rejected its"
                  + " entries: nextIndex goes back at a rejection, but never below 1.",
              who.id,
              scene.at(event.atMicros()),
              letter.from()),
          letter.sent(),
          event);
    }
  }
}
