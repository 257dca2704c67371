package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Describes what happened to one message on its way to one receiver. */
final class DeliveryRecord {
  /** A shorter transit time is shown only if the network delayed the message. */
  private static final long MIN_SHOWN_MICROS = 1_000;

  private static final int MAX_CHARS = 60;

  private final Event.Sent sent;
  private final List<Long> delays = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private int copies = 1;
  private boolean dropped;
  private String changed = "";
  private long handOverMicros;

  DeliveryRecord(Event.Sent sent) {
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
   * Records that the message or a copy of it was delivered.
   *
   * @param paused whether the receiver was paused, so that it reads the message later
   */
  void delivered(long atMicros, boolean paused) {
    handOverMicros = atMicros - sent.atMicros();
    String text = "delivered" + (paused ? " while " + to() + " was paused" : "");
    ends.add(copies > 1 ? text + after() : text);
  }

  /**
   * Records that the message or a copy of it was lost.
   *
   * @param receiver describes the receiver's state at that time
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

  /** Whether the message or a copy of it was lost. */
  boolean isDropped() {
    return dropped;
  }

  /** Whether it was delivered once, unchanged and without delay. */
  boolean isPlain() {
    return copies == 1 && ends.size() == 1 && !dropped;
  }

  /** The outcome, without the transit time if it {@link #isPlain}. */
  String kind() {
    List<String> all = new ArrayList<>(ends);
    int open = copies - ends.size();
    if (open > 0) {
      all.add("still in flight at the end");
    }
    String text = changed + String.join(", ", all);
    if (copies > 1) {
      return "duplicated: " + text;
    }
    return isPlain() || delays.isEmpty()
        ? text
        : "delayed by " + NumberText.millis(delays.get(0) / 1000.0) + ", " + text;
  }

  /** The transit time, if it is long enough to be shown; else 0. */
  long transitMicros() {
    return !delays.isEmpty() || handOverMicros >= MIN_SHOWN_MICROS ? handOverMicros : 0;
  }

  private String after() {
    return transitMicros() == 0 ? "" : " after " + NumberText.millis(transitMicros() / 1000.0);
  }

  /** The outcome with the transit time. */
  String text() {
    return isPlain() ? kind() + after() : kind();
  }

  /** The transit times of several messages; "" if they are too short to be shown. */
  static String transitText(List<DeliveryRecord> deliveries) {
    long shortest = deliveries.stream().mapToLong(DeliveryRecord::transitMicros).min().orElse(0);
    long longest = deliveries.stream().mapToLong(DeliveryRecord::transitMicros).max().orElse(0);
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
