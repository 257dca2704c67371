package raftlab.sandbox.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import raftlab.cluster.process.HelperProcess;
import raftlab.cluster.virtual.SupervisorException;
import raftlab.cluster.virtual.SupervisorProgram;
import raftlab.sandbox.BubblewrapProbe;
import raftlab.sandbox.ControlGroups;
import raftlab.sandbox.Programs;
import raftlab.sandbox.Sandbox;

/** What the doctor looks at. */
interface Machine {
  /** The text of a file of the system, without spaces at its ends; empty if it isn't there. */
  Optional<String> file(String path);

  /** Where hand-ins in a sandbox find a program. */
  Optional<Path> systemProgram(String name);

  /** Where this user finds a program. */
  Optional<Path> userProgram(String name);

  /** The first line that a command prints; empty if it fails. */
  String firstLine(List<String> command) throws InterruptedException;

  /** Whether the sandbox works. */
  BubblewrapProbe probe() throws InterruptedException;

  /** Whether hand-ins get users of their own where there is no sandbox. */
  boolean canSeparateUsers();

  /** The control groups. */
  ControlGroups controlGroups();

  /** The free bytes of the file system of a folder. */
  long freeBytes(Path folder);

  /** How many processors there are. */
  int processors();

  /** Why the virtual world can't run; empty if it can. */
  Optional<String> virtualWorldProblem();

  /** The machine that this program runs on. */
  static Machine ofThisProgram() {
    return new Machine() {
      @Override
      public Optional<String> file(String path) {
        // Files of /proc/sys must be read at once: after the first read they are at their end.
        try (InputStream in = Files.newInputStream(Path.of(path))) {
          byte[] first = new byte[1 << 16];
          int length = Math.max(0, in.read(first));
          String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          return Optional.of((new String(first, 0, length, StandardCharsets.UTF_8) + rest).strip());
        } catch (IOException | RuntimeException notThere) {
          return Optional.empty();
        }
      }

      @Override
      public Optional<Path> systemProgram(String name) {
        return Programs.find(name, Programs.SYSTEM_PATH);
      }

      @Override
      public Optional<Path> userProgram(String name) {
        return Programs.find(name, System.getenv().getOrDefault("PATH", ""));
      }

      @Override
      public String firstLine(List<String> command) throws InterruptedException {
        List<String> lines =
            HelperProcess.run(command, Path.of("/"), Set.of(), Duration.ofSeconds(10)).output();
        return lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
      }

      @Override
      public BubblewrapProbe probe() throws InterruptedException {
        return BubblewrapProbe.run();
      }

      @Override
      public boolean canSeparateUsers() {
        return Sandbox.canSeparateUsers();
      }

      @Override
      public ControlGroups controlGroups() {
        return ControlGroups.detect();
      }

      @Override
      public long freeBytes(Path folder) {
        return folder.toFile().getUsableSpace();
      }

      @Override
      public int processors() {
        return Runtime.getRuntime().availableProcessors();
      }

      @Override
      public Optional<String> virtualWorldProblem() {
        try {
          SupervisorProgram.check(SupervisorProgram.find());
          return Optional.empty();
        } catch (SupervisorException cantRun) {
          return Optional.ofNullable(cantRun.getMessage());
        }
      }
    };
  }
}
