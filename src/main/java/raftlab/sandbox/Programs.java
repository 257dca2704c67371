package raftlab.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs of the system. */
public final class Programs {
  /** Where hand-ins find programs, whatever the grader's own path. */
  public static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Programs() {}

  /** Whether this program is on the path. */
  static boolean exist(String name) {
    return find(name, System.getenv().getOrDefault("PATH", "")).isPresent();
  }

  /** Finds a program on a path. */
  public static Optional<Path> find(String name, String path) {
    for (String folder : path.split(File.pathSeparator)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return Optional.of(program.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
