package raftlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the kit's own files. */
final class KitHome {
  private static final String CONFIGS = "configs";

  private KitHome() {}

  /**
   * The folder of the suites: {@code configs} in the current folder, or in the checkout that this
   * program was built in, or the copy inside the jar.
   */
  static Path configs() {
    Path here = Path.of(CONFIGS);
    if (Files.isDirectory(here.resolve("course"))) {
      return here;
    }
    Path program = program();
    for (Path folder = program; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(CONFIGS).resolve("course").resolve("suite.json"))) {
        return folder.resolve(CONFIGS);
      }
    }
    return insideJar(program);
  }

  /** Where reports of suites go by default; empty if this program isn't run as the kit built it. */
  static Optional<Path> reportFolder() {
    Path jar = program().toAbsolutePath();
    Path folder = jar.getParent();
    if (folder == null || !folder.endsWith("target") || !jar.toString().endsWith(".jar")) {
      return Optional.empty();
    }
    return Files.isWritable(folder) ? Optional.of(folder.resolve("report")) : Optional.empty();
  }

  /** The shorter form of a path for users: relative to the current folder if it is in it. */
  static Path relative(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath();
    return absolute.startsWith(here) ? here.relativize(absolute) : path;
  }

  private static Path program() {
    try {
      URI uri = KitHome.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(uri);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Path insideJar(Path jar) {
    URI uri = URI.create("jar:" + jar.toUri());
    try {
      return FileSystems.newFileSystem(uri, Map.of()).getPath("/" + CONFIGS);
    } catch (FileSystemAlreadyExistsException opened) {
      return FileSystems.getFileSystem(uri).getPath("/" + CONFIGS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
