package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import raftlab.dialect.CorrectionFile;
import raftlab.dialect.Corrections;
import raftlab.dialect.Dialect;
import raftlab.dialect.MessageReader;
import raftlab.dialect.MessageReader.Source;
import raftlab.report.DialectJson;
import raftlab.report.DialectText;
import raftlab.report.OutcomeJson;
import raftlab.report.TerminalStyle;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Trace;

/** Shows how the messages between the replicas of a run are read. */
@Command(
    name = "dialect",
    description =
        "Shows what raftlab learned about the messages between the replicas of a stored run: which are RequestVote, AppendEntries or their replies, what their fields mean, and how far the run confirms this.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 the trace was read, whatever was learned,%n"
          + "  2 usage error, no trace file, or an invalid dialect file.%n"
    })
final class DialectCommand implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "also write it to this file as JSON")
  private Path jsonFile;

  @Option(
      names = "--dialect-file",
      paramLabel = "FILE",
      description =
          "a file that says what messages and fields mean; default: raftlab-dialect.json beside the replica's program, if it exists")
  private Path correctionFile;

  @Parameters(
      paramLabel = "TRACE",
      description = "a trace file, as `run --trace` or `suite --trace` writes it")
  private Path file;

  @Override
  public Integer call() throws ScenarioException, IOException {
    OutputFileCheck.check("--json", jsonFile);
    Trace trace = StoredTrace.read(file);
    Corrections corrections =
        correctionFile == null
            ? CorrectionFileCheck.beside(trace.header().replicaCommand())
            : CorrectionFile.read(correctionFile);
    Dialect dialect = Dialect.of(trace, corrections);
    CorrectionFileCheck.warn(dialect.problems());
    Source source = MessageReader.source(trace, dialect);
    DialectText.of(dialect, source, TerminalStyle.ofStdout()).forEach(System.out::println);
    if (jsonFile != null) {
      OutcomeJson.write(DialectJson.of(dialect, source), jsonFile);
    }
    return ExitCode.PASSED;
  }
}
