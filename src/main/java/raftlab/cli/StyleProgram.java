package raftlab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import raftlab.bugs.StyleCatalogue;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.handin.TemporaryFolder;
import raftlab.suite.StyledBug;

/** The replica that speaks in many styles, in a temporary folder until it is closed. */
final class StyleProgram implements AutoCloseable {
  private static final long LISTING_SECONDS = 30;
  private static final String PYTHON = "python3";
  private static final String MAIN = "replica.py";

  private final TemporaryFolder folder;
  private final StyleCatalogue catalogue;

  private StyleProgram(TemporaryFolder folder, StyleCatalogue catalogue) {
    this.folder = folder;
    this.catalogue = catalogue;
  }

  /** Writes the program's files to a new folder, and asks it for its styles and bugs. */
  static StyleProgram create() throws IOException, InterruptedException {
    TemporaryFolder folder = TemporaryFolder.create("raftlab-styles-", () -> {});
    try {
      for (String file : StyleCatalogue.FILES) {
        copy(file, folder.path().resolve(file));
      }
      return new StyleProgram(
          folder,
          StyleCatalogue.parse(
              listing("--list-styles", folder.path()), listing("--list-bugs", folder.path())));
    } catch (IOException | InterruptedException | RuntimeException wrong) {
      folder.close();
      throw wrong;
    }
  }

  private static void copy(String file, Path target) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            StyleProgram.class.getResourceAsStream(StyleCatalogue.FOLDER + file),
            "the kit contains it")) {
      Files.copy(in, target);
    }
  }

  private static List<String> listing(String option, Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("listing");
    List<String> words = command(folder.resolve(MAIN), List.of(option)).words();
    Process python =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      if (!python.waitFor(LISTING_SECONDS, TimeUnit.SECONDS)) {
        throw new UsageException(
            "found no answer of "
                + String.join(" ", words)
                + " within "
                + LISTING_SECONDS
                + " s, expected its list");
      }
      int exitCode = python.exitValue();
      List<String> lines = Files.readAllLines(output);
      if (exitCode != 0) {
        throw new UsageException(
            "found exit code "
                + exitCode
                + " of "
                + String.join(" ", words)
                + ", expected 0:\n"
                + String.join("\n", lines));
      }
      return lines;
    } finally {
      python.destroyForcibly();
    }
  }

  private static ReplicaCommand command(Path program, List<String> arguments) {
    try {
      return ReplicaCommand.parse(PYTHON + " '" + program + "' " + String.join(" ", arguments));
    } catch (IllegalArgumentException noPython) {
      throw new UsageException("found no " + PYTHON + ", which runs the replicas with styles");
    }
  }

  /** Its styles and bugs. */
  StyleCatalogue catalogue() {
    return catalogue;
  }

  /** The process world with these replicas. */
  World world(StyledBug replica) {
    List<String> arguments =
        replica
            .bug()
            .map(bug -> List.of("--style", replica.style(), "--bug", bug))
            .orElseGet(() -> List.of("--style", replica.style()));
    return new ProcessWorld(command(folder.path().resolve(MAIN), arguments));
  }

  @Override
  public void close() {
    folder.close();
  }
}
