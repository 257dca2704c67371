package raftlab.judge.figures;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;
import raftlab.wire.AnswerType;
import raftlab.wire.Id;

/** Reads a trace once, for its {@link RunStatistics} and its {@link ClientRequests}. */
public final class TraceCounter {
  /** Counts the requests of a kind. */
  private static final class Requests {
    private int generated;
    private int done;
    private int failed;

    private RequestCounts counts(int unanswered) {
      return new RequestCounts(generated, done, failed, unanswered);
    }
  }

  private final Set<Id> replicas;
  private final ClientRequests requests = new ClientRequests();
  private final Requests gets = new Requests();
  private final Requests puts = new Requests();
  private final Set<String> done = new HashSet<>();
  private final List<Long> latenciesMicros = new ArrayList<>();
  private final List<Long> doneLatenciesMicros = new ArrayList<>();
  private final List<Double> failoversMillis = new ArrayList<>();
  private final List<Event.Malformed> malformed = new ArrayList<>();
  private final MessageNumberSet betweenReplicas = new MessageNumberSet();
  private final MachineLoad load = new MachineLoad();
  private long messages;
  private boolean began;
  private long beganMicros;
  private long dropped;
  private int getsNotGenerated;
  private int redirects;
  private int duplicates;
  private int leaderChanges;
  private Id leader = Id.BROADCAST;
  private long crashedLeaderMicros = -1;

  /** A late ok of this leader doesn't count. */
  private @Nullable Id crashedLeader;

  private EndReason end = EndReason.INTERRUPTED;

  private TraceCounter(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
  }

  public static TraceCounter of(Trace trace) {
    TraceCounter counter = new TraceCounter(trace);
    trace.events().forEach(counter::count);
    return counter;
  }

  public ClientRequests requests() {
    return requests;
  }

  public RunStatistics statistics() {
    return new RunStatistics(
        end,
        beganMicros,
        messages,
        dropped,
        gets.counts(requests.unanswered(true).size()),
        puts.counts(requests.unanswered(false).size()),
        getsNotGenerated,
        redirects,
        duplicates,
        leaderChanges,
        medianSeconds(latenciesMicros),
        medianSeconds(doneLatenciesMicros),
        failoversMillis,
        malformed,
        load);
  }

  private static OptionalDouble medianSeconds(List<Long> micros) {
    return micros.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(micros.stream().sorted().toList().get(micros.size() / 2) / 1e6);
  }

  private void count(Event event) {
    load.onEvent(event);
    if (event instanceof Event.Sent sent) {
      if (began && replicas.contains(sent.from()) && replicas.contains(sent.to())) {
        betweenReplicas.add(sent.number());
        messages++;
      }
    } else if (event instanceof Event.Delivered || event instanceof Event.Reported) {
      return; // nothing to count, and frequent
    } else if (event instanceof Event.Dropped drop) {
      dropped += betweenReplicas.contains(drop.number()) ? 1 : 0;
    } else if (event instanceof Event.Started started) {
      replicas.add(started.replica());
    } else if (event instanceof Event.Requested request) {
      count(request);
    } else if (event instanceof Event.Answered answer) {
      count(answer);
    } else if (event instanceof Event.GetNotGenerated) {
      getsNotGenerated++;
    } else if (event instanceof Event.Malformed bad) {
      malformed.add(bad);
    } else if (event instanceof Event.LeaderKnown known) {
      leaderChanges += known.leader().isBroadcast() ? 0 : 1;
      leader = known.leader();
    } else if (event instanceof Event.Crashed crash) {
      if (crash.replica().equals(leader)) {
        crashedLeaderMicros = crash.atMicros();
        crashedLeader = crash.replica();
      }
    } else if (event instanceof Event.Began start) {
      began = true;
      beganMicros = start.atMicros();
    } else if (event instanceof Event.Ended ended) {
      end = ended.why();
    }
  }

  private void count(Event.Requested request) {
    if (!request.isAdministration()) {
      requests.add(request);
      countsOf(request).generated += request.retry() ? 0 : 1;
    }
  }

  private void count(Event.Answered answer) {
    Event.Requested request = requests.request(answer.mid());
    AnswerType type = AnswerType.of(answer.type()).orElse(null);
    if (request == null || type == null) {
      // It is the operator's request, or the type is not an answer's.
      return;
    }
    if (answer.again()) {
      duplicates += done.contains(answer.mid()) ? 1 : 0;
      return;
    }
    requests.add(answer);
    long latency = answer.atMicros() - request.atMicros();
    latenciesMicros.add(latency);
    switch (type) {
      case OK, MISMATCH -> done(request, answer, latency);
      case FAIL -> countsOf(request).failed++;
      case REDIRECT -> redirects++;
    }
  }

  private void done(Event.Requested request, Event.Answered answer, long latency) {
    done.add(answer.mid());
    doneLatenciesMicros.add(latency);
    countsOf(request).done++;
    if (crashedLeaderMicros >= 0 && !answer.replica().equals(crashedLeader)) {
      failoversMillis.add((answer.atMicros() - crashedLeaderMicros) / 1000.0);
      crashedLeaderMicros = -1;
    }
  }

  private Requests countsOf(Event.Requested request) {
    return ClientRequests.isGet(request) ? gets : puts;
  }
}
