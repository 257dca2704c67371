package raftlab.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    of(limits, readable).forEach(bubblewrap::variable);
  }

  /** Returns them, in the order of their names. */
  static Map<String, String> of(UsageLimits limits, List<String> readable) {
    StringBuilder path = new StringBuilder(Programs.SYSTEM_PATH);
    readable.forEach(folder -> path.append(':').append(Path.of(folder, "bin")));
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", path.toString());
    variables.put("HOME", "/tmp");
    variables.put("USER", "student");
    variables.put("LOGNAME", "student");
    variables.put("SHELL", "/bin/sh");
    variables.put("LANG", "C.UTF-8");
    if (limits.memoryBytes() < Long.MAX_VALUE) {
      // These programs choose the size of their heap by the memory of the machine.
      long mebibytes = limits.memoryBytes() / MEBIBYTE;
      variables.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + mebibytes + "m");
      variables.put("GOMEMLIMIT", mebibytes * 9 / 10 + "MiB");
    }
    return variables;
  }
}
