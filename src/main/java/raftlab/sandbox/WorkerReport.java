package raftlab.sandbox;

import java.util.List;
import raftlab.trace.Event.EndReason;

/**
 * What a worker reports beside the trace.
 *
 * @param end why the run ended
 * @param exits the replicas that exited unexpectedly: {@code 0001=137}, in order
 * @param limits the limits that replicas exceeded: {@code 0001=MEMORY}, in order
 * @param sandboxFailure why the sandbox of a replica could not be made; empty if all could
 */
public record WorkerReport(
    EndReason end, List<String> exits, List<String> limits, String sandboxFailure) {
  /** The name of the file. */
  static final String FILE = "report.json";

  /** The name of the trace's file. */
  static final String TRACE_FILE = "trace";

  /** Copies the lists. */
  public WorkerReport {
    exits = List.copyOf(exits);
    limits = List.copyOf(limits);
  }
}
