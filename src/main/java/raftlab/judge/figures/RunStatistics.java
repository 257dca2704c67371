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
 * What counting a trace gives: the figures of the course, counted as the course counts them
 * (messages from replica to replica count one each, from the moment when all replicas were ready),
 * and a few of our own.
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

  /** An ok of its own may still be under way. */
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
   * Lets go of single requests and messages once all judges have spoken: figures are kept by the
   * thousand.
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
      return; // nothing to count; but there is much of it
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
      // The operator's: no client waits for it.
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

  /** Every request, retries included, in order. */
  public List<Event.Requested> requests() {
    return List.copyOf(requests.values());
  }

  /** The client's request of this MID; null if it was the operator's. */
  public Event.Requested request(String mid) {
    return requests.get(mid);
  }

  /** The first answer to a request; null if there was none. */
  Event.Answered answer(String mid) {
    return answers.get(mid);
  }

  /** The requests that nobody answered, in order. */
  public List<Event.Requested> unanswered(boolean gets) {
    return requests.values().stream()
        .filter(request -> isGet(request) == gets && !answers.containsKey(request.mid()))
        .toList();
  }

  /** When the scenario's own time began, in microseconds of the trace; 0 if it never did. */
  public long beganMicros() {
    return beganMicros;
  }

  /** All complaints about malformed messages. */
  public List<Event.Malformed> malformed() {
    return List.copyOf(malformed);
  }

  /** How the run ended. */
  public End end() {
    return end;
  }

  /** Messages from replica to replica; a broadcast counts one a receiver. */
  public long messages() {
    return messages;
  }

  /** Those of them that were lost. */
  public long dropped() {
    return dropped;
  }

  /** The gets that clients started, retries not counted. */
  public int gets() {
    return gets[GENERATED];
  }

  /** The puts that clients started, retries not counted. */
  public int puts() {
    return puts[GENERATED];
  }

  /** The gets that became puts, since their client had put nothing yet. */
  public int getsNotGenerated() {
    return getsNotGenerated;
  }

  /** The gets answered with ok. */
  public int okGets() {
    return gets[OK];
  }

  /** The puts answered with ok. */
  public int okPuts() {
    return puts[OK];
  }

  /** The gets answered with fail. */
  public int failedGets() {
    return gets[FAILED];
  }

  /** The puts answered with fail. */
  public int failedPuts() {
    return puts[FAILED];
  }

  /** The gets never answered, each retry counted for itself. */
  public int unansweredGets() {
    return gets[UNANSWERED];
  }

  /** The puts never answered, each retry counted for itself. */
  public int unansweredPuts() {
    return puts[UNANSWERED];
  }

  /** What the course calls failures: fails and unanswered requests. */
  public int failures() {
    return failedGets() + failedPuts() + unansweredGets() + unansweredPuts();
  }

  /** The answers that sent a client elsewhere. */
  public int redirects() {
    return redirects;
  }

  /** The answers to requests that had been done already. */
  public int duplicates() {
    return duplicates;
  }

  /** How often a leader got known. */
  public int leaderChanges() {
    return leaderChanges;
  }

  /** The course's median latency in seconds: over all answers, redirects and fails included. */
  public OptionalDouble medianLatencySeconds() {
    return median(latenciesMicros);
  }

  /** The median latency in seconds of the requests that were done: what a user feels. */
  public OptionalDouble medianDoneSeconds() {
    return median(doneLatenciesMicros);
  }

  private static OptionalDouble median(List<Long> sorted) {
    return sorted.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted.get(sorted.size() / 2) / 1e6);
  }

  /** The times from each killing of a leader to the next ok, in milliseconds. */
  public List<Double> failoversMillis() {
    return List.copyOf(failoversMillis);
  }

  /** The load on the machine, and whose it was. */
  public MachineLoad load() {
    return load;
  }
}
