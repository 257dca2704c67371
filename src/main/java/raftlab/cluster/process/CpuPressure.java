package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long processes of this machine waited for a processor, from Linux's pressure stall
 * information.
 */
final class CpuPressure {
  private static final Path COUNTER = Path.of("/proc/pressure/cpu");
  private static final Pattern TOTAL = Pattern.compile("some .*\\btotal=(\\d+)");

  private CpuPressure() {}

  /**
   * Returns the time in which a thread waited for a processor, in microseconds since the machine's
   * start; -1 if unknown.
   */
  static long waitingMicros() {
    try {
      return parseTotal(Files.readAllLines(COUNTER));
    } catch (IOException | RuntimeException notHere) {
      return -1;
    }
  }

  /** Returns the total in these lines; -1 if there is none. */
  static long parseTotal(List<String> lines) {
    for (String line : lines) {
      Matcher total = TOTAL.matcher(line);
      if (total.matches()) {
        return Long.parseLong(total.group(1));
      }
    }
    return -1;
  }
}
