package raftlab.sandbox;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command that starts a worker, and the files that it needs. */
final class WorkerCommand {
  private static final long MEBIBYTE = 1 << 20;
  private static final long MAX_HEAP_MEBIBYTES = 1_024;

  /** The class-data archive that the build puts beside the jar; a worker starts faster with it. */
  private static final String ARCHIVE = "raftlab.jsa";

  private WorkerCommand() {}

  /** The files and folders that the worker's JVM reads. */
  static List<Path> files() {
    List<Path> files = new ArrayList<>(classPath());
    files.add(javaHome());
    Path archive = archive();
    if (Files.exists(archive)) {
      files.add(archive);
    }
    return files;
  }

  /** Where the JDK is. */
  static Path javaHome() {
    return Path.of(System.getProperty("java.home")).toAbsolutePath();
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }

  private static Path archive() {
    return classPath().get(0).resolveSibling(ARCHIVE);
  }

  /**
   * The command.
   *
   * @param request the file with the request, as the worker sees it
   * @param temporary the worker's temporary folder
   */
  static List<String> of(Path request, Path temporary) {
    List<String> words =
        new ArrayList<>(
            List.of(
                javaHome().resolve("bin/java").toString(),
                "-Xmx" + heapMebibytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temporary));
    if (Files.exists(archive())) {
      // The JVM silently ignores an archive of another JDK or another jar.
      words.add("-XX:SharedArchiveFile=" + archive());
      words.add("-Xlog:disable");
    }
    words.add("-cp");
    words.add(String.join(File.pathSeparator, classPath().stream().map(Path::toString).toList()));
    words.addAll(List.of("raftlab.Main", WorkerMain.COMMAND, request.toString()));
    return words;
  }

  private static long heapMebibytes() {
    return Math.min(MAX_HEAP_MEBIBYTES, memoryBytes() / MEBIBYTE / 2);
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
