package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much processes of this machine have had to wait for a processor: Linux counts it ("pressure
 * stall information").
 */
final class CpuPressure {
  private static final Path COUNTER = Path.of("/proc/pressure/cpu");
  private static final Pattern TOTAL = Pattern.compile("some .*\\btotal=(\\d+)");

  private CpuPressure() {}

  /** The time in which something was waiting, in microseconds since the start; -1 if unknown. */
  static long starvedMicros() {
    try {
      return total(Files.readAllLines(COUNTER));
    } catch (IOException | RuntimeException notHere) {
      return -1;
    }
  }

  /** The total that these lines tell; -1 if they don't. */
  static long total(List<String> lines) {
    for (String line : lines) {
      Matcher total = TOTAL.matcher(line);
      if (total.matches()) {
        return Long.parseLong(total.group(1));
      }
    }
    return -1;
  }
}
