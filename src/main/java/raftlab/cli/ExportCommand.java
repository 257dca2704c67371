package raftlab.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.report.export.ExportFormat;
import raftlab.report.export.ExportSelection;
import raftlab.trace.Trace;
import raftlab.trace.WholeFile;
import raftlab.wire.NearestWord;

/** Writes a stored run in the format of another tool. */
@Command(
    name = "export",
    description =
        "Writes a stored run in the format of another tool: shiviz (a log with vector clocks), perfetto"
            + " (trace events for ui.perfetto.dev), ndjson (a JSON object a line, for TLC and pandas), or"
            + " csv (a table of messages).",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      required = true,
      description = "shiviz, perfetto, ndjson or csv")
  private String formatName;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "the file to write; by default the standard output")
  private Path out;

  @Option(names = "--from", paramLabel = "SECONDS", description = "only events from this time on")
  private Double from;

  @Option(names = "--to", paramLabel = "SECONDS", description = "only events until this time")
  private Double to;

  @Option(
      names = "--no-heartbeats",
      description =
          "leave out heartbeats and the replies to them; ShiViz is slow with more than some 2,000 events")
  private boolean noHeartbeats;

  @Parameters(paramLabel = "TRACE", description = "a trace file")
  private Path file;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = ExportFormat.named(formatName).orElseThrow(this::unknownFormat);
    OutputFileCheck.check("--out", out);
    if (from != null && to != null && from > to) {
      throw new UsageException(
          "found --from " + from + " and --to " + to + ", expected --from to be the earlier time");
    }
    Trace trace = StoredTrace.read(file);
    ExportSelection selection =
        new ExportSelection(
            from == null ? Long.MIN_VALUE : Math.round(from * 1e6),
            to == null ? Long.MAX_VALUE : Math.round(to * 1e6),
            !noHeartbeats);
    if (out == null) {
      write(format, trace, selection, System.out);
    } else {
      WholeFile.write(out, stream -> write(format, trace, selection, stream));
    }
    return ExitCode.PASSED;
  }

  private static void write(
      ExportFormat format, Trace trace, ExportSelection selection, OutputStream stream)
      throws IOException {
    Writer text =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 15);
    format.write(trace, selection, text);
    text.flush();
  }

  private UsageException unknownFormat() {
    List<String> words = Arrays.stream(ExportFormat.values()).map(ExportFormat::word).toList();
    return new UsageException(
        "found --format "
            + formatName
            + ", expected "
            + String.join(", ", words)
            + NearestWord.of(formatName, words)
                .map(near -> "; did you mean " + near + "?")
                .orElse(""));
  }
}
