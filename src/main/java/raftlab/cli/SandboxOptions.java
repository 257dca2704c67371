package raftlab.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.Sandbox;
import raftlab.sandbox.SandboxChoice;

/** The options that say how hand-ins are isolated. */
final class SandboxOptions {
  @Option(
      names = "--sandbox",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "auto (isolate hand-ins if this machine can; the default), required (else refuse to start) or none")
  private SandboxChoice choice;

  @Option(
      names = "--sandbox-read",
      paramLabel = "DIR",
      description =
          "a folder outside /usr that hand-ins may read, such as that of a compiler; may be given several times")
  private List<Path> readable = new ArrayList<>();

  /** The sandbox; a warning is printed if there is none. */
  Sandbox open(PrintStream out, TerminalStyle style) throws InterruptedException {
    for (Path folder : readable) {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("found no folder " + folder + ", expected one for --sandbox-read");
      }
    }
    try {
      Sandbox sandbox = Sandbox.open(choice, readable);
      sandbox.status().warning().forEach(line -> out.println(style.error(line)));
      return sandbox;
    } catch (Sandbox.UnavailableException none) {
      throw new UsageException(Objects.requireNonNull(none.getMessage(), "it has one"));
    }
  }
}
