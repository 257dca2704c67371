package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import raftlab.dialect.Dialect;
import raftlab.report.DialectText;
import raftlab.trace.TraceFile;

/** Shows how the messages between the replicas of a run were understood. */
@Command(
    name = "dialect",
    description =
        "Shows how raftlab understands the messages between the replicas of a run: which are vote requests, votes, appends and replies, what their fields mean, and how far the run confirmed this.",
    mixinStandardHelpOptions = true,
    footer = {"", ExitCode.HELP})
final class DialectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TRACE",
      description = "a trace, as `run --trace` or `suite --trace` writes it")
  private Path file;

  @Override
  public Integer call() throws IOException {
    DialectText.of(Dialect.of(TraceFile.read(file))).forEach(System.out::println);
    return ExitCode.PASSED;
  }
}
