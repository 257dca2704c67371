package raftlab.network;

import raftlab.wire.Id;

/**
 * A scripted event of one message of a link, which overrides the random choices: a recorded run can
 * be replayed with fewer or more such events.
 *
 * @param nth the number of the message among all from {@code from} to {@code to} in the run,
 *     counted from 1; dropped messages count
 * @param micros the extra delay of the message ({@link Effect#DELAY}) or of its copy ({@link
 *     Effect#DUPLICATE}), on top of all other delays; 0 for {@link Effect#LOSE}
 */
public record ScriptedMessageEvent(Id from, Id to, long nth, Effect effect, long micros) {
  /** What happens to the message. */
  public enum Effect {
    /** The message is dropped. */
    LOSE,
    /** The message is delayed. */
    DELAY,
    /** The message is duplicated. */
    DUPLICATE
  }

  /** Checks the numbers. */
  public ScriptedMessageEvent {
    if (nth < 1) {
      throw new IllegalArgumentException("messages of a link are counted from 1, found " + nth);
    }
    if (micros < 0) {
      throw new IllegalArgumentException("a delay is 0 or more, not " + micros + " µs");
    }
  }

  /** Drops the message. */
  public static ScriptedMessageEvent lose(Id from, Id to, long nth) {
    return new ScriptedMessageEvent(from, to, nth, Effect.LOSE, 0);
  }

  /** Delays the message by this time. */
  public static ScriptedMessageEvent delay(Id from, Id to, long nth, long micros) {
    return new ScriptedMessageEvent(from, to, nth, Effect.DELAY, micros);
  }

  /** Delivers the message twice, the copy later by this time. */
  public static ScriptedMessageEvent duplicate(Id from, Id to, long nth, long micros) {
    return new ScriptedMessageEvent(from, to, nth, Effect.DUPLICATE, micros);
  }
}
