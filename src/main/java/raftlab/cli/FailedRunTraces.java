package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Keeps the traces of runs that failed, a file each. */
final class FailedRunTraces implements BiConsumer<RunOutcome, Trace> {
  private final Path folder;
  private final AtomicReference<IOException> trouble = new AtomicReference<>();

  FailedRunTraces(Path folder) {
    this.folder = folder;
  }

  @Override
  public void accept(RunOutcome outcome, Trace trace) {
    if (outcome.status() != Status.FAIL) {
      return;
    }
    String name = outcome.scenario().name() + "-" + outcome.played().seed() + ".jsonl";
    try {
      TraceFile.write(trace, folder.resolve(name));
    } catch (IOException unwritable) {
      trouble.compareAndSet(null, unwritable);
    }
  }

  /** Says what kept a trace from being written, if anything did. */
  void throwTrouble() throws IOException {
    if (trouble.get() != null) {
      throw trouble.get();
    }
  }
}
