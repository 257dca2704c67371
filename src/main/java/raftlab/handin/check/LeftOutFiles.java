package raftlab.handin.check;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import raftlab.handin.Manifest;

/** Which files of a folder are not part of a submission. */
final class LeftOutFiles {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".svn", ".hg", ".jj");
  private static final Set<String> OF_TOOLS =
      Set.of(
          "__pycache__",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          ".idea",
          ".vscode",
          ".settings",
          ".gradle",
          ".cache",
          "__MACOSX",
          ".DS_Store");
  private static final List<String> TEMPORARY = List.of(".pyc", ".pyo", ".swp", "~");
  private static final List<String> BUILT =
      List.of(".o", ".obj", ".class", ".a", ".so", ".rlib", ".hi", ".beam");

  private LeftOutFiles() {}

  /** Why a file or folder is left out; empty if it is packed. */
  static Optional<String> reason(Path file, boolean isFolder) {
    String name = file.getFileName().toString();
    if (VERSION_CONTROL.contains(name)) {
      return Optional.of("belongs to version control, and was left out");
    }
    if (OF_TOOLS.contains(name) || name.startsWith("._")) {
      return Optional.of("belongs to an editor or a tool, and was left out");
    }
    if (isFolder) {
      return isBuildFolder(file, name)
          ? Optional.of("is made by a build tool, and was left out")
          : Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return TEMPORARY.stream().anyMatch(lower::endsWith)
        ? Optional.of("is a temporary file, and was left out")
        : Optional.empty();
  }

  /** Whether a file is a hand-in's manifest, which packing makes again. */
  static boolean isManifest(String path) {
    return path.equals(Manifest.NAME);
  }

  /** Whether a file is compiled, by its name. */
  static boolean isBuilt(String name) {
    return BUILT.stream().anyMatch(name::endsWith);
  }

  private static boolean isBuildFolder(Path folder, String name) {
    return isThere(folder, "pyvenv.cfg")
        || isThere(folder, "CACHEDIR.TAG")
        || name.equals("target")
            && (isThere(folder, "../Cargo.toml") || isThere(folder, "../pom.xml"));
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name).normalize(), LinkOption.NOFOLLOW_LINKS);
  }
}
