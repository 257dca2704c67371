package raftlab.judge.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.trace.Event.End;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The figures of a run, counted from its trace. The course's figures are counted as the course
 * does: a message from replica to replica counts one, from the moment when all replicas were ready.
 */
public final class RunStatistics {
  private final Set<Id> replicas;
  private final Map<String, Event.Requested> requests = new LinkedHashMap<>();
  private final Map<String, Event.Answered> answers = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final List<Long> latenciesMicros = new ArrayList<>();
  private final List<Long> doneLatenciesMicros = new ArrayList<>();
  private final List<Double> failoversMillis = new ArrayList<>();
  private final List<Event.Malformed> malformed = new ArrayList<>();
  private MessageNumberSet betweenReplicas = new MessageNumberSet();
  private long messages;
  private final int[] gets = new int[4];
  private final int[] puts = new int[4];
  private boolean began;
  private long beganMicros;
  private long dropped;
  private int getsNotGenerated;
  private int redirects;
  private int duplicates;
  private int leaderChanges;
  private Id leader = Id.BROADCAST;
  private long killedLeaderMicros = -1;

  /** A late ok of this leader doesn't count. */
  private Id killedLeader;

  private final MachineLoad load = new MachineLoad();
  private End end = End.INTERRUPTED;

  /** Indices into {@link #gets} and {@link #puts}. */
  private static final int GENERATED = 0;

  private static final int OK = 1;
  private static final int FAILED = 2;
  private static final int UNANSWERED = 3;

  private RunStatistics(Trace trace) {
    replicas = new HashSet<>(trace.header().replicas());
  }

  /** Counts a trace. */
  public static RunStatistics of(Trace trace) {
    RunStatistics statistics = new RunStatistics(trace);
    for (Event event : trace.events()) {
      statistics.count(event);
    }
    statistics.requests.forEach(
        (mid, request) -> {
          if (!statistics.answers.containsKey(mid)) {
            statistics.countsOf(request)[UNANSWERED]++;
          }
        });
    statistics.latenciesMicros.sort(null);
    statistics.doneLatenciesMicros.sort(null);
    return statistics;
  }

  /**
   * Discards requests and messages after all checks; the statistics of thousands of runs may be
   * kept.
   */
  public void forgetDetails() {
    requests.clear();
    answers.clear();
    done.clear();
    betweenReplicas = new MessageNumberSet();
  }

  private void count(Event event) {
    load.take(event);
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
        killedLeaderMicros = crash.atMicros();
        killedLeader = crash.replica();
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
      requests.put(request.mid(), request);
      countsOf(request)[GENERATED] += request.retry() ? 0 : 1;
    }
  }

  private void count(Event.Answered answer) {
    Event.Requested request = requests.get(answer.mid());
    if (request == null) {
      // A request of the operator, not of a client.
      return;
    }
    if (answer.again()) {
      duplicates += done.contains(answer.mid()) ? 1 : 0;
      return;
    }
    answers.put(answer.mid(), answer);
    long latency = answer.atMicros() - request.atMicros();
    latenciesMicros.add(latency);
    switch (answer.type()) {
      case Message.OK -> {
        done.add(answer.mid());
        doneLatenciesMicros.add(latency);
        countsOf(request)[OK]++;
        if (killedLeaderMicros >= 0 && !answer.replica().equals(killedLeader)) {
          failoversMillis.add((answer.atMicros() - killedLeaderMicros) / 1000.0);
          killedLeaderMicros = -1;
        }
      }
      case Message.FAIL -> countsOf(request)[FAILED]++;
      default -> redirects++;
    }
  }

  private int[] countsOf(Event.Requested request) {
    return isGet(request) ? gets : puts;
  }

  public static boolean isGet(Event.Requested request) {
    return request.type().equals(Message.GET);
  }

  /** Returns all requests, with retries, in order. */
  public List<Event.Requested> requests() {
    return List.copyOf(requests.values());
  }

  /** Returns the client's request with this message ID; null for the operator's. */
  public Event.Requested request(String mid) {
    return requests.get(mid);
  }

  /** Returns the first answer to a request; null for none. */
  Event.Answered answer(String mid) {
    return answers.get(mid);
  }

  /** Returns the requests without an answer, in order. */
  public List<Event.Requested> unanswered(boolean gets) {
    return requests.values().stream()
        .filter(request -> isGet(request) == gets && !answers.containsKey(request.mid()))
        .toList();
  }

  /** Returns when the scenario's time began, in microseconds of the trace; 0 if it never did. */
  public long beganMicros() {
    return beganMicros;
  }

  /** Returns all complaints about malformed messages. */
  public List<Event.Malformed> malformed() {
    return List.copyOf(malformed);
  }

  /** Returns how the run ended. */
  public End end() {
    return end;
  }

  /**
   * Returns the number of messages from replica to replica; a broadcast counts one for each
   * receiver.
   */
  public long messages() {
    return messages;
  }

  /** Returns how many of them were dropped. */
  public long dropped() {
    return dropped;
  }

  /** Returns the number of gets that clients started, without retries. */
  public int gets() {
    return gets[GENERATED];
  }

  /** Returns the number of puts that clients started, without retries. */
  public int puts() {
    return puts[GENERATED];
  }

  /** Returns the number of gets that became puts because their client had put nothing yet. */
  public int getsNotGenerated() {
    return getsNotGenerated;
  }

  /** Returns the number of gets answered with ok. */
  public int okGets() {
    return gets[OK];
  }

  /** Returns the number of puts answered with ok. */
  public int okPuts() {
    return puts[OK];
  }

  /** Returns the number of gets answered with fail. */
  public int failedGets() {
    return gets[FAILED];
  }

  /** Returns the number of puts answered with fail. */
  public int failedPuts() {
    return puts[FAILED];
  }

  /** Returns the number of gets without an answer; each retry counts. */
  public int unansweredGets() {
    return gets[UNANSWERED];
  }

  /** Returns the number of puts without an answer; each retry counts. */
  public int unansweredPuts() {
    return puts[UNANSWERED];
  }

  /** Returns the number of failures as the course counts them: fails and unanswered requests. */
  public int failures() {
    return failedGets() + failedPuts() + unansweredGets() + unansweredPuts();
  }

  /** Returns the number of redirects. */
  public int redirects() {
    return redirects;
  }

  /** Returns the number of repeated answers to answered requests. */
  public int duplicates() {
    return duplicates;
  }

  /** Returns how often a leader became known. */
  public int leaderChanges() {
    return leaderChanges;
  }

  /** Returns the course's median latency in seconds: of all answers, with redirects and fails. */
  public OptionalDouble medianLatencySeconds() {
    return median(latenciesMicros);
  }

  /** Returns the median latency in seconds of the requests that were done. */
  public OptionalDouble medianDoneSeconds() {
    return median(doneLatenciesMicros);
  }

  private static OptionalDouble median(List<Long> sorted) {
    return sorted.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted.get(sorted.size() / 2) / 1e6);
  }

  /** Returns the times from each kill of a leader to the next ok, in milliseconds. */
  public List<Double> failoversMillis() {
    return List.copyOf(failoversMillis);
  }

  /** Returns the load on the machine, by cause. */
  public MachineLoad load() {
    return load;
  }
}
