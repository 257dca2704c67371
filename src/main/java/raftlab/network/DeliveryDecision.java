package raftlab.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event.DropReason;

/**
 * What the network does to one message.
 *
 * @param dropReason why the message is dropped; null if it is delivered
 * @param delaysMicros the extra delay of each delivery: the message first, then its duplicate;
 *     empty if the message is dropped
 * @param flip the bits that are corrupted; null if the message is delivered unchanged
 */
public record DeliveryDecision(
    @Nullable DropReason dropReason, List<Long> delaysMicros, @Nullable ByteFlip flip) {
  /** Delivered once, without extra delay, unchanged: the common case. */
  public static final DeliveryDecision ARRIVES = new DeliveryDecision(null, List.of(0L), null);

  /** Dropped at random. */
  static final DeliveryDecision LOST = new DeliveryDecision(DropReason.LOSS, List.of(), null);

  /** Dropped by a {@link ScriptedMessageEvent}. */
  public static final DeliveryDecision PLANNED_LOSS =
      new DeliveryDecision(DropReason.PLANNED, List.of(), null);

  /** Dropped because the link is cut. */
  static final DeliveryDecision PARTITIONED =
      new DeliveryDecision(DropReason.PARTITION, List.of(), null);

  /** Dropped because the queue of the link is full. */
  static final DeliveryDecision QUEUE_FULL =
      new DeliveryDecision(DropReason.QUEUE_FULL, List.of(), null);

  /** Dropped because it does not fit into a datagram. */
  public static final DeliveryDecision TOO_LARGE =
      new DeliveryDecision(DropReason.TOO_LARGE, List.of(), null);

  /** Copies the list. */
  public DeliveryDecision {
    delaysMicros = List.copyOf(delaysMicros);
  }

  /** Whether the message is delivered. */
  public boolean isDelivered() {
    return dropReason == null;
  }
}
