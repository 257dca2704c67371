package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Reads the trace file that a command was given. */
final class StoredTrace {
  private StoredTrace() {}

  /** Reads a trace; throws a usage error if there is no such file, or it is another file. */
  static Trace read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("found no file " + file + ", expected a trace file");
    }
    if (!TraceFile.isTrace(file)) {
      throw new UsageException(
          "found " + file + ", expected a trace file written by `run --trace` or `suite --trace`");
    }
    return TraceFile.read(file);
  }
}
