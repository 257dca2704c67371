package raftlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import raftlab.report.TerminalStyle;
import raftlab.scenario.FileProblem;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.SuiteReader;

/** Reports all problems of files, without playing them. */
@Command(
    name = "check",
    description = "Reports all problems in scenario files, each as FILE:LINE:COLUMN.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class ScenarioCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "scenario files, folders of them, or folders of suites")
  private List<Path> files;

  /** Each problem once: a suite also reports the problems of its scenarios. */
  private final Set<FileProblem> problems = new LinkedHashSet<>();

  private final Set<String> warnings = new LinkedHashSet<>();
  private int fine;

  @Override
  public Integer call() {
    files.forEach(this::check);
    TerminalStyle style = TerminalStyle.ofStdout();
    problems.forEach(System.out::println);
    warnings.forEach(warning -> System.out.println(style.warning("warning: ") + warning));
    long bad = problems.stream().map(FileProblem::file).distinct().count();
    System.out.println(
        (fine == 1 ? "1 file is valid" : fine + " files are valid")
            + (bad == 0 ? "" : bad == 1 ? ", 1 is not" : ", " + bad + " are not"));
    return problems.isEmpty() ? ExitCode.PASSED : ExitCode.USAGE;
  }

  private void check(Path file) {
    try {
      if (Files.isDirectory(file)) {
        folder(file);
      } else if (SuiteReader.isIndex(file)) {
        Path folder = file.getParent();
        suite(folder == null ? Path.of(".") : folder);
      } else if (!SuiteReader.isSchema(file)) {
        Scenario scenario = ScenarioReader.read(file);
        warnings.addAll(scenario.warnings());
        fine++;
      }
    } catch (ScenarioException e) {
      problems.addAll(e.problems());
    }
  }

  /** Its files one by one, to count the valid ones, then the suite as a whole. */
  private void folder(Path folder) throws ScenarioException {
    List<String> suites = SuiteReader.names(folder);
    suites.forEach(suite -> check(folder.resolve(suite)));
    if (suites.isEmpty()) {
      SuiteReader.scenariosIn(folder).forEach(this::check);
    }
    if (Files.exists(folder.resolve(SuiteReader.INDEX))) {
      suite(folder);
    }
  }

  private void suite(Path folder) throws ScenarioException {
    warnings.addAll(SuiteReader.read(folder.toString(), Path.of("")).warnings());
    fine++;
  }
}
