package raftlab.network;

import raftlab.wire.Id;

/**
 * What is to happen to one message of a link, whatever chance says: to play a run again, with more
 * or with less of what had happened in it.
 *
 * @param nth which of the messages from {@code from} to {@code to}, those that are lost counted
 *     too, from 1 over the whole run
 * @param micros how much longer than usual the message takes ({@link What#DELAY}) or its copy
 *     ({@link What#DUPLICATE}), on top of what else delays it; 0 for {@link What#LOSE}
 */
public record ScriptedDelivery(Id from, Id to, long nth, What what, long micros) {
  /** What happens to the message. */
  public enum What {
    /** It is lost. */
    LOSE,
    /** It comes later. */
    DELAY,
    /** It comes twice. */
    DUPLICATE
  }

  /** Checks the numbers. */
  public ScriptedDelivery {
    if (nth < 1) {
      throw new IllegalArgumentException("messages of a link are counted from 1, found " + nth);
    }
    if (micros < 0) {
      throw new IllegalArgumentException("a delay is 0 or more, not " + micros + " µs");
    }
  }

  /** The message is lost. */
  public static ScriptedDelivery lose(Id from, Id to, long nth) {
    return new ScriptedDelivery(from, to, nth, What.LOSE, 0);
  }

  /** The message comes so much later. */
  public static ScriptedDelivery delay(Id from, Id to, long nth, long micros) {
    return new ScriptedDelivery(from, to, nth, What.DELAY, micros);
  }

  /** The message comes twice, the second time so much later than usual. */
  public static ScriptedDelivery duplicate(Id from, Id to, long nth, long micros) {
    return new ScriptedDelivery(from, to, nth, What.DUPLICATE, micros);
  }
}
