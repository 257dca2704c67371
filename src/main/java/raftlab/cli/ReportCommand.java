package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.report.html.ComparisonPage;
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
            + " diagram. Two runs of one scenario are shown side by side on one page. A page is one HTML"
            + " file that needs no network.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE|DIR",
      description =
          "the page to write, or the folder for several; by default beside each trace, with the suffix .html")
  private Path out;

  @Option(
      names = "--separate",
      description = "with two traces: write a page for each instead of one for both")
  private boolean separate;

  @Parameters(
      paramLabel = "TRACE",
      arity = "1..*",
      description = "trace files, written by `run --trace` or `suite --trace`")
  private List<Path> files;

  @Override
  public Integer call() throws ScenarioException, IOException {
    boolean isOnePage = files.size() == 1 || files.size() == 2 && !separate;
    boolean isFolder = out != null && (Files.isDirectory(out) || !isOnePage);
    if (isFolder && Files.exists(out) && !Files.isDirectory(out)) {
      throw new UsageException(
          "found --out " + out + ", which is a file, expected a folder for several pages");
    }
    if (!isFolder) {
      OutputFileCheck.check("--out", out);
    }
    List<ComparisonPage.Run> runs = new ArrayList<>();
    for (Path file : files) {
      ComparisonPage.Run run = read(file);
      runs.add(run);
      if (files.size() != 2 || separate) {
        Path page = page(file, isFolder);
        RunPage.write(run.outcome(), run.trace(), page);
        System.out.println(describe(run) + ": the picture is in " + page);
      }
    }
    if (runs.size() == 2 && !separate) {
      compare(runs.get(0), runs.get(1), isFolder);
    }
    return ExitCode.PASSED;
  }

  private static ComparisonPage.Run read(Path file) throws ScenarioException, IOException {
    Trace trace = StoredTrace.read(file);
    Scenario scenario =
        ScenarioReader.read(trace.header().scenario(), trace.header().scenarioJson());
    return new ComparisonPage.Run(RunOutcome.of(scenario, trace, 0).withSuspicion(trace), trace);
  }

  private static String describe(ComparisonPage.Run run) {
    return run.outcome().status() + "  " + run.outcome().scenario().name();
  }

  private void compare(ComparisonPage.Run first, ComparisonPage.Run second, boolean isFolder)
      throws IOException {
    String name = first.outcome().scenario().name();
    if (!name.equals(second.outcome().scenario().name())) {
      throw new UsageException(
          "found runs of "
              + name
              + " and "
              + second.outcome().scenario().name()
              + ", expected two runs of one scenario; `--separate`, or three and more traces, give each"
              + " its own page");
    }
    String pageName = nameOf(files.get(0)) + "-and-" + nameOf(files.get(1)) + ".html";
    Path page =
        out == null
            ? files.get(0).resolveSibling(pageName)
            : isFolder ? out.resolve(pageName) : out;
    ComparisonPage.write(first, second, page);
    System.out.println(
        describe(first)
            + " and "
            + second.outcome().status()
            + ": both are side by side in "
            + page);
  }

  private Path page(Path file, boolean isFolder) {
    String pageName = nameOf(file) + ".html";
    if (out == null) {
      return file.resolveSibling(pageName);
    }
    return isFolder ? out.resolve(pageName) : out;
  }

  /** The name of a trace without its suffix. */
  private static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.jsonl(\\.gz)?$", "");
  }
}
