package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.Bug;
import raftlab.suite.BugHunt;
import raftlab.suite.Suite;

/** Writes the traces of the runs that caught bugs. */
final class BugTraces {
  private final @Nullable Path folder;
  private final TraceNames names;
  private final List<FailedRunTraces> written = new CopyOnWriteArrayList<>();

  /**
   * Creates a writer.
   *
   * @param folder the folder; null to write nothing
   */
  BugTraces(@Nullable Path folder, List<Suite> suites) {
    this.folder = folder;
    this.names =
        new TraceNames(suites.stream().flatMap(each -> each.scenarios().stream()).toList());
  }

  /** Lets a hunt write its traces. */
  void addTo(Bug bug, BugHunt hunt) {
    if (folder != null) {
      FailedRunTraces traces = FailedRunTraces.ofCaught(folder, bug.name(), names);
      written.add(traces);
      hunt.setTraceConsumer(traces);
    }
  }

  /** Reports why a trace could not be written, if any. */
  void throwWriteError() throws IOException {
    for (FailedRunTraces each : written) {
      each.throwWriteError();
    }
  }
}
