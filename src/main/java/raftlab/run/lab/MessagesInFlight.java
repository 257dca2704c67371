package raftlab.run.lab;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.TimeQueue;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.Trace;

/**
 * The messages that were sent and wait for their delivery, by a number that identifies each of them
 * until it is delivered or dropped: always the smallest free number. Copies are messages of their
 * own.
 */
public final class MessagesInFlight {
  /**
   * A message in flight.
   *
   * @param number its number among the messages in flight, from 1
   * @param sent the event of its sending
   * @param dueMicros when it is delivered
   */
  public record MessageInFlight(int number, Event.Sent sent, long dueMicros) {}

  /** A message with the bytes that were corrupted, if any. */
  private record Waiting(MessageInFlight message, byte @Nullable [] changed) {}

  private final Trace trace;
  private final LongSupplier nowMicros;
  private final TimeQueue<Runnable> schedule;
  private final MessageDelivery delivery;
  private final TreeMap<Integer, Waiting> waiting = new TreeMap<>();
  private int firstFree = 1;

  MessagesInFlight(
      Trace trace, LongSupplier nowMicros, TimeQueue<Runnable> schedule, MessageDelivery delivery) {
    this.trace = trace;
    this.nowMicros = nowMicros;
    this.schedule = schedule;
    this.delivery = delivery;
  }

  /** Returns all, by number. */
  public List<MessageInFlight> all() {
    return waiting.values().stream().map(Waiting::message).toList();
  }

  /** Returns the message of this number; null if there is none. */
  public @Nullable MessageInFlight get(int number) {
    Waiting found = waiting.get(number);
    return found == null ? null : found.message;
  }

  /** Delivers a message now. */
  public void deliver(int number) {
    handOver(take(number));
  }

  /** Drops a message. */
  public void drop(int number) {
    delivery.drop(take(number).message.sent, DropReason.PLANNED);
  }

  /** Delivers a message later than planned, by this time. */
  public void delay(int number, long byMicros) {
    Waiting found = take(number);
    long due = found.message.dueMicros + byMicros;
    trace.add(
        new Event.Delayed(
            nowMicros.getAsLong(),
            found.message.sent.number(),
            due - found.message.sent.atMicros()));
    put(number, found.message.sent, found.changed, due);
  }

  /** Adds a copy of a message with the same time of delivery; returns the number of the copy. */
  public int duplicate(int number) {
    Waiting found = Objects.requireNonNull(waiting.get(number), "the caller names a message");
    trace.add(new Event.Duplicated(nowMicros.getAsLong(), found.message.sent.number()));
    return add(found.message.sent, found.changed, found.message.dueMicros);
  }

  int add(Event.Sent sent, byte @Nullable [] changed, long dueMicros) {
    int number = firstFree;
    put(number, sent, changed, dueMicros);
    return number;
  }

  private void put(int number, Event.Sent sent, byte @Nullable [] changed, long dueMicros) {
    Waiting planned = new Waiting(new MessageInFlight(number, sent, dueMicros), changed);
    waiting.put(number, planned);
    while (waiting.containsKey(firstFree)) {
      firstFree++;
    }
    schedule.add(
        dueMicros,
        () -> {
          // It may have been delivered, dropped or delayed in the meantime.
          if (waiting.get(number) == planned) {
            handOver(take(number));
          }
        });
  }

  private Waiting take(int number) {
    firstFree = Math.min(firstFree, number);
    return Objects.requireNonNull(waiting.remove(number), "the caller names a message");
  }

  private void handOver(Waiting message) {
    delivery.handOver(message.message.sent, message.changed);
  }
}
