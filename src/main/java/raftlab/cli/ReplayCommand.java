package raftlab.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.explain.Explanation;
import raftlab.judge.Judgement;
import raftlab.report.EventColumns;
import raftlab.report.EventFilter;
import raftlab.report.MessageListText;
import raftlab.report.StoredRunText;
import raftlab.report.TerminalStyle;
import raftlab.report.TerminalWidth;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** Shows a stored run, or plays it again. */
@Command(
    name = "replay",
    description = "Shows a run stored by `run --trace` or `suite --trace`, or plays it again.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ReplayCommand implements Callable<Integer> {
  @Option(
      names = {"-v", "--verbose"},
      description = "also show the state changes that replicas report")
  private boolean verbose;

  @Mixin private EventFilterOptions selectionOptions;

  @Option(
      names = "--columns",
      description =
          "show the events in one column for each replica, without heartbeats; see --from, --to,"
              + " --about, --type")
  private boolean columns;

  @Option(names = "--heartbeats", description = "with --columns: also show heartbeats")
  private boolean heartbeats;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "with --columns: the width in characters; default: that of the terminal, or 80")
  private Integer width;

  @Option(
      names = "--again",
      description =
          "play the run again and compare: in the simulated world the result is identical; with"
              + " processes the requests, faults and losses are the same, but not the timing")
  private boolean again;

  @Option(
      names = {"-r", "--replica"},
      paramLabel = "CMD",
      description = "with --again: the replica's program; default: that of the trace")
  private String replica;

  @Parameters(paramLabel = "TRACE", description = "the trace file")
  private Path file;

  @Override
  public Integer call() throws ScenarioException, IOException {
    if ((heartbeats || width != null) && !columns) {
      throw new UsageException(
          "found --heartbeats or --width without --columns, expected both or neither");
    }
    if (width != null && (width < 40 || width > 1000)) {
      throw new UsageException("found --width " + width + ", expected 40 to 1000");
    }
    if (replica != null && !again) {
      throw new UsageException("found --replica without --again, expected both or neither");
    }
    Trace trace = StoredTrace.read(file);
    EventFilter selection = selectionOptions.eventFilter(false, columns);
    Scenario scenario =
        ScenarioReader.read(trace.header().scenario(), trace.header().scenarioJson());
    if (again) {
      return new RunReplayer(trace, scenario, replica).play(file);
    }
    String complaint = MessageListText.complaint(trace, selection);
    if (!complaint.isEmpty()) {
      throw new UsageException(complaint);
    }
    if (columns) {
      return printColumns(trace, selection);
    }
    Judgement judgement = Judgement.of(scenario, trace);
    StoredRunText.ViewOptions view =
        new StoredRunText.ViewOptions(verbose, selectionOptions.messages(), selection);
    PrintStream out =
        new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
    StoredRunText.print(
        trace,
        judgement,
        Explanation.of(scenario, trace, judgement),
        view,
        TerminalStyle.ofStdout(),
        out::println);
    out.flush();
    return ExitCode.of(judgement.status());
  }

  private int printColumns(Trace trace, EventFilter selection) {
    PrintStream out =
        new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
    EventColumns.of(
            trace,
            new EventColumns.Options(
                selection, heartbeats, width == null ? TerminalWidth.ofStdout() : width, 0),
            TerminalStyle.ofStdout())
        .forEach(out::println);
    out.flush();
    return ExitCode.PASSED;
  }
}
