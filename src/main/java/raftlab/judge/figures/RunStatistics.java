package raftlab.judge.figures;

import java.util.List;
import java.util.OptionalDouble;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/**
 * The statistics of a run, counted from its trace. The course's figures are counted as the course
 * does: each message between replicas counts as one, from the time when all replicas were ready.
 *
 * @param end how the run ended
 * @param beganMicros when the scenario's clock started, in microseconds of the trace; 0 if it never
 *     did
 * @param messages messages between replicas; a broadcast counts once for each receiver
 * @param dropped how many of these messages were lost
 * @param getCounts the clients' gets
 * @param putCounts the clients' writes
 * @param getsNotGenerated the gets that became puts because their client had written no key yet
 * @param redirects the redirects
 * @param duplicates the answers to requests that had been executed already
 * @param leaderChanges how often the kit saw a new leader
 * @param medianLatencySeconds the course's median latency: over all answers, redirects and fails
 *     included
 * @param medianDoneSeconds the median latency of the requests that were executed
 * @param failoversMillis the times from each crash of a leader to the next ok of another replica
 * @param malformed all reports of malformed messages
 * @param load the load on the machine, and which processes caused it
 */
public record RunStatistics(
    EndReason end,
    long beganMicros,
    long messages,
    long dropped,
    RequestCounts getCounts,
    RequestCounts putCounts,
    int getsNotGenerated,
    int redirects,
    int duplicates,
    int leaderChanges,
    OptionalDouble medianLatencySeconds,
    OptionalDouble medianDoneSeconds,
    List<Double> failoversMillis,
    List<Event.Malformed> malformed,
    MachineLoad load) {
  /** Copies the lists. */
  public RunStatistics {
    failoversMillis = List.copyOf(failoversMillis);
    malformed = List.copyOf(malformed);
  }

  /** Computes the statistics of a trace. */
  public static RunStatistics of(Trace trace) {
    return TraceCounter.of(trace).statistics();
  }

  /** Returns the number of gets that clients started, without retries. */
  public int gets() {
    return getCounts.generated();
  }

  /** Returns the number of puts that clients started, without retries. */
  public int puts() {
    return putCounts.generated();
  }

  /** Returns the number of gets that were executed. */
  public int okGets() {
    return getCounts.done();
  }

  /** Returns the number of puts that were executed. */
  public int okPuts() {
    return putCounts.done();
  }

  /** Returns the number of gets answered with fail. */
  public int failedGets() {
    return getCounts.failed();
  }

  /** Returns the number of puts answered with fail. */
  public int failedPuts() {
    return putCounts.failed();
  }

  /** Returns the number of gets without an answer; each retry counts. */
  public int unansweredGets() {
    return getCounts.unanswered();
  }

  /** Returns the number of puts without an answer; each retry counts. */
  public int unansweredPuts() {
    return putCounts.unanswered();
  }

  /** Returns the number of failures as the course counts them: fails and unanswered requests. */
  public int failures() {
    return failedGets() + failedPuts() + unansweredGets() + unansweredPuts();
  }
}
