package raftlab.cluster.process;

import java.util.List;
import java.util.Optional;

/**
 * What Linux tells of all processors together in {@code /proc/stat}.
 *
 * @param busyTicks the time in which they were busy, in hundredths of a second; what a virtual
 *     machine's host took away counts
 * @param runnable how many threads run or wait for a processor
 */
record SystemStat(long busyTicks, int runnable) {
  /** The fields after {@code cpu}: user, nice, system, idle, iowait, irq, softirq, steal. */
  private static final int IDLE = 4;

  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  /** Reads these lines. */
  static Optional<SystemStat> parse(List<String> lines) {
    long busy = -1;
    int runnable = 0;
    try {
      for (String line : lines) {
        String[] fields = line.trim().split("\\s+");
        if (fields[0].equals("cpu")) {
          busy = 0;
          // What follows steal is the time of guests, which is in user already.
          for (int i = 1; i < fields.length && i <= STEAL; i++) {
            busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
          }
        } else if (fields[0].equals("procs_running")) {
          runnable = Integer.parseInt(fields[1]);
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException notLinux) {
      return Optional.empty();
    }
    return busy < 0 ? Optional.empty() : Optional.of(new SystemStat(busy, runnable));
  }
}
