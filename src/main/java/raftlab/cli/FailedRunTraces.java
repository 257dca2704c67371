package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.suite.CauseReview;
import raftlab.suite.StyledBug;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Writes the traces of failed or otherwise wrong runs, one file each. */
final class FailedRunTraces implements BiConsumer<RunOutcome, Trace> {
  private final Path folder;
  private final String prefix;
  private final TraceNames names;
  private final Predicate<RunOutcome> wanted;
  private final AtomicReference<IOException> writeError = new AtomicReference<>();

  private FailedRunTraces(
      Path folder, String prefix, TraceNames names, Predicate<RunOutcome> wanted) {
    this.folder = folder;
    this.prefix = prefix;
    this.names = names;
    this.wanted = wanted;
  }

  /** Writes the runs of these scenarios that did not pass: failed, blocked and unknown ones. */
  static FailedRunTraces ofSuites(Path folder, TraceNames names) {
    return new FailedRunTraces(folder, "", names, outcome -> outcome.status() != Status.PASS);
  }

  /** Writes the runs that caught this bug. */
  static FailedRunTraces ofCaught(Path folder, String bug, TraceNames names) {
    return new FailedRunTraces(
        folder, bug + "-", names, outcome -> outcome.status() == Status.FAIL);
  }

  /** Writes the runs of this replica that have a wrong result. */
  static FailedRunTraces ofWrong(Path folder, StyledBug replica) {
    return new FailedRunTraces(
        folder,
        replica.style() + "-" + replica.bugName() + "-",
        new TraceNames(List.of()),
        outcome -> CauseReview.isWrong(replica, outcome));
  }

  @Override
  public void accept(RunOutcome outcome, Trace trace) {
    if (!wanted.test(outcome)) {
      return;
    }
    String name = prefix + names.of(outcome.scenario()) + "-" + outcome.played().seed() + ".jsonl";
    try {
      TraceFile.write(trace, folder.resolve(name));
    } catch (IOException unwritable) {
      writeError.compareAndSet(null, unwritable);
    }
  }

  /** Reports why a trace could not be written, if any. */
  void throwWriteError() throws IOException {
    if (writeError.get() != null) {
      throw writeError.get();
    }
  }
}
