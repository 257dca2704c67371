package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.history.History;
import raftlab.judge.history.HistoryFile;
import raftlab.judge.history.InitialState;
import raftlab.judge.linear.LinearizabilityResult;
import raftlab.report.TerminalStyle;
import raftlab.wire.NearestWord;

/** Checks recorded histories. */
@Command(
    name = "check",
    description =
        "Checks whether histories of client operations are linearizable. Prints one line per file.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "auto",
      description =
          "the initial value of keys: register (not set), kv (the empty string), or auto (the"
              + " default): register for Jepsen logs, kv for other files")
  private String modelName;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "3000000",
      description = "the number of search steps for each key, after which the verdict is unknown")
  private long steps;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "a trace of raftlab, a history in JSON or EDN lines, or a Jepsen log of a register; see"
              + " src/site/markdown/histories.md")
  private List<Path> files;

  @Override
  public Integer call() {
    if (steps < 1) {
      throw new UsageException("found --steps " + steps + ", expected 1 or more");
    }
    InitialState model = model();
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    int exitCode = ExitCode.PASSED;
    for (Path file : files) {
      try {
        exitCode = ExitCode.worse(exitCode, ExitCode.of(check(file, model, width)));
      } catch (IOException unreadable) {
        System.err.println(Files.exists(file) ? unreadable.getMessage() : file + ": no such file");
        exitCode = ExitCode.worse(exitCode, ExitCode.USAGE);
      }
    }
    return exitCode;
  }

  private InitialState model() {
    List<String> names =
        Arrays.stream(InitialState.values()).map(m -> m.name().toLowerCase(Locale.ROOT)).toList();
    if (!names.contains(modelName)) {
      throw new UsageException(
          "found --model "
              + modelName
              + ", expected one of "
              + String.join(", ", names)
              + NearestWord.of(modelName, names).map(w -> "; did you mean " + w + "?").orElse(""));
    }
    return InitialState.valueOf(modelName.toUpperCase(Locale.ROOT));
  }

  private Status check(Path file, InitialState model, int width) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, expected a file");
    }
    long from = System.nanoTime();
    History history = HistoryFile.read(file, model);
    Map<String, LinearizabilityResult> findings = history.check(steps);
    Optional<String> wrong = history.firstContradiction(findings);
    long undecided =
        findings.values().stream().filter(LinearizabilityResult.Unknown.class::isInstance).count();
    Status status = wrong.isPresent() ? Status.FAIL : undecided > 0 ? Status.UNKNOWN : Status.PASS;
    System.out.printf(
        Locale.ROOT,
        "%s  %-" + width + "s  %6d operations  %5.2f s  %s%n",
        TerminalStyle.ofStdout().status(status, 7),
        file,
        history.operations().size(),
        (System.nanoTime() - from) / 1e9,
        wrong.orElse(undecided > 0 ? "gave up after " + steps + " steps" : "linearizable"));
    return status;
  }
}
