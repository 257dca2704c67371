package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** What became of one message on its way to one receiver, in words. */
final class MessageFate {
  /** A shorter way is told only if the network delayed the message. */
  private static final long WORTH_TELLING_MICROS = 1_000;

  private static final int MAX_CHARS = 60;

  private final Event.Sent sent;
  private final List<Long> delays = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private int copies = 1;
  private boolean dropped;
  private String changed = "";
  private long handOverMicros;

  MessageFate(Event.Sent sent) {
    this.sent = sent;
  }

  Id to() {
    return sent.to();
  }

  void delayed(long micros) {
    delays.add(micros);
  }

  void duplicated() {
    copies++;
  }

  void corrupted(String quote) {
    changed = "changed to " + PrintableText.of(quote, MAX_CHARS) + ", ";
  }

  /**
   * It, or a copy of it, was handed over.
   *
   * @param paused whether the receiver was paused, so that it reads the message later
   */
  void delivered(long atMicros, boolean paused) {
    handOverMicros = atMicros - sent.atMicros();
    String text = "delivered" + (paused ? " while " + to() + " was paused" : "");
    ends.add(copies > 1 ? text + after() : text);
  }

  /**
   * It, or a copy of it, was lost.
   *
   * @param receiver what the receiver was then, in words
   */
  void dropped(Event.DropReason why, String receiver) {
    dropped = true;
    ends.add(
        "dropped: "
            + switch (why) {
              case LOSS -> "loss";
              case PLANNED -> "planned by the scenario";
              case QUEUE_FULL -> "the link's queue was full";
              case CORRUPTED -> "corrupted";
              case PARTITION -> "partition";
              case NOBODY_THERE -> to() + " " + receiver;
              case TOO_LARGE -> "larger than a datagram";
            });
  }

  /** Whether it, or a copy of it, was lost. */
  boolean isDropped() {
    return dropped;
  }

  /** Whether it was delivered once, unchanged, and that is all there is to tell. */
  boolean isPlain() {
    return copies == 1 && ends.size() == 1 && !dropped;
  }

  /** What became of it, without how long it took if it {@link #isPlain}. */
  String kind() {
    List<String> all = new ArrayList<>(ends);
    int open = copies - ends.size();
    if (open > 0) {
      all.add("still on its way at the end");
    }
    String text = changed + String.join(", ", all);
    if (copies > 1) {
      return "duplicated: " + text;
    }
    return isPlain() || delays.isEmpty()
        ? text
        : "delayed by " + NumberText.millis(delays.get(0) / 1000.0) + ", " + text;
  }

  /** How long its way took, if that is worth telling; else 0. */
  long transitMicros() {
    return !delays.isEmpty() || handOverMicros >= WORTH_TELLING_MICROS ? handOverMicros : 0;
  }

  private String after() {
    return transitMicros() == 0 ? "" : " after " + NumberText.millis(transitMicros() / 1000.0);
  }

  /** What became of it. */
  String text() {
    return isPlain() ? kind() + after() : kind();
  }

  /** How long the ways of several took, in words; "" if that is not worth telling. */
  static String transitText(List<MessageFate> fates) {
    long shortest = fates.stream().mapToLong(MessageFate::transitMicros).min().orElse(0);
    long longest = fates.stream().mapToLong(MessageFate::transitMicros).max().orElse(0);
    if (longest == 0) {
      return "";
    }
    return shortest == longest
        ? " after " + NumberText.millis(longest / 1000.0)
        : String.format(
            Locale.ROOT,
            " after %.2f to %s",
            shortest / 1000.0,
            NumberText.millis(longest / 1000.0));
  }
}
