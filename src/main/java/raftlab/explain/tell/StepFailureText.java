package raftlab.explain.tell;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.check.FailedStepRequests;
import raftlab.judge.check.RequestOutcomes;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** What was seen while a step of a scenario waited for something that did not happen. */
final class StepFailureText {
  private final Trace trace;
  private final Event.Step failed;
  private final long beganMicros;
  private final long zeroMicros;

  private StepFailureText(Trace trace, Event.Step failed, long beganMicros, long zeroMicros) {
    this.trace = trace;
    this.failed = failed;
    this.beganMicros = beganMicros;
    this.zeroMicros = zeroMicros;
  }

  /** The facts about the step that failed, and causes that fit. */
  static Symptom of(Trace trace) {
    Map<String, Long> began = new HashMap<>();
    long zero = 0;
    for (Event event : trace.events()) {
      if (event instanceof Event.Began start) {
        zero = start.atMicros();
      } else if (event instanceof Event.Step step && step.phase() == StepPhase.BEGAN) {
        began.put(step.number(), step.atMicros());
      } else if (event instanceof Event.Step step && step.hasFailed()) {
        long from = began.getOrDefault(step.number(), 0L);
        return new StepFailureText(trace, step, from, zero).symptom();
      }
    }
    return Symptom.UNKNOWN;
  }

  private Symptom symptom() {
    Optional<RequestOutcomes> asked = FailedStepRequests.of(trace);
    if (asked.isPresent()) {
      return RefusalText.of(asked.get())
          .map(refused -> refused.withObservation(ledMeanwhile()))
          .orElse(Symptom.UNKNOWN);
    }
    UnmetCondition unmet = failed.unmet();
    if (unmet instanceof UnmetCondition.NoLeaderElected
        || unmet instanceof UnmetCondition.LeaderUnknown) {
      return NoLeaderText.noLeader(trace, beganMicros, failed.atMicros());
    } else if (unmet instanceof UnmetCondition.NotFollowed notFollowed
        && !notFollowed.replicas().isEmpty()) {
      return Symptom.observed(notFollowing(notFollowed.leader(), notFollowed.replicas().get(0)));
    } else if (unmet instanceof UnmetCondition.TooFewAnswered
        || unmet instanceof UnmetCondition.RequestsOpen) {
      return SymptomText.refused(trace, request -> request.atMicros() <= failed.atMicros());
    } else if (unmet instanceof UnmetCondition.CommitIndicesDiffer) {
      return Symptom.usual(
          "nextIndex does not go back far enough after a rejection",
          "messages are too large for a datagram",
          "leaderCommit is not sent");
    }
    return Symptom.UNKNOWN;
  }

  private String ledMeanwhile() {
    Id leader = Id.BROADCAST;
    boolean changed = false;
    for (Event event : trace.events()) {
      if (event instanceof Event.LeaderKnown known && known.atMicros() <= failed.atMicros()) {
        leader = known.leader();
        changed |= known.atMicros() > beganMicros;
      }
    }
    return leader.isBroadcast()
        ? "At the end no leader was known."
        : "At the end replica "
            + leader
            + " was known to lead"
            + (changed ? "." : " during the whole time.");
  }

  private String notFollowing(Id leader, Id replica) {
    Event.Sent last = null;
    int reached = 0;
    Map<Long, Event.Sent> underWay = new HashMap<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Sent sent) {
        last = sent.from().equals(replica) ? sent : last;
        if (sent.from().equals(leader) && sent.to().equals(replica)) {
          underWay.put(sent.number(), sent);
        }
      } else if (event instanceof Event.Delivered delivered
          && underWay.remove(delivered.number()) != null
          && delivered.atMicros() >= beganMicros) {
        reached++;
      }
    }
    return String.format(
        Locale.ROOT,
        "%d messages of the leader %s reached replica %s in this time. %s",
        reached,
        leader,
        replica,
        last == null ? "It sent no message." : lastMessage(last, leader));
  }

  private String lastMessage(Event.Sent last, Id leader) {
    String said =
        String.format(
            Locale.ROOT,
            "Its own last message was \"%s\" to %s at %.3f s, with leader %s.",
            PrintableText.of(last.message().type(), 40),
            last.to(),
            (last.atMicros() - zeroMicros) / 1e6,
            last.message().leader());
    return last.message().leader().equals(leader)
        ? said
        : said + " A follower sets \"leader\" to its leader.";
  }
}
