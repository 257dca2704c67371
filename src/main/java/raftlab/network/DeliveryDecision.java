package raftlab.network;

import java.util.List;
import raftlab.trace.Event.Reason;

/**
 * What becomes of one message.
 *
 * @param lost why it is lost, or null if it arrives
 * @param delaysMicros how much longer than usual it takes, one for each time that it arrives: the
 *     message itself first, then what it was doubled to; none if it is lost
 * @param flip what is changed in it; null if it arrives as it was sent
 */
public record DeliveryDecision(Reason lost, List<Long> delaysMicros, ByteFlip flip) {
  /** It arrives once, at once, as it was sent: what nearly always happens. */
  public static final DeliveryDecision ARRIVES = new DeliveryDecision(null, List.of(0L), null);

  /** It is lost by chance. */
  static final DeliveryDecision LOST = new DeliveryDecision(Reason.LOSS, List.of(), null);

  /** It is lost, as was planned. */
  public static final DeliveryDecision PLANNED =
      new DeliveryDecision(Reason.PLANNED, List.of(), null);

  /** It runs into a cut. */
  static final DeliveryDecision CUT = new DeliveryDecision(Reason.PARTITION, List.of(), null);

  /** Too many messages wait for the link. */
  static final DeliveryDecision QUEUE_FULL =
      new DeliveryDecision(Reason.QUEUE_FULL, List.of(), null);

  /** It does not fit into a datagram. */
  public static final DeliveryDecision TOO_LARGE =
      new DeliveryDecision(Reason.TOO_LARGE, List.of(), null);

  /** Takes a copy of the list. */
  public DeliveryDecision {
    delaysMicros = List.copyOf(delaysMicros);
  }

  /** Whether it arrives. */
  public boolean arrives() {
    return lost == null;
  }
}
