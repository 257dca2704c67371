package raftlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The options of a {@code bwrap} command, in the order in which they act. */
final class BubblewrapCommand {
  /** The program. */
  static final String PROGRAM = "bwrap";

  /** Where programs and libraries are. On most systems all but /usr are links into it. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/usr"),
          Path.of("/bin"),
          Path.of("/sbin"),
          Path.of("/lib"),
          Path.of("/lib32"),
          Path.of("/lib64"),
          Path.of("/libx32"),
          Path.of("/nix/store"));

  /** What programs of /usr need of /etc; nothing that is secret. */
  private static final List<String> SETTINGS =
      List.of(
          "alternatives",
          "crypto-policies",
          "java*",
          "ld.so.*",
          "localtime",
          "maven*",
          "node*",
          "perl*",
          "python*",
          "ssl/certs",
          "pki/java",
          "timezone");

  private static final Path ETC = Path.of("/etc");

  private final List<String> words = new ArrayList<>(List.of(PROGRAM));

  /** The directories that exist inside. */
  private final Set<Path> directories = new TreeSet<>(Set.of(Path.of("/")));

  /** Adds options without paths. */
  BubblewrapCommand options(String... options) {
    words.addAll(Arrays.asList(options));
    return this;
  }

  /** Makes a directory, with those above it; else bwrap makes those readable for itself alone. */
  BubblewrapCommand directory(Path path) {
    Path parent = path.getParent();
    if (parent != null && !directories.contains(path)) {
      directory(parent);
      directories.add(path);
      return options("--dir", path.toString());
    }
    return this;
  }

  private BubblewrapCommand above(Path path) {
    Path parent = path.getParent();
    return parent == null ? this : directory(parent);
  }

  /** Shows a file or folder at another place, for reading. */
  BubblewrapCommand readOnly(Path source, Path place) {
    above(place);
    directories.add(place);
    return options("--ro-bind", source.toString(), place.toString());
  }

  /** Shows a file or folder at its own place, for reading. */
  BubblewrapCommand readOnly(Path path) {
    return readOnly(path, path);
  }

  /** Shows a file or folder at another place, for reading and writing. */
  BubblewrapCommand writable(Path source, Path place) {
    above(place);
    directories.add(place);
    return options("--bind", source.toString(), place.toString());
  }

  /** Makes a symbolic link. */
  BubblewrapCommand link(Path target, Path place) {
    above(place);
    return options("--symlink", target.toString(), place.toString());
  }

  /** Makes an empty folder in memory, for all users. */
  BubblewrapCommand memoryFolder(Path place, long bytes) {
    above(place);
    directories.add(place);
    return options("--perms", "1777", "--size", Long.toString(bytes), "--tmpfs", place.toString());
  }

  /** Sets a variable; all others should be cleared. */
  BubblewrapCommand variable(String name, String value) {
    return options("--setenv", name, value);
  }

  /** Shows the system's programs and libraries. */
  BubblewrapCommand system() {
    for (Path path : SYSTEM) {
      if (Files.isSymbolicLink(path)) {
        link(readLink(path), path);
      } else if (Files.isDirectory(path)) {
        readOnly(path);
      }
    }
    return this;
  }

  /**
   * Shows the settings that the system's programs need.
   *
   * @param replaced a folder with files that take the place of the system's in /etc
   */
  BubblewrapCommand settings(Path replaced) {
    for (String setting : SETTINGS) {
      entries(ETC, setting).forEach(this::readOnly);
    }
    entries(replaced, "*").forEach(file -> readOnly(file, ETC.resolve(file.getFileName())));
    return this;
  }

  private static Path readLink(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** The existing files in a folder with this name, which may be a pattern. */
  private static List<Path> entries(Path folder, String pattern) {
    if (!pattern.contains("*")) {
      Path one = folder.resolve(pattern);
      return Files.exists(one) ? List.of(one) : List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(
          entry -> {
            if (Files.exists(entry)) {
              found.add(entry);
            }
          });
    } catch (IOException notHere) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  /** Shows {@code /proc}, and a {@code /dev} without devices of the machine; both read-only. */
  BubblewrapCommand kernelFolders(long sharedMemoryBytes) {
    Path shared = Path.of("/dev/shm");
    options("--proc", "/proc", "--dev", "/dev");
    directories.add(Path.of("/proc"));
    directories.add(Path.of("/dev"));
    return memoryFolder(shared, sharedMemoryBytes).options("--remount-ro", "/dev");
  }

  /** The whole command. */
  List<String> of(List<String> command) {
    List<String> all = new ArrayList<>(words);
    all.add("--remount-ro");
    all.add("/");
    all.add("--");
    all.addAll(command);
    return all;
  }
}
