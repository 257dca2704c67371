package raftlab.judge.figures;

import java.util.List;
import java.util.OptionalDouble;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.trace.Event.End;
import raftlab.trace.Trace;

/**
 * What counting a trace gives: the figures of the course, counted as the course counts them
 * (messages from replica to replica count one each, from the moment when all replicas were ready),
 * and a few of our own.
 *
 * @param end how the run ended
 * @param beganMicros when the scenario's own time began, in microseconds of the trace; 0 if it
 *     never did
 * @param messages messages from replica to replica; a broadcast counts one for each receiver
 * @param dropped those of them that were lost
 * @param getCounts the clients' gets
 * @param putCounts the clients' writes
 * @param getsNotGenerated the gets that became puts, since their client had put nothing yet
 * @param redirects the answers that sent a client elsewhere
 * @param duplicates the answers to requests that had been executed already
 * @param leaderChanges how often a leader became known
 * @param medianLatencySeconds the course's median latency: over all answers, redirects and fails
 *     included
 * @param medianDoneSeconds the median latency of the requests that were executed: what a user feels
 * @param failoversMillis the times from each crash of a leader to the next ok of another replica
 * @param malformed all complaints about malformed messages
 * @param load the load on the machine, and whose it was
 */
public record RunStatistics(
    End end,
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
  /** Takes copies of the lists. */
  public RunStatistics {
    failoversMillis = List.copyOf(failoversMillis);
    malformed = List.copyOf(malformed);
  }

  /** Counts a trace. */
  public static RunStatistics of(Trace trace) {
    return TraceCounter.of(trace).statistics();
  }

  /** The gets that clients started, retries not counted. */
  public int gets() {
    return getCounts.generated();
  }

  /** The puts that clients started, retries not counted. */
  public int puts() {
    return putCounts.generated();
  }

  /** The gets that were executed. */
  public int okGets() {
    return getCounts.done();
  }

  /** The puts that were executed. */
  public int okPuts() {
    return putCounts.done();
  }

  /** The gets answered with fail. */
  public int failedGets() {
    return getCounts.failed();
  }

  /** The puts answered with fail. */
  public int failedPuts() {
    return putCounts.failed();
  }

  /** The gets never answered, each retry counted for itself. */
  public int unansweredGets() {
    return getCounts.unanswered();
  }

  /** The puts never answered, each retry counted for itself. */
  public int unansweredPuts() {
    return putCounts.unanswered();
  }

  /** What the course calls failures: fails and unanswered requests. */
  public int failures() {
    return failedGets() + failedPuts() + unansweredGets() + unansweredPuts();
  }
}
