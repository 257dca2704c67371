package raftlab.cluster.virtual;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the supervisor's program. The jar has its sources, and the program if the build had a C
 * compiler. The program is kept in the user's cache, under a name made from its sources.
 */
public final class SupervisorProgram {
  private static final List<String> SOURCES =
      List.of(
          "supervisor.h",
          "call.c",
          "clock.c",
          "filter.c",
          "futex.c",
          "golang.c",
          "identity.c",
          "launch.c",
          "main.c",
          "mem.c",
          "net.c",
          "schedule.c",
          "task.c",
          "wait.c");

  private static final long COMPILE_SECONDS = 60;
  private static final long CHECK_SECONDS = 20;
  private static @Nullable Path found;

  private SupervisorProgram() {}

  /**
   * Returns the program; compiles it if necessary.
   *
   * @throws SupervisorException if this machine can't compile or run it
   */
  public static synchronized Path find() {
    Path program = found;
    if (program == null) {
      program = findOrMake();
      found = program;
    }
    return program;
  }

  private static Path findOrMake() {
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "");
    if (!system.equals("Linux") || !processor.equals("amd64")) {
      throw new SupervisorException(
          "the virtual world needs Linux on x86-64, found "
              + system
              + " on "
              + processor
              + "; use --world process");
    }
    try {
      Map<String, byte[]> sources = sources();
      Path program = cacheFolder().resolve("supervisor-" + key(sources));
      if (!Files.isExecutable(program)) {
        make(program, sources);
        check(program);
      }
      return program;
    } catch (IOException broken) {
      throw new SupervisorException(
          "the virtual world's supervisor can't be stored: " + broken.getMessage());
    }
  }

  private static Map<String, byte[]> sources() throws IOException {
    Map<String, byte[]> sources = new TreeMap<>();
    for (String name : SOURCES) {
      byte[] source = resource("src/" + name);
      if (source == null) {
        throw new IOException("the jar lacks " + name);
      }
      sources.put(name, source);
    }
    return sources;
  }

  private static byte @Nullable [] resource(String name) throws IOException {
    try (InputStream in = SupervisorProgram.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static String key(Map<String, byte[]> sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      sources.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Path cacheFolder() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache != null && cache.startsWith("/")
            ? Path.of(cache, "raftlab")
            : Path.of(System.getProperty("user.home", "/"), ".cache", "raftlab");
    try {
      return Files.createDirectories(folder);
    } catch (IOException readOnly) {
      Path own = Files.createTempDirectory("raftlab-supervisor-");
      own.toFile().deleteOnExit();
      return own;
    }
  }

  /** Unpacks or compiles the program beside its place, then renames it. */
  private static void make(Path program, Map<String, byte[]> sources) throws IOException {
    Path folder = Files.createTempDirectory(program.getParent(), "make-");
    try {
      Path made = folder.resolve("supervisor");
      byte[] packed = resource("supervisor-" + key(sources));
      if (packed != null) {
        Files.write(made, packed);
      } else {
        compile(folder, made, sources);
      }
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(made, program, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      for (String name : sources.keySet()) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder.resolve("supervisor"));
      Files.deleteIfExists(folder);
    }
  }

  private static void compile(Path folder, Path made, Map<String, byte[]> sources)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-std=gnu11", "-o"));
    command.add(made.toString());
    for (Map.Entry<String, byte[]> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.write(file, source.getValue());
      if (source.getKey().endsWith(".c")) {
        command.add(file.toString());
      }
    }
    Output output;
    try {
      output = run(command, COMPILE_SECONDS);
    } catch (IOException noCompiler) {
      throw new SupervisorException(
          "the virtual world needs a C compiler, and there is no gcc; install it"
              + " (Debian: apt-get install gcc libc6-dev), or use --world process");
    }
    if (output.exitCode != 0) {
      throw new SupervisorException(
          "gcc can't compile the virtual world's supervisor: "
              + output.text.lines().findFirst().orElse("no output"));
    }
  }

  /**
   * Runs a program under the supervisor.
   *
   * @throws SupervisorException if that fails; the message says what to do
   */
  public static void check(Path program) {
    String why;
    try {
      Output output = run(List.of(program.toString(), "--check"), CHECK_SECONDS);
      if (output.exitCode == 0) {
        return;
      }
      why = output.text.strip();
    } catch (IOException cantRun) {
      why = String.valueOf(cantRun.getMessage());
    }
    throw new SupervisorException(
        String.format(
            Locale.ROOT,
            "the virtual world can't run here: %s. It needs Linux 5.14 or newer, and a container"
                + " that allows seccomp and process_vm_readv; use --world process",
            why));
  }

  private record Output(int exitCode, String text) {}

  private static Output run(List<String> command, long seconds) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try {
      // Its input stays open: a supervisor ends when it is closed.
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      return new Output(ended ? process.exitValue() : -1, text);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return new Output(-1, "interrupted");
    } finally {
      process.destroyForcibly();
    }
  }
}
