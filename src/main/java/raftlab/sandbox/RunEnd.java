package raftlab.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import raftlab.cluster.process.UsageLimit;
import raftlab.wire.Id;

/**
 * How a run in a worker ended. Its verdict comes from the trace; this says what the trace can't.
 *
 * @param fault whose fault it is that the run ended early; {@link Fault#NONE} if it didn't
 * @param replica the replica that ended unexpectedly, the first one if there are several; empty if
 *     none did
 * @param exitCode its exit code, or that of the worker if the worker failed; 0 otherwise
 * @param signal the signal that ended it; 0 if none did
 * @param limit the limit that it exceeded
 * @param reason what went wrong, in words; empty if nothing did
 * @param trace the trace; empty if there is none, so that the run proves nothing
 * @param log what the worker printed
 */
public record RunEnd(
    Fault fault,
    Optional<Id> replica,
    int exitCode,
    int signal,
    Optional<UsageLimit> limit,
    String reason,
    Optional<Path> trace,
    List<String> log) {
  /** Copies the list. */
  public RunEnd {
    log = List.copyOf(log);
  }

  /** The signal of an exit code; 0 if it is none. */
  static int signalOf(int exitCode) {
    return exitCode > 128 && exitCode <= 128 + 64 ? exitCode - 128 : 0;
  }

  /** A run without a trace. */
  static RunEnd failed(Fault fault, int exitCode, String reason, List<String> log) {
    return new RunEnd(
        fault,
        Optional.empty(),
        exitCode,
        signalOf(exitCode),
        Optional.empty(),
        reason,
        Optional.empty(),
        log);
  }
}
