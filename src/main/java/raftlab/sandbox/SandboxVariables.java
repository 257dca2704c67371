package raftlab.sandbox;

import java.nio.file.Path;
import java.util.List;
import raftlab.cluster.process.UsageLimits;

/** The environment variables inside a sandbox, the same on each machine. */
final class SandboxVariables {
  private static final long MEBIBYTE = 1 << 20;

  private SandboxVariables() {}

  /**
   * Sets them.
   *
   * @param readable more folders with programs; their folders {@code bin} are on the path
   */
  static void set(BubblewrapCommand bubblewrap, UsageLimits limits, List<String> readable) {
    StringBuilder path = new StringBuilder(Programs.SYSTEM_PATH);
    readable.forEach(folder -> path.append(':').append(Path.of(folder, "bin")));
    bubblewrap
        .variable("PATH", path.toString())
        .variable("HOME", "/tmp")
        .variable("USER", "student")
        .variable("LOGNAME", "student")
        .variable("SHELL", "/bin/sh")
        .variable("LANG", "C.UTF-8");
    if (limits.memoryBytes() < Long.MAX_VALUE) {
      // These programs choose the size of their heap by the memory of the machine.
      long mebibytes = limits.memoryBytes() / MEBIBYTE;
      bubblewrap
          .variable("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + mebibytes + "m")
          .variable("GOMEMLIMIT", mebibytes * 9 / 10 + "MiB");
    }
  }
}
