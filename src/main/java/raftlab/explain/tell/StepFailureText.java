package raftlab.explain.tell;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.judge.check.FailedStepRequests;
import raftlab.judge.check.RequestOutcomes;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** What was seen while a step of a scenario waited for something that did not happen. */
final class StepFailureText {
  private static final Pattern LEADER = Pattern.compile("the leader is ([0-9A-F]{4})");
  private static final Pattern NOT_FOR = Pattern.compile("not for .*?([0-9A-F]{4})");

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
  static String text(Trace trace) {
    Map<String, Long> began = new HashMap<>();
    long zero = 0;
    for (Event event : trace.events()) {
      if (event instanceof Event.Began start) {
        zero = start.atMicros();
      } else if (event instanceof Event.Step step && step.phase() == StepPhase.BEGAN) {
        began.put(step.number(), step.atMicros());
      } else if (event instanceof Event.Step step
          && (step.phase() == StepPhase.FAILED || step.phase() == StepPhase.BLOCKED)) {
        long from = began.getOrDefault(step.number(), 0L);
        return new StepFailureText(trace, step, from, zero).text();
      }
    }
    return SymptomText.UNKNOWN;
  }

  private String text() {
    String what = failed.text();
    Optional<RequestOutcomes> asked = FailedStepRequests.of(trace);
    if (asked.isPresent()) {
      String text = RefusalText.of(asked.get());
      return text.isEmpty() ? SymptomText.UNKNOWN : text + ledMeanwhile();
    } else if (what.contains("no leader was elected") || what.contains(Event.FaultHeld.NO_LEADER)) {
      return NoLeaderText.noLeader(trace, beganMicros, failed.atMicros());
    } else if (what.startsWith("until new_leader")) {
      return SymptomText.UNKNOWN;
    } else if (what.startsWith("until agreed")) {
      return dissenter();
    } else if (what.startsWith("until answered") || what.startsWith("until all_answered")) {
      String text =
          RefusalText.of(
              RequestOutcomes.of(trace, request -> request.atMicros() <= failed.atMicros()));
      return text.isEmpty() ? SymptomText.UNKNOWN : text;
    } else if (what.startsWith("until caught_up")) {
      return "Usual causes: nextIndex does not go back far enough after a rejection; messages are too"
          + " large for a datagram; or leaderCommit is not sent.";
    }
    return SymptomText.UNKNOWN;
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
        ? " At the end no leader was known."
        : " At the end replica "
            + leader
            + " was known to lead"
            + (changed ? "." : " during the whole time.");
  }

  private String dissenter() {
    Matcher who = NOT_FOR.matcher(failed.text());
    Matcher leads = LEADER.matcher(failed.text());
    if (!who.find() || !leads.find()) {
      return SymptomText.UNKNOWN;
    }
    Event.Sent last = null;
    int reached = 0;
    Map<Long, Event.Sent> underWay = new HashMap<>();
    for (Event event : trace.events()) {
      if (event instanceof Event.Sent sent) {
        last = sent.from().toString().equals(who.group(1)) ? sent : last;
        if (sent.from().toString().equals(leads.group(1))
            && sent.to().toString().equals(who.group(1))) {
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
        leads.group(1),
        who.group(1),
        last == null ? "It sent no message." : lastWord(last, leads.group(1)));
  }

  private String lastWord(Event.Sent last, String leader) {
    String said =
        String.format(
            Locale.ROOT,
            "Its own last message was \"%s\" to %s at %.3f s, with leader %s.",
            PrintableText.of(last.message().type(), 40),
            last.to(),
            (last.atMicros() - zeroMicros) / 1e6,
            last.message().leader());
    return last.message().leader().toString().equals(leader)
        ? said
        : said + " A follower sets \"leader\" to its leader.";
  }
}
