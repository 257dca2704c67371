package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Writes the traces of failed runs, one file each. */
final class FailedRunTraces implements BiConsumer<RunOutcome, Trace> {
  private final Path folder;
  private final AtomicReference<IOException> writeError = new AtomicReference<>();

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
