package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;

/** Finds out from the end of a worker what happened, and whose fault it is. */
final class WorkerEnd {
  /**
   * The signals by which others end a worker: SIGHUP, SIGINT, SIGKILL, SIGTERM; and SIGBUS, which a
   * JVM gets on a full disk. Other signals are those of a JVM that failed.
   */
  private static final Set<Integer> OUTSIDE = Set.of(1, 2, 7, 9, 15);

  /** What the system says when it has no more memory, processes or disk. */
  private static final List<String> EXHAUSTED =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Cannot allocate memory",
          "Resource temporarily unavailable",
          "Too many open files");

  private WorkerEnd() {}

  /**
   * How a run ended.
   *
   * @param results the folder with what the worker wrote
   * @param neverRan whether the worker's sandbox could not be made
   * @param notes what it said while it played
   */
  static RunEnd of(
      HelperResult result, Path results, UsageLimits limits, boolean neverRan, WorkerNotes notes) {
    List<String> log = result.output().stream().filter(line -> !WorkerNotes.isNote(line)).toList();
    if (result.timedOut()) {
      return RunEnd.failed(Fault.KIT, result.exitCode(), "the worker did not end in time", log);
    }
    if (neverRan) {
      return RunEnd.failed(
          faultOf(log),
          result.exitCode(),
          "the worker's sandbox could not be made: " + String.join(" ", log),
          log);
    }
    int signal = RunEnd.signalOf(result.exitCode());
    boolean isExhausted = OUTSIDE.contains(signal) || faultOf(log) == Fault.MACHINE;
    Optional<WorkerNotes.Excess> excess = notes.first();
    if (isExhausted && excess.isPresent()) {
      return exhausted(excess.get(), result.exitCode(), limits, log);
    }
    if (OUTSIDE.contains(signal)) {
      return RunEnd.failed(
          Fault.MACHINE,
          result.exitCode(),
          "the worker was ended by signal " + signal + ", which came from outside",
          log);
    }
    if (result.exitCode() != 0) {
      String last = log.isEmpty() ? "" : ": " + log.get(log.size() - 1);
      return RunEnd.failed(
          faultOf(log),
          result.exitCode(),
          "the worker failed with exit code " + result.exitCode() + last,
          log);
    }
    try {
      return withTrace(
          RecordFile.read(WorkerReport.class, results.resolve(WorkerReport.FILE)),
          results,
          limits,
          log);
    } catch (IOException lost) {
      return RunEnd.failed(Fault.KIT, 0, "the worker wrote no result: " + lost.getMessage(), log);
    }
  }

  /** The worker ended because a replica had used up what both share. */
  private static RunEnd exhausted(
      WorkerNotes.Excess excess, int exitCode, UsageLimits limits, List<String> log) {
    return new RunEnd(
        Fault.SUBMISSION,
        Optional.of(excess.replica()),
        exitCode,
        RunEnd.signalOf(exitCode),
        Optional.of(excess.limit()),
        "replica "
            + excess.replica()
            + " "
            + excess.limit().exceeded(limits)
            + ", which ended the run",
        Optional.empty(),
        log);
  }

  private static Fault faultOf(List<String> log) {
    return log.stream().anyMatch(line -> EXHAUSTED.stream().anyMatch(line::contains))
        ? Fault.MACHINE
        : Fault.KIT;
  }

  private static RunEnd withTrace(
      WorkerReport report, Path results, UsageLimits limits, List<String> log) throws IOException {
    Path trace = results.resolve(WorkerReport.TRACE_FILE);
    if (!Files.isRegularFile(trace)) {
      throw new IOException("there is no trace");
    }
    HostUser.takeBack(results);
    HostUser.takeBack(trace);
    if (!report.sandboxFailure().isEmpty()) {
      return RunEnd.failed(Fault.KIT, 1, report.sandboxFailure(), log);
    }
    Optional<Id> replica = report.exits().stream().findFirst().map(WorkerEnd::replica);
    int exitCode =
        report.exits().stream().findFirst().map(each -> Integer.parseInt(value(each))).orElse(0);
    Optional<UsageLimit> limit =
        report.limits().stream()
            .filter(each -> replica.isEmpty() || replica(each).equals(replica.get()))
            .findFirst()
            .map(each -> UsageLimit.valueOf(value(each)));
    boolean endedEarly =
        report.end() == EndReason.REPLICA_DIED || report.end() == EndReason.NOT_STARTED;
    return new RunEnd(
        endedEarly || limit.isPresent() ? Fault.SUBMISSION : Fault.NONE,
        replica,
        exitCode,
        RunEnd.signalOf(exitCode),
        limit,
        reason(replica, exitCode, limit, limits, endedEarly),
        Optional.of(trace),
        log);
  }

  private static String reason(
      Optional<Id> replica,
      int exitCode,
      Optional<UsageLimit> limit,
      UsageLimits limits,
      boolean endedEarly) {
    String who = replica.map(id -> "replica " + id).orElse("a replica");
    if (limit.isPresent()) {
      return who + " was ended because it " + limit.get().exceeded(limits);
    }
    if (!endedEarly) {
      return "";
    }
    if (replica.isEmpty()) {
      return "a replica did not start";
    }
    int signal = RunEnd.signalOf(exitCode);
    return who
        + (signal > 0 ? " was ended by signal " + signal : " exited with exit code " + exitCode);
  }

  private static Id replica(String pair) {
    return Id.parse(pair.substring(0, pair.indexOf('=')));
  }

  private static String value(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }
}
