package raftlab.dialect;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A message between replicas with what preceded it on the same link, for learning. */
final class MessageSample {
  private static final int MAX_ANSWERABLE = 64;
  private static final long NEVER = Long.MAX_VALUE;

  private final Event.Sent sent;
  private final Map<String, JsonElement> fields;
  private final int life;
  private final @Nullable MessageSample previous;
  private final int unanswered;
  private String kind;
  private @Nullable MessageSample receivedBefore;
  private long deliveredMicros = NEVER;

  /**
   * A message.
   *
   * @param life how often its sender had been started
   * @param previous the latest message that its sender had received from its receiver; null if none
   * @param unanswered how many messages its sender had received from its receiver since it last
   *     sent it one
   */
  MessageSample(
      Event.Sent sent,
      Map<String, JsonElement> fields,
      int life,
      @Nullable MessageSample previous,
      int unanswered) {
    this.sent = sent;
    this.fields = fields;
    this.life = life;
    this.previous = previous;
    this.unanswered = unanswered;
    this.kind = sent.message().type();
  }

  Event.Sent sent() {
    return sent;
  }

  Id from() {
    return sent.from();
  }

  Id to() {
    return sent.to();
  }

  long atMicros() {
    return sent.atMicros();
  }

  int life() {
    return life;
  }

  Map<String, JsonElement> fields() {
    return fields;
  }

  /** Its type, with the discriminating field if the type alone doesn't tell messages apart. */
  String kind() {
    return kind;
  }

  void kind(String now) {
    kind = now;
  }

  @Nullable MessageSample previous() {
    return previous;
  }

  /** It was delivered, after this other message of its sender; null if it was the first. */
  void delivered(long atMicros, @Nullable MessageSample before) {
    if (deliveredMicros == NEVER) {
      deliveredMicros = atMicros;
      receivedBefore = before;
    }
  }

  /** When it was delivered first; later than any other time if it was not. */
  long deliveredMicros() {
    return deliveredMicros;
  }

  /** Whether it was delivered. */
  boolean isDelivered() {
    return deliveredMicros != NEVER;
  }

  /** The messages that it may answer if nothing is answered late, latest first. */
  List<MessageSample> answerable() {
    return latest(Math.min(unanswered, MAX_ANSWERABLE));
  }

  /** The latest messages from its receiver, latest first. */
  List<MessageSample> latest(int count) {
    List<MessageSample> all = new ArrayList<>();
    MessageSample next = previous;
    while (next != null && all.size() < count) {
      all.add(next);
      next = next.receivedBefore;
    }
    return all;
  }

  /** Whether it may answer {@link #previous}: nothing was sent to that replica since. */
  boolean mayAnswer() {
    return previous != null && unanswered > 0;
  }

  /** Whether it can only answer {@link #previous}. */
  boolean answersOne() {
    return previous != null && unanswered == 1;
  }

  /** Whether its sender names itself as leader. */
  boolean claimsLeadership() {
    return sent.message().leader().equals(sent.from());
  }

  /** The number at this path; 0 if there is none, as some programs leave zeros out. */
  long numberOrZero(String path) {
    return number(path).orElse(0);
  }

  /** The number at this path; empty if there is none. */
  OptionalLong number(String path) {
    return MessageFields.number(fields.get(path));
  }
}
