package raftlab.report.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import raftlab.trace.Trace;

/** A format of another tool. */
public enum ExportFormat {
  /** A log with vector clocks. */
  SHIVIZ("log") {
    @Override
    void write(ExportedRun run, Writer out) throws IOException {
      new ShivizExport(run, out).write();
    }
  },
  /** Chrome's trace events, which Perfetto opens. */
  PERFETTO("json") {
    @Override
    void write(ExportedRun run, Writer out) throws IOException {
      new PerfettoExport(run, out).write();
    }
  },
  /** One JSON object a line, for TLC and pandas. */
  NDJSON("ndjson") {
    @Override
    void write(ExportedRun run, Writer out) throws IOException {
      new NdjsonExport(run, out).write();
    }
  },
  /** A table of messages. */
  CSV("csv") {
    @Override
    void write(ExportedRun run, Writer out) throws IOException {
      new CsvExport(run, out).write();
    }
  };

  private final String suffix;

  ExportFormat(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the format of this name, in any case. */
  public static Optional<ExportFormat> named(String name) {
    for (ExportFormat each : values()) {
      if (each.word().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Returns its name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the usual suffix of its files, without the dot. */
  public String suffix() {
    return suffix;
  }

  /** Writes the selected events of a run. */
  public void write(Trace trace, ExportSelection selection, Writer out) throws IOException {
    write(new ExportedRun(trace, selection), out);
    out.flush();
  }

  abstract void write(ExportedRun run, Writer out) throws IOException;
}
