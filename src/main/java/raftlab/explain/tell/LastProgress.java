package raftlab.explain.tell;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * When clients' requests stopped to succeed, and which crash, restart or change of leader came just
 * before: from the trace's times alone.
 */
final class LastProgress {
  /** Fewer requests without success say little. */
  private static final int MIN_REQUESTS = 3;

  /** After more successful requests than this, a disturbance was overcome. */
  private static final int OVERCOME = 5;

  /** The kinds of disturbance after which progress may stop. */
  enum Disturbance {
    /** Another replica became leader. */
    LEADER_CHANGE,
    /** A replica crashed. */
    CRASH,
    /** A replica was restarted. */
    RESTART
  }

  /**
   * The end of progress.
   *
   * @param disturbance the last one before, or soon after, the last success
   * @param text the facts, in one or two sentences
   */
  record Stop(Disturbance disturbance, String text) {}

  private final Set<String> sinceSuccess = new HashSet<>();
  private final Set<Id> started = new HashSet<>();
  private long beganMicros;
  private long lastSuccessMicros = -1;
  private Id leader = Id.BROADCAST;
  private @Nullable Disturbance last;
  private String lastText = "";
  private int successesSince;

  private LastProgress() {}

  /** Returns how progress stopped; empty if it didn't, or if nothing came before. */
  static Optional<Stop> of(Trace trace) {
    LastProgress progress = new LastProgress();
    trace.events().forEach(progress::take);
    return progress.stop();
  }

  private void take(Event event) {
    if (event instanceof Event.Began began) {
      beganMicros = began.atMicros();
    } else if (event instanceof Event.Requested request && !request.isAdministration()) {
      sinceSuccess.add(request.mid());
    } else if (event instanceof Event.Answered answer
        && (answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH))) {
      lastSuccessMicros = answer.atMicros();
      sinceSuccess.clear();
      successesSince++;
      last = successesSince > OVERCOME ? null : last;
    } else if (event instanceof Event.LeaderKnown known) {
      leaderKnown(known);
    } else if (event instanceof Event.Crashed crashed) {
      disturbed(
          Disturbance.CRASH, "replica " + crashed.replica() + " had crashed", crashed.atMicros());
    } else if (event instanceof Event.Started start && !started.add(start.replica())) {
      disturbed(
          Disturbance.RESTART,
          "replica " + start.replica() + " had been restarted",
          start.atMicros());
    }
  }

  private void leaderKnown(Event.LeaderKnown known) {
    if (!known.leader().isBroadcast()) {
      if (!leader.isBroadcast() && !leader.equals(known.leader())) {
        disturbed(
            Disturbance.LEADER_CHANGE,
            "replica " + known.leader() + " had become leader after " + leader,
            known.atMicros());
      }
      leader = known.leader();
    }
  }

  private void disturbed(Disturbance what, String text, long micros) {
    if (sinceSuccess.size() < MIN_REQUESTS) {
      last = what;
      lastText = text + " at " + seconds(micros);
      successesSince = 0;
    }
  }

  private Optional<Stop> stop() {
    if (lastSuccessMicros < 0 || sinceSuccess.size() < MIN_REQUESTS || last == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Stop(
            last,
            String.format(
                Locale.ROOT,
                "No request succeeded after %s (%d requests); just before, %s.",
                seconds(lastSuccessMicros),
                sinceSuccess.size(),
                lastText)));
  }

  private String seconds(long micros) {
    return String.format(Locale.ROOT, "%.3f s", (micros - beganMicros) / 1e6);
  }
}
