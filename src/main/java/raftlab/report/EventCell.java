package raftlab.report;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A short text about a replica in {@link EventColumns}.
 *
 * @param arrow the direction of a message, and the cause if it was dropped; "" for any other event
 * @param ends the other ends of the message, in short
 */
record EventCell(Kind kind, String arrow, List<String> ends, String text) {
  EventCell(Kind kind, String text) {
    this(kind, "", List.of(), text);
  }

  EventCell(Kind kind, String arrow, String end, String text) {
    this(kind, arrow, List.of(end), text);
  }

  /** The kinds, which have colours of their own. */
  enum Kind {
    /** It sends a message. */
    SENT,
    /** It receives a message. */
    RECEIVED,
    /** A message of it was dropped. */
    DROPPED,
    /** A request of a client, or an answer. */
    CLIENT,
    /** It becomes leader. */
    LEADER,
    /** It changes its role, its term or its vote. */
    ELECTION,
    /** Its log changes. */
    LOG,
    /** It ends. */
    DOWN,
    /** It starts. */
    UP;

    String paint(String text, TerminalStyle style) {
      return switch (this) {
        case SENT -> text;
        case RECEIVED -> style.faint(text);
        case DROPPED, DOWN -> style.error(text);
        case CLIENT -> style.paint("35", text);
        case LEADER -> style.paint("1;32", text);
        case ELECTION -> style.warning(text);
        case LOG -> style.paint("34", text);
        case UP -> style.success(text);
      };
    }
  }

  /** One cell for both, if they are of the same kind and short enough; else null. */
  @Nullable EventCell join(EventCell next, int width) {
    if (kind != next.kind || kind == Kind.LEADER || kind == Kind.DOWN) {
      return null;
    }
    if (!arrow.isEmpty()) {
      return arrow.equals(next.arrow) && text.equals(next.text) && !ends.equals(next.ends)
          ? new EventCell(
              kind, arrow, Stream.concat(ends.stream(), next.ends.stream()).toList(), text)
          : null;
    }
    String both = text + " " + next.text;
    return next.arrow.isEmpty() && both.length() <= width ? new EventCell(kind, both) : null;
  }

  /** The whole text; a message to all of {@code others} other replicas is marked so. */
  String shown(int others) {
    if (arrow.isEmpty()) {
      return text;
    }
    boolean isBroadcast = others > 1 && ends.size() == others;
    return arrow + (isBroadcast ? "*" : String.join(",", ends)) + " " + text;
  }
}
