package raftlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A message with its fate; a broadcast is one message with all its copies. */
final class SentMessage {
  private final int position;
  private final Event.Sent first;
  private final boolean showsLeader;
  private final List<MessageFate> fates = new ArrayList<>();
  private long lastNumber;

  /**
   * Creates a message of unknown fate.
   *
   * @param position its position in the trace
   * @param showsLeader whether its {@code leader} is worth showing
   */
  SentMessage(int position, Event.Sent first, boolean showsLeader) {
    this.position = position;
    this.first = first;
    this.showsLeader = showsLeader;
  }

  /** Whether this is another copy of it, for another receiver. */
  boolean isCopy(Event.Sent sent) {
    return first.message().dst().isBroadcast()
        && sent.number() == lastNumber + 1
        && sent.from().equals(first.from())
        && fates.stream().noneMatch(fate -> fate.to().equals(sent.to()))
        && (sent.message() == first.message()
            || java.util.Arrays.equals(sent.message().bytes(), first.message().bytes()));
  }

  /** Adds a copy, and returns the record of its fate. */
  MessageFate add(Event.Sent sent) {
    lastNumber = sent.number();
    MessageFate fate = new MessageFate(sent);
    fates.add(fate);
    return fate;
  }

  int position() {
    return position;
  }

  long atMicros() {
    return first.atMicros();
  }

  Id from() {
    return first.from();
  }

  /** Its receiver: {@link Id#BROADCAST} or a single ID. */
  Id to() {
    return first.message().dst().isBroadcast() ? Id.BROADCAST : first.to();
  }

  Message message() {
    return first.message();
  }

  boolean showsLeader() {
    return showsLeader;
  }

  /** Whether this replica or client is its sender or one of its receivers. */
  boolean concerns(Id id) {
    return from().equals(id) || fates.stream().anyMatch(fate -> fate.to().equals(id));
  }

  boolean isDropped() {
    return fates.stream().anyMatch(MessageFate::isDropped);
  }

  /** Its fate; copies of a broadcast are grouped by equal fate. */
  String fate() {
    if (!to().isBroadcast()) {
      return fates.get(0).text();
    }
    Map<String, List<MessageFate>> byKind = new LinkedHashMap<>();
    fates.forEach(fate -> byKind.computeIfAbsent(fate.kind(), kind -> new ArrayList<>()).add(fate));
    List<String> texts = new ArrayList<>();
    byKind.forEach(
        (kind, same) -> {
          String ways = same.get(0).isPlain() ? MessageFate.transitText(same) : "";
          String whom =
              byKind.size() == 1
                  ? "all " + same.size()
                  : String.join(" ", same.stream().map(fate -> fate.to().toString()).toList());
          texts.add(kind + ways + " (" + whom + ")");
        });
    return String.join("; ", texts);
  }

  /** The fate without figures, to compare two messages. */
  String kindOfFate() {
    return String.join(",", fates.stream().map(MessageFate::kind).distinct().sorted().toList());
  }
}
