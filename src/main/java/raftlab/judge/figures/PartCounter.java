package raftlab.judge.figures;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.wire.AnswerType;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Counts the events of parts of a run, which may overlap, and reads each event once. Events before
 * a part determine its initial state, but are not counted.
 */
public final class PartCounter {
  private final Set<Id> replicas;
  private final Map<Id, Boolean> claims = new HashMap<>();
  private final Map<String, Event.Requested> requests = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Map<Id, ReportedState> states = new HashMap<>();
  private final List<EventCounts> parts = new ArrayList<>();
  private Id leader = Id.BROADCAST;

  public PartCounter(List<Id> replicas) {
    this.replicas = new HashSet<>(replicas);
  }

  /** Begins a part with the next event. */
  public EventCounts begin() {
    EventCounts part = new EventCounts();
    if (!leader.isBroadcast()) {
      part.leads(leader);
    }
    parts.add(part);
    return part;
  }

  /** Ends a part: the next event isn't counted in it. */
  public void end(EventCounts part) {
    parts.removeIf(each -> each == part);
  }

  private void add(CountedMetric measure, double much) {
    for (EventCounts part : parts) {
      part.add(measure, much);
    }
  }

  public void see(Event event) {
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Reported report) {
      reported(report);
    } else if (event instanceof Event.Started started) {
      replicas.add(started.replica());
      claims.remove(started.replica());
    } else if (event instanceof Event.LeaderKnown known) {
      leader = known.leader();
      if (!leader.isBroadcast()) {
        parts.forEach(part -> part.leads(leader));
        add(CountedMetric.LEADER_CHANGES, 1);
      }
    } else if (event instanceof Event.Requested request && !request.isAdministration()) {
      requests.put(request.mid(), request);
      if (!request.retry()) {
        parts.forEach(part -> part.asked(request.operation()));
      }
    } else if (event instanceof Event.Answered answer) {
      answered(answer);
    }
  }

  private void reported(Event.Reported report) {
    ReportedState state = states.computeIfAbsent(report.replica(), id -> new ReportedState());
    state.apply(report);
    parts.forEach(part -> part.logHas(state.lastIndex() - state.snapshotIndex()));
  }

  private void sent(Event.Sent sent) {
    if (!replicas.contains(sent.from())) {
      return;
    }
    boolean claim = sent.message().leader().equals(sent.from());
    Boolean before = claims.put(sent.from(), claim);
    if (claim && (before == null || !before)) {
      add(CountedMetric.CLAIMS, 1);
    }
    if (!parts.isEmpty() && replicas.contains(sent.to())) {
      add(CountedMetric.MESSAGES, 1);
      add(CountedMetric.BYTES, sent.message().bytes().length);
      add(CountedMetric.REJECTIONS, isRejection(sent.message()) ? 1 : 0);
    }
  }

  private static boolean isRejection(Message message) {
    JsonElement success = message.fields().get("success");
    return success != null
        && success.isJsonPrimitive()
        && success.getAsJsonPrimitive().isBoolean()
        && !success.getAsBoolean();
  }

  private void answered(Event.Answered answer) {
    Event.Requested request = requests.get(answer.mid());
    AnswerType type = AnswerType.of(answer.type()).orElse(null);
    if (request == null || type == null) {
      return;
    }
    if (answer.again()) {
      add(CountedMetric.DUPLICATES, done.contains(answer.mid()) ? 1 : 0);
      return;
    }
    switch (type) {
      case OK, MISMATCH -> {
        done.add(answer.mid());
        long micros = answer.atMicros() - request.atMicros();
        parts.forEach(part -> part.executed(request.operation(), micros));
      }
      case FAIL -> add(CountedMetric.FAILS, 1);
      case REDIRECT -> add(CountedMetric.REDIRECTS, 1);
    }
  }
}
