package raftlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A message and what became of its delivery; a broadcast is one message with all its copies. */
final class SentMessage {
  private final int position;
  private final Event.Sent first;
  private final boolean showsLeader;
  private final List<DeliveryRecord> deliveries = new ArrayList<>();
  private long lastNumber;

  /**
   * Creates a message that has no copies yet.
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
        && deliveries.stream().noneMatch(delivery -> delivery.to().equals(sent.to()))
        && (sent.message() == first.message()
            || java.util.Arrays.equals(sent.message().bytes(), first.message().bytes()));
  }

  /** Adds a copy, and returns the record of its delivery. */
  DeliveryRecord add(Event.Sent sent) {
    lastNumber = sent.number();
    DeliveryRecord delivery = new DeliveryRecord(sent);
    deliveries.add(delivery);
    return delivery;
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
    return from().equals(id) || deliveries.stream().anyMatch(delivery -> delivery.to().equals(id));
  }

  boolean isDropped() {
    return deliveries.stream().anyMatch(DeliveryRecord::isDropped);
  }

  /** Describes the deliveries; copies of a broadcast with the same outcome are grouped. */
  String deliveryText() {
    if (!to().isBroadcast()) {
      return deliveries.get(0).text();
    }
    Map<String, List<DeliveryRecord>> byKind = new LinkedHashMap<>();
    deliveries.forEach(
        delivery ->
            byKind.computeIfAbsent(delivery.kind(), kind -> new ArrayList<>()).add(delivery));
    List<String> texts = new ArrayList<>();
    byKind.forEach(
        (kind, same) -> {
          String ways = same.get(0).isPlain() ? DeliveryRecord.transitText(same) : "";
          String whom =
              byKind.size() == 1
                  ? "all " + same.size()
                  : String.join(
                      " ", same.stream().map(delivery -> delivery.to().toString()).toList());
          texts.add(kind + ways + " (" + whom + ")");
        });
    return String.join("; ", texts);
  }

  /** The outcomes without figures, to compare two messages. */
  String deliveryKind() {
    return String.join(
        ",", deliveries.stream().map(DeliveryRecord::kind).distinct().sorted().toList());
  }
}
