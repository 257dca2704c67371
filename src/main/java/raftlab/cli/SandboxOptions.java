package raftlab.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import raftlab.grade.store.MachineRecord;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.Sandbox;
import raftlab.sandbox.SandboxChoice;

/** The options that say how hand-ins are isolated. */
final class SandboxOptions {
  @Option(
      names = "--sandbox",
      paramLabel = "WHEN",
      description =
          "auto (isolate hand-ins if this machine can; the default), required (else refuse to start) or none")
  private @Nullable SandboxChoice choice;

  @Option(
      names = "--sandbox-read",
      paramLabel = "DIR",
      description =
          "a folder outside /usr that hand-ins may read, such as that of a compiler; may be given several times")
  private @Nullable List<Path> readable;

  /** Whether hand-ins must be isolated, if that was given. */
  Optional<SandboxChoice> choice() {
    return Optional.ofNullable(choice);
  }

  /** The folders that hand-ins may read, if some were given; all exist. */
  Optional<List<String>> readable() {
    if (readable == null) {
      return Optional.empty();
    }
    for (Path folder : readable) {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("found no folder " + folder + ", expected one for --sandbox-read");
      }
    }
    return Optional.of(readable.stream().map(each -> each.toAbsolutePath().toString()).toList());
  }

  /** The sandbox of a grading; a warning is printed if there is none. */
  static Sandbox open(MachineRecord machine, PrintStream out, TerminalStyle style)
      throws InterruptedException {
    try {
      Sandbox sandbox =
          Sandbox.open(machine.sandbox(), machine.readable().stream().map(Path::of).toList());
      sandbox.status().warning().forEach(line -> out.println(style.error(line)));
      return sandbox;
    } catch (Sandbox.UnavailableException none) {
      throw new UsageException(Objects.requireNonNull(none.getMessage(), "it has one"));
    }
  }
}
