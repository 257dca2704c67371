package raftlab.cluster.virtual;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces pyenv's scripts by the Python that they start. The scripts take longer than Python
 * itself, at each start of a replica.
 */
final class PythonShims {
  private static final Map<String, String> RESOLVED = new ConcurrentHashMap<>();

  private PythonShims() {}

  /** Returns a search path without the detour. */
  static String resolved(String path) {
    return RESOLVED.computeIfAbsent(path, PythonShims::resolve);
  }

  private static String resolve(String path) {
    for (String folder : path.split(File.pathSeparator)) {
      Path python = Path.of(folder.isEmpty() ? "." : folder, "python3");
      if (Files.isExecutable(python)) {
        return folder.endsWith("/shims") ? python(python) + path : path;
      }
    }
    return path;
  }

  /** Returns the folder of the Python that a script starts, with a separator; empty if unknown. */
  private static String python(Path shim) {
    try {
      Process process =
          new ProcessBuilder(shim.toString(), "-c", "import sys; print(sys.executable)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String name =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Path folder = Path.of(name).getParent();
      return folder == null || !Files.isExecutable(Path.of(name))
          ? ""
          : folder + File.pathSeparator;
    } catch (IOException unknown) {
      return "";
    }
  }
}
