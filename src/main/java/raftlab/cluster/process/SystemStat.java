package raftlab.cluster.process;

import java.util.List;
import java.util.Optional;

/**
 * The use of all processors together, as Linux describes it in {@code /proc/stat}.
 *
 * @param busyTicks the busy time, in hundredths of a second, with the time that a virtual machine's
 *     host took (steal)
 * @param runnable how many threads run or wait for a processor
 */
record SystemStat(long busyTicks, int runnable) {
  /**
   * The indices of the fields after {@code cpu}: user, nice, system, idle, iowait, irq, softirq,
   * steal.
   */
  private static final int IDLE = 4;

  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  /** Parses these lines. */
  static Optional<SystemStat> parse(List<String> lines) {
    long busy = -1;
    int runnable = 0;
    try {
      for (String line : lines) {
        String[] fields = line.trim().split("\\s+");
        if (fields[0].equals("cpu")) {
          busy = 0;
          // The guests' time follows steal; user includes it already.
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
