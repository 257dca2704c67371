package raftlab.workload;

import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Decides what a client does after a redirect, a fail or a timeout: which replica it asks next, and
 * when.
 */
public final class RetryPolicy {
  /** The timeout of a client of the console, and of the operator, in microseconds. */
  public static final long SILENCE_MICROS = 1_500_000;

  /** Their pause before a retry that could continue a redirect loop, in microseconds. */
  public static final long PAUSE_MICROS = 100_000;

  /** The number of redirects that they follow without a pause. */
  private static final int QUICK_REDIRECTS = 3;

  /** The number of tries of the course's clients before they pause. */
  private static final int EAGER_TRIES = 20;

  private static final long FIRST_WAIT_MICROS = 1_000;
  private static final long LONGEST_WAIT_MICROS = 64_000;

  /** The outcome of one request. */
  public enum Outcome {
    /** Answered with ok or mismatch. */
    SETTLED,
    /** Redirected to another replica, which can be reached. */
    REDIRECTED,
    /** Redirected to no replica, to the replica that was asked, or to one that can't be reached. */
    REDIRECTED_NOWHERE,
    /** Answered with fail. */
    FAILED,
    /** Timed out, or the replica crashed. */
    SILENT;

    /**
     * Returns the outcome of an answer.
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

  /** The replica that a client asks next. */
  public enum Target {
    /** The leader that the redirect names. */
    NAMED_LEADER,
    /** The leader that the client knows when it sends, else any replica. */
    BEST_KNOWN,
    /** Another replica than the one asked last, if there is one. */
    ANOTHER
  }

  /** The next request: its target and the pause before it, in microseconds. */
  public record Next(Target target, long afterMicros) {
    /** Whether it is sent without a pause. */
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
   * The policy of the course's clients: retry at once. After {@link #EAGER_TRIES} tries of the same
   * request they pause, longer each time, so that a client in a redirect loop leaves processor time
   * to the others.
   */
  public static RetryPolicy eager() {
    return new RetryPolicy(true, Target.ANOTHER);
  }

  /**
   * Follows a few redirects at once, and pauses before each other retry.
   *
   * @param afterSilence the replica to ask after a timeout
   */
  public static RetryPolicy pausing(Target afterSilence) {
    return new RetryPolicy(false, afterSilence);
  }

  /** Begins to count the outcomes of one operation. */
  public Attempts begin() {
    return new Attempts();
  }

  /** The outcomes of one operation so far. */
  public final class Attempts {
    private int redirects;
    private int fails;
    private int silences;

    private Attempts() {}

    /**
     * Counts an outcome other than {@link Outcome#SETTLED}, and decides what the client does next.
     */
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

    /** Returns how often it was redirected. */
    public int redirects() {
      return redirects;
    }

    /** Returns how often it failed. */
    public int fails() {
      return fails;
    }

    /** Returns how often it timed out. */
    public int silences() {
      return silences;
    }
  }
}
