package raftlab.workload;

import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * What a client does after a request that did not get what it asked for: whom it asks next, and
 * when.
 */
public final class RetryPolicy {
  /** A client of the console, and the operator, wait this long for an answer, in microseconds. */
  public static final long SILENCE_MICROS = 1_500_000;

  /** Their pause where asking at once would only go round in circles, in microseconds. */
  public static final long PAUSE_MICROS = 100_000;

  /** They follow this many redirects at once. */
  private static final int QUICK_REDIRECTS = 3;

  /** The course's clients try this often before they wait. */
  private static final int EAGER_TRIES = 20;

  private static final long FIRST_WAIT_MICROS = 1_000;
  private static final long LONGEST_WAIT_MICROS = 64_000;

  /** What came of one request. */
  public enum Outcome {
    /** It is done. */
    SETTLED,
    /** Redirected to another replica, which can be reached. */
    REDIRECTED,
    /** Redirected to no replica, to the one that was asked, or to one that can't be reached. */
    REDIRECTED_NOWHERE,
    /** Failed. */
    FAILED,
    /** No answer came in time, or the replica has died. */
    SILENT;

    /**
     * The outcome that an answer stands for.
     *
     * @param from the replica that was asked
     * @param reachable whether a request could reach the leader that the answer names
     */
    public static Outcome of(String type, Id leader, Id from, boolean reachable) {
      return switch (type) {
        case Message.OK, Message.MISMATCH -> SETTLED;
        case Message.REDIRECT ->
            reachable && !leader.equals(from) ? REDIRECTED : REDIRECTED_NOWHERE;
        default -> FAILED;
      };
    }
  }

  /** Whom a client asks next. */
  public enum Target {
    /** The leader that the redirect names. */
    NAMED_LEADER,
    /** The leader as far as the client knows it when it asks, else any replica. */
    BEST_KNOWN,
    /** Another replica than the one asked last, if there is one. */
    ANOTHER
  }

  /** The next request: to whom, and after how long. */
  public record Next(Target target, long afterMicros) {
    /** Whether it is sent at once. */
    public boolean isAtOnce() {
      return afterMicros == 0;
    }
  }

  private final boolean eager;
  private final Target afterSilence;

  private RetryPolicy(boolean eager, Target afterSilence) {
    this.eager = eager;
    this.afterSilence = afterSilence;
  }

  /**
   * That of the course's clients: try again at once. After {@link #EAGER_TRIES} tries of the same
   * request they wait a little longer each time, so that a client that is sent in circles leaves
   * processor time to the others.
   */
  public static RetryPolicy eager() {
    return new RetryPolicy(true, Target.ANOTHER);
  }

  /**
   * Follows a few redirects at once, and pauses before every other try.
   *
   * @param afterSilence whom to ask when no answer came
   */
  public static RetryPolicy pausing(Target afterSilence) {
    return new RetryPolicy(false, afterSilence);
  }

  /** Begins to count what comes of the requests of one operation. */
  public Attempts begin() {
    return new Attempts();
  }

  /** What came of the requests of one operation so far. */
  public final class Attempts {
    private int redirects;
    private int fails;
    private int silences;

    private Attempts() {}

    /** Counts an outcome other than {@link Outcome#SETTLED}, and decides what is done next. */
    public Next after(Outcome outcome) {
      switch (outcome) {
        case REDIRECTED, REDIRECTED_NOWHERE -> redirects++;
        case FAILED -> fails++;
        case SILENT -> silences++;
        case SETTLED -> throw new IllegalArgumentException("it is done");
      }
      if (outcome == Outcome.SILENT) {
        return new Next(afterSilence, 0);
      } else if (eager) {
        return new Next(Target.BEST_KNOWN, backoffMicros());
      }
      return outcome == Outcome.REDIRECTED
          ? new Next(Target.NAMED_LEADER, redirects <= QUICK_REDIRECTS ? 0 : PAUSE_MICROS)
          : new Next(Target.BEST_KNOWN, PAUSE_MICROS);
    }

    private long backoffMicros() {
      int waits = redirects + fails + silences - EAGER_TRIES;
      return waits <= 0
          ? 0
          : Math.min(FIRST_WAIT_MICROS << Math.min(waits - 1, 16), LONGEST_WAIT_MICROS);
    }

    /** How often it was redirected. */
    public int redirects() {
      return redirects;
    }

    /** How often it failed. */
    public int fails() {
      return fails;
    }

    /** How often no answer came. */
    public int silences() {
      return silences;
    }
  }
}
