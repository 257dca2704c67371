package raftlab.judge.figures;

import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import raftlab.node.StateChange;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Counts the events of one part of a run. Earlier events are read for their state, but not counted.
 */
public final class EventCounts {
  private final Set<Id> replicas;
  private final Map<Id, Boolean> claims = new HashMap<>();
  private final Map<String, Event.Requested> requests = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<Long> open = new HashSet<>();
  private final Set<Id> leaders = new TreeSet<>();
  private final double[] counts = new double[CountedMetric.values().length];
  private Id leader = Id.BROADCAST;
  private final Map<Id, LogSize> logs = new HashMap<>();
  private double latencyMicros;
  private boolean counting;

  private EventCounts(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
  }

  /**
   * Counts the events from index {@code from} to {@code to}, the latter not included. What is
   * {@link CountedMetric#UNANSWERED} is what was asked for in this part and not answered in it.
   */
  public static EventCounts of(Trace trace, int from, int to) {
    EventCounts counted = new EventCounts(trace);
    List<Event> events = trace.events();
    for (int i = 0; i < to; i++) {
      if (i == from) {
        counted.begin();
      }
      counted.see(events.get(i));
    }
    if (from == to) {
      counted.begin();
    }
    return counted;
  }

  private void begin() {
    counting = true;
    open.clear();
    if (!leader.isBroadcast()) {
      leaders.add(leader);
    }
  }

  /** What was counted. */
  public double of(CountedMetric measure) {
    return switch (measure) {
      case LEADERS -> leaders.size();
      case UNANSWERED -> open.size();
      case MEAN_LATENCY ->
          counts[CountedMetric.OKS.ordinal()] == 0
              ? 0
              : latencyMicros / 1e6 / counts[CountedMetric.OKS.ordinal()];
      default -> counts[measure.ordinal()];
    };
  }

  private void add(CountedMetric measure, double much) {
    if (counting) {
      counts[measure.ordinal()] += much;
    }
  }

  private void see(Event event) {
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Reported report) {
      reported(report);
    } else if (event instanceof Event.Started started) {
      replicas.add(started.replica());
      claims.remove(started.replica());
    } else if (event instanceof Event.LeaderKnown known) {
      leader = known.leader();
      if (counting && !leader.isBroadcast()) {
        leaders.add(leader);
        add(CountedMetric.LEADER_CHANGES, 1);
      }
    } else if (event instanceof Event.Requested request && !request.isAdministration()) {
      requests.put(request.mid(), request);
      if (!request.retry()) {
        open.add(request.operation());
      }
    } else if (event instanceof Event.Answered answer) {
      answered(answer);
    }
  }

  /** How much a replica keeps of its log, as it reports. */
  private static final class LogSize {
    private long snapshot;
    private long last;
  }

  private void reported(Event.Reported report) {
    LogSize log = logs.computeIfAbsent(report.replica(), id -> new LogSize());
    StateChange change = report.change();
    if (change instanceof StateChange.Appended appended) {
      log.last = appended.index();
    } else if (change instanceof StateChange.Truncated truncated) {
      log.last = truncated.fromIndex() - 1;
    } else if (change instanceof StateChange.SnapshotTaken taken) {
      log.snapshot = taken.index();
    } else if (change instanceof StateChange.SnapshotInstalled installed) {
      log.snapshot = installed.index();
      log.last = installed.lastIndex();
    } else if (change instanceof StateChange.Restored restored) {
      log.snapshot = restored.snapshotIndex();
      log.last = restored.lastIndex();
    }
    if (counting) {
      int longest = CountedMetric.LOG_ENTRIES.ordinal();
      counts[longest] = Math.max(counts[longest], log.last - log.snapshot);
    }
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
    if (counting && replicas.contains(sent.to())) {
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
    if (request == null) {
      return;
    }
    if (answer.again()) {
      add(CountedMetric.DUPLICATES, done.contains(answer.mid()) ? 1 : 0);
      return;
    }
    switch (answer.type()) {
      case Message.OK, Message.MISMATCH -> {
        add(CountedMetric.OKS, 1);
        latencyMicros += counting ? answer.atMicros() - request.atMicros() : 0;
        done.add(answer.mid());
        open.remove(request.operation());
      }
      case Message.FAIL -> add(CountedMetric.FAILS, 1);
      default -> add(CountedMetric.REDIRECTS, 1);
    }
  }
}
