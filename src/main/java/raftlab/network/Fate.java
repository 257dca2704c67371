package raftlab.network;

import raftlab.trace.Event.Reason;

/**
 * What becomes of one message.
 *
 * @param lost why it is lost, or null if it arrives
 * @param delayMicros how much longer than usual it takes, if it arrives
 */
public record Fate(Reason lost, long delayMicros) {
  /** It arrives, at once. */
  static final Fate ARRIVES = new Fate(null, 0);

  /** It is lost by chance. */
  static final Fate LOST = new Fate(Reason.LOSS, 0);

  /** It runs into a partition. */
  static final Fate CUT = new Fate(Reason.PARTITION, 0);

  /** Whether it arrives. */
  public boolean arrives() {
    return lost == null;
  }
}
