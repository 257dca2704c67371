package raftlab.cluster.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Linux tells of a process in {@code /proc/PID/stat}.
 *
 * @param ticks its processor time in user and system mode, with that of its children that have
 *     ended and that it has waited for, in hundredths of a second
 */
record ProcessStat(long pid, long parent, long group, long ticks) {
  /** The unit of all times in {@code /proc} that are counted in ticks, in microseconds. */
  static final long TICK_MICROS = 10_000;

  /** The fields behind the name, from 0: state, parent, group, …, utime, stime, cutime, cstime. */
  private static final int PARENT = 1;

  private static final int GROUP = 2;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;

  /**
   * Reads such a text. The name of the program stands in parentheses and may contain spaces,
   * parentheses and line ends itself: it ends at the last closing one.
   */
  static Optional<ProcessStat> parse(String text) {
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = text.substring(close + 1).trim().split("\\s+");
    if (fields.length <= LAST_TIME) {
      return Optional.empty();
    }
    try {
      long ticks = 0;
      for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return Optional.of(
          new ProcessStat(
              Long.parseLong(text.substring(0, open).trim()),
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[GROUP]),
              ticks));
    } catch (NumberFormatException notLinux) {
      return Optional.empty();
    }
  }

  /**
   * To which of these process groups each process belongs: its own group, else that of the nearest
   * ancestor that is in one of them. Processes that belong to none are left out.
   *
   * @return group by process ID
   */
  static Map<Long, Long> groups(Collection<ProcessStat> processes, Set<Long> groups) {
    Map<Long, ProcessStat> byPid = new HashMap<>();
    processes.forEach(process -> byPid.put(process.pid, process));
    Map<Long, Long> found = new HashMap<>();
    for (ProcessStat process : processes) {
      Set<Long> seen = new HashSet<>(); // parents may change while /proc is read
      ProcessStat one = process;
      while (one != null && !groups.contains(one.group) && seen.add(one.pid)) {
        one = byPid.get(one.parent);
      }
      if (one != null && groups.contains(one.group)) {
        found.put(process.pid, one.group);
      }
    }
    return found;
  }
}
