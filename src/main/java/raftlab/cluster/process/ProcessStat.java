package raftlab.cluster.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process as Linux describes it in {@code /proc/PID/stat}.
 *
 * @param ticks its processor time in user and system mode, with that of ended children that it has
 *     waited for, in hundredths of a second
 * @param residentPages its memory
 */
record ProcessStat(long pid, long parent, long group, long ticks, long residentPages) {
  /** The length of a tick, the unit of times in {@code /proc}, in microseconds. */
  static final long TICK_MICROS = 10_000;

  /**
   * The indices of the fields behind the name, from 0: state, parent, group, …, utime, stime,
   * cutime, cstime.
   */
  private static final int PARENT = 1;

  private static final int GROUP = 2;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;
  private static final int RESIDENT_PAGES = 21;

  /**
   * Parses the file's text. The name of the program is in parentheses and may contain spaces,
   * parentheses and line ends: it ends at the last closing parenthesis.
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
              ticks,
              fields.length > RESIDENT_PAGES ? Long.parseLong(fields[RESIDENT_PAGES]) : 0));
    } catch (NumberFormatException notLinux) {
      return Optional.empty();
    }
  }

  /**
   * Maps each process to one of these process groups: its own group, else the group of the nearest
   * ancestor. Processes in none of them are omitted.
   *
   * @return group by process ID
   */
  static Map<Long, Long> assignGroups(Collection<ProcessStat> processes, Set<Long> groups) {
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
