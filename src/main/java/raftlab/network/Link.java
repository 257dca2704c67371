package raftlab.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.network.ScriptedMessageEvent.Effect;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Message;

/** One direction of a link: its own conditions, its queue and its random generators. */
final class Link {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** A message that would wait in the queue longer than this is dropped. */
  private static final long MAX_QUEUE_NANOS = NANOS_PER_SECOND;

  private final LinkRandom random;
  private final Map<Long, List<ScriptedMessageEvent>> plan = new HashMap<>();

  /** Null if the conditions of all links apply. */
  private @Nullable LinkConditions ownConditions;

  private long messageCount;

  /** When the link has sent all messages of its queue. */
  private long freeAtNanos;

  Link(LinkRandom random) {
    this.random = random;
  }

  /** Sets conditions for this link alone; null makes the conditions of all links apply again. */
  void ownConditions(@Nullable LinkConditions conditions) {
    ownConditions = conditions;
  }

  @Nullable LinkConditions ownConditions() {
    return ownConditions;
  }

  void plan(ScriptedMessageEvent event) {
    plan.computeIfAbsent(event.nth(), nth -> new ArrayList<>()).add(event);
  }

  /** Counts one more message, and returns the scripted events of that message. */
  List<ScriptedMessageEvent> nextScripted() {
    messageCount++;
    return plan.getOrDefault(messageCount, List.of());
  }

  /** Decides what happens to a message of a link that isn't cut. */
  DeliveryDecision decide(
      LinkConditions general, List<ScriptedMessageEvent> planned, Message message, long nowMicros) {
    LinkConditions conditions = ownConditions != null ? ownConditions : general;
    boolean lost = random.isLost(conditions.loss());
    if (planned.isEmpty() && hasOnlyLoss(conditions)) {
      return lost ? DeliveryDecision.LOST : DeliveryDecision.ARRIVES;
    }
    long queueMicros = queueDelayMicros(conditions.bandwidth(), message, nowMicros);
    List<Long> delays = delays(conditions, planned);
    ByteFlip flip =
        random.happens("corruptions", conditions.corrupt())
            ? ByteFlip.random(message.bytes().length, random.generator("corruptions"))
            : null;
    if (queueMicros < 0) {
      return DeliveryDecision.QUEUE_FULL;
    } else if (planned.stream().anyMatch(event -> event.effect() == Effect.LOSE)) {
      return DeliveryDecision.PLANNED_LOSS;
    } else if (lost) {
      return DeliveryDecision.LOST;
    }
    delays.replaceAll(delay -> delay + queueMicros);
    boolean usual = flip == null && delays.size() == 1 && delays.get(0) == 0;
    return usual ? DeliveryDecision.ARRIVES : new DeliveryDecision(null, delays, flip);
  }

  private static boolean hasOnlyLoss(LinkConditions conditions) {
    return conditions.delay().toMicros() == 0
        && conditions.duplicate() == 0
        && conditions.reorder() == 0
        && conditions.bandwidth() == 0
        && conditions.corrupt() == 0;
  }

  /**
   * Queues a message and sends it, whether it is dropped later or not.
   *
   * @param bandwidth in bytes per second; 0 for no limit
   * @return the time for both in microseconds; negative if the queue is full
   */
  private long queueDelayMicros(long bandwidth, Message message, long nowMicros) {
    if (bandwidth == 0) {
      return 0;
    }
    long now = nowMicros * 1000;
    long waits = Math.max(0, freeAtNanos - now);
    if (waits > MAX_QUEUE_NANOS) {
      return -1;
    }
    freeAtNanos = now + waits + message.bytes().length * NANOS_PER_SECOND / bandwidth;
    return (freeAtNanos - now + 999) / 1000;
  }

  /** The delays of the message and of its duplicates, without the time in the queue. */
  private List<Long> delays(LinkConditions conditions, List<ScriptedMessageEvent> planned) {
    List<Long> delays = new ArrayList<>(2);
    delays.add(delay(conditions, "delays", "reorderings"));
    if (random.happens("duplicates", conditions.duplicate())) {
      delays.add(delay(conditions, "copies", "copies"));
    }
    for (ScriptedMessageEvent event : planned) {
      if (event.effect() == Effect.DELAY) {
        delays.set(0, delays.get(0) + event.micros());
      } else if (event.effect() == Effect.DUPLICATE) {
        delays.add(event.micros());
      }
    }
    return delays;
  }

  private long delay(LinkConditions conditions, String delays, String reorderings) {
    long micros = random.micros(delays, conditions.delay());
    return random.happens(reorderings, conditions.reorder())
        ? micros + random.micros(reorderings, conditions.reorderBy())
        : micros;
  }
}
