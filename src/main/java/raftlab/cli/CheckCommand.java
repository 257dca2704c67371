package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  /** The models by their names; a register of raftlab has cas, so that two names mean the same. */
  private static final Map<String, InitialState> MODELS = new TreeMap<>();

  static {
    MODELS.put("auto", InitialState.AUTO);
    MODELS.put("register", InitialState.REGISTER);
    MODELS.put("cas-register", InitialState.REGISTER);
    MODELS.put("kv", InitialState.KV);
  }

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "auto",
      description =
          "the initial value of keys: register or cas-register (nil), kv (the empty string), or auto"
              + " (the default): register for Jepsen's histories and logs, kv for other files")
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
          "a trace of raftlab, a history in JSON lines or in EDN, such as Jepsen's history.edn, or a"
              + " log of Jepsen; see src/site/markdown/histories.md")
  private List<Path> files;

  @Override
  public Integer call() {
    UsageException.requireAtLeastOne("--steps", steps);
    InitialState model = model();
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    TerminalStyle style = TerminalStyle.ofStdout();
    int exitCode = ExitCode.PASSED;
    for (Path file : files) {
      try {
        exitCode = ExitCode.worse(exitCode, ExitCode.of(check(file, model, width, style)));
      } catch (IOException unreadable) {
        System.err.println(Files.exists(file) ? unreadable.getMessage() : file + ": no such file");
        exitCode = ExitCode.worse(exitCode, ExitCode.USAGE);
      }
    }
    return exitCode;
  }

  private InitialState model() {
    InitialState model = MODELS.get(modelName);
    if (model == null) {
      Set<String> names = MODELS.keySet();
      throw new UsageException(
          "found --model "
              + modelName
              + ", expected one of "
              + String.join(", ", names)
              + NearestWord.of(modelName, names).map(w -> "; did you mean " + w + "?").orElse(""));
    }
    return model;
  }

  private Status check(Path file, InitialState model, int width, TerminalStyle style)
      throws IOException {
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
        style.status(status, 7),
        file,
        history.operations().size(),
        (System.nanoTime() - from) / 1e9,
        wrong.orElse(undecided > 0 ? "gave up after " + steps + " steps" : "linearizable"));
    return status;
  }
}
