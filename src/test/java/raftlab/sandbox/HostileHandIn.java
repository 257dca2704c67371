package raftlab.sandbox;

import static raftlab.cluster.process.UsageLimits.REPLICA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;

/**
 * A hostile hand-in of {@code src/test/resources/hostile}, and what must become of it.
 *
 * @param limits what a replica or the build may use
 * @param fault whose fault the end must be
 * @param limit the limit that it must exceed; empty if none
 * @param says whether it prints what it found: {@code contained} or {@code ESCAPED}
 */
record HostileHandIn(
    String name, UsageLimits limits, Fault fault, Optional<UsageLimit> limit, boolean says) {
  static final Path FOLDER = Path.of("src/test/resources/hostile");
  private static final Path CORRECT = Path.of("handin/python-correct/4700kvstore");

  /** The run doesn't need to pass. */
  private static final String SCENARIO =
      """
      {"title": "short", "lifetime": 100, "replicas": %d, "start_wait": 0, "end_wait": 0, "steps": [
        {"until": "leader", "within": 30}, {"wait": %s}]}
      """;

  private static final long MEBIBYTE = 1 << 20;
  private static final UsageLimits SMALL_BUILD =
      UsageLimits.BUILD.withMemory(256 * MEBIBYTE).withDisk(100 * MEBIBYTE).withProcesses(50);

  /** Those that look for something and change nothing: many of them fit into one run. */
  static final List<HostileHandIn> QUIET =
      Stream.of(
              "kills-everything",
              "reads-others",
              "opens-network",
              "writes-results",
              "deletes-own-folder",
              "time-bomb",
              "talks-to-other-runs",
              "opens-many-files",
              "gains-rights",
              "reads-worker")
          .map(name -> new HostileHandIn(name, REPLICA, Fault.NONE, Optional.empty(), true))
          .toList();

  /** Those that leave or kill processes, which fit into the same run. */
  static final List<HostileHandIn> QUIET_TOO =
      List.of(
          harmless("ignores-sigterm", REPLICA),
          harmless("daemonizes", REPLICA),
          harmless("kills-all-at-once", REPLICA));

  /** Those that need a run of their own. */
  static final List<HostileHandIn> LOUD =
      List.of(
          harmless("fork-bomb", REPLICA.withProcesses(40)),
          ended("fills-memory", REPLICA.withMemory(128 * MEBIBYTE), UsageLimit.MEMORY),
          ended("floods-output", REPLICA.withOutput(10 * MEBIBYTE), UsageLimit.OUTPUT),
          failed("blames-the-kit"));

  /** The same, but played only with all. */
  static final List<HostileHandIn> LOUD_TOO =
      List.of(
          harmless("fills-disk-silently", REPLICA.withDisk(20 * MEBIBYTE)),
          ended("fills-disk", REPLICA.withDisk(20 * MEBIBYTE), UsageLimit.DISK),
          ended("burns-processor", REPLICA.withProcessorSeconds(1), UsageLimit.PROCESSOR),
          failed("blames-the-machine"));

  /** Those that attack in the build. */
  static final List<HostileHandIn> BUILDS =
      List.of(
          failed("build-never-ends"),
          new HostileHandIn(
              "build-fills-disk",
              SMALL_BUILD,
              Fault.SUBMISSION,
              Optional.of(UsageLimit.DISK),
              false),
          new HostileHandIn(
              "build-writes-one-file",
              SMALL_BUILD,
              Fault.SUBMISSION,
              Optional.of(UsageLimit.DISK),
              false),
          failed("build-fork-bomb"),
          new HostileHandIn(
              "build-fills-memory",
              SMALL_BUILD,
              Fault.SUBMISSION,
              Optional.of(UsageLimit.MEMORY),
              false),
          new HostileHandIn(
              "build-floods-output",
              SMALL_BUILD.withOutput(MEBIBYTE),
              Fault.SUBMISSION,
              Optional.of(UsageLimit.OUTPUT),
              false),
          harmless("build-leaves-daemon", SMALL_BUILD),
          new HostileHandIn("build-reads-others", SMALL_BUILD, Fault.NONE, Optional.empty(), true),
          harmless("build-makes-links", SMALL_BUILD),
          harmless("build-makes-setuid", SMALL_BUILD));

  private static HostileHandIn harmless(String name, UsageLimits limits) {
    return new HostileHandIn(name, limits, Fault.NONE, Optional.empty(), false);
  }

  private static HostileHandIn ended(String name, UsageLimits limits, UsageLimit limit) {
    return new HostileHandIn(name, limits, Fault.SUBMISSION, Optional.of(limit), false);
  }

  private static HostileHandIn failed(String name) {
    return new HostileHandIn(
        name,
        name.startsWith("build") ? SMALL_BUILD : REPLICA,
        Fault.SUBMISSION,
        Optional.empty(),
        false);
  }

  /** Those with a run of their own. */
  static List<HostileHandIn> alone(boolean all) {
    List<HostileHandIn> alone = new ArrayList<>(LOUD);
    if (all) {
      alone.addAll(LOUD_TOO);
      alone.addAll(allQuiet());
    }
    return alone;
  }

  static List<HostileHandIn> allQuiet() {
    List<HostileHandIn> all = new ArrayList<>(QUIET);
    all.addAll(QUIET_TOO);
    return all;
  }

  /**
   * The steps of its run: a replica that exceeds a limit ends the run, however busy the machine.
   */
  String scenario(int replicas) {
    return String.format(Locale.ROOT, SCENARIO, replicas, limit.isPresent() ? 60 : 1.5);
  }

  /** The first line of its comment: what it does. */
  String description() throws IOException {
    Path file = FOLDER.resolve(name).resolve(isBuild() ? "Makefile" : "4700kvstore");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("# "))
        .findFirst()
        .orElseThrow()
        .substring(2);
  }

  /** The time limit of its build. */
  Duration buildBound() {
    return Duration.ofSeconds(name.equals("build-never-ends") ? 2 : 100);
  }

  boolean isBuild() {
    return name.startsWith("build");
  }

  /** Copies it, with the correct replica beside it. */
  Path copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(FOLDER.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.copy(CORRECT, folder.resolve("replica"), StandardCopyOption.COPY_ATTRIBUTES);
    return folder;
  }

  /**
   * Makes a hand-in in which each replica but the first is another one of the quiet ones. Each
   * believes to be replica 0001.
   */
  static Path allQuiet(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder launcher = new StringBuilder("#!/bin/sh\nexport WORDS=\"$*\"\ncase $2 in\n");
    int id = 0;
    for (HostileHandIn each : allQuiet()) {
      Files.copy(
          FOLDER.resolve(each.name).resolve("4700kvstore"),
          folder.resolve(each.name),
          StandardCopyOption.COPY_ATTRIBUTES);
      launcher.append(String.format(Locale.ROOT, "%04X) attack=%s;;%n", ++id, each.name));
    }
    launcher.append("*) exec sh ./replica;;\nesac\nport=$1\nshift 2\n");
    launcher.append("exec ./$attack \"$port\" 0001 \"$@\"\n");
    script(folder.resolve("4700kvstore"), launcher.toString());
    // Wherever an attack copies this to.
    script(folder.resolve("replica"), "#!/bin/sh\nexec /handin/correct $WORDS\n");
    Files.copy(CORRECT, folder.resolve("correct"), StandardCopyOption.COPY_ATTRIBUTES);
    return folder;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " can't be made executable");
    }
  }
}
