package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.report.html.RunPage;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** Writes the picture of stored runs as HTML pages. */
@Command(
    name = "report",
    description =
        "Writes a page with the picture of each stored run: the verdict, its evidence, and a time-space"
            + " diagram. A page is one HTML file that needs no network.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE|DIR",
      description =
          "the page to write, or the folder for several; by default beside each trace, with the suffix .html")
  private Path out;

  @Parameters(
      paramLabel = "TRACE",
      arity = "1..*",
      description = "trace files, written by `run --trace` or `suite --trace`")
  private List<Path> files;

  @Override
  public Integer call() throws ScenarioException, IOException {
    boolean isFolder = out != null && (Files.isDirectory(out) || files.size() > 1);
    if (isFolder && Files.exists(out) && !Files.isDirectory(out)) {
      throw new UsageException(
          "found --out " + out + ", which is a file, expected a folder for several pages");
    }
    if (!isFolder) {
      OutputFileCheck.check("--out", out);
    }
    for (Path file : files) {
      Trace trace = StoredTrace.read(file);
      Scenario scenario =
          ScenarioReader.read(trace.header().scenario(), trace.header().scenarioJson());
      RunOutcome outcome = RunOutcome.of(scenario, trace, 0).withSuspicion(trace);
      Path page =
          out == null || isFolder ? pageOf(isFolder ? out.resolve(file.getFileName()) : file) : out;
      RunPage.write(outcome, trace, page);
      System.out.println(
          outcome.status() + "  " + outcome.scenario().name() + ": the picture is in " + page);
    }
    return ExitCode.PASSED;
  }

  /** The page of a trace: the same name with another suffix. */
  private static Path pageOf(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl(\\.gz)?$", "");
    return file.resolveSibling(name + ".html");
  }
}
