package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
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
  private final Predicate<RunOutcome> wanted;
  private final AtomicReference<IOException> writeError = new AtomicReference<>();

  /** Writes all failed runs to this folder. */
  FailedRunTraces(Path folder) {
    this(folder, "", outcome -> outcome.status() == Status.FAIL);
  }

  private FailedRunTraces(Path folder, String prefix, Predicate<RunOutcome> wanted) {
    this.folder = folder;
    this.prefix = prefix;
    this.wanted = wanted;
  }

  /** Writes the runs of this replica that have a wrong result. */
  static FailedRunTraces ofWrong(Path folder, StyledBug replica) {
    return new FailedRunTraces(
        folder,
        replica.style() + "-" + replica.bugName() + "-",
        outcome -> CauseReview.isWrong(replica, outcome));
  }

  @Override
  public void accept(RunOutcome outcome, Trace trace) {
    if (!wanted.test(outcome)) {
      return;
    }
    String name = prefix + outcome.scenario().name() + "-" + outcome.played().seed() + ".jsonl";
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
