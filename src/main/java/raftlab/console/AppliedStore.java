package raftlab.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.trace.ReportedLog;

/**
 * The store of a replica, from the commands that it has applied, as far as they are understood.
 *
 * @param values the values by key
 * @param complete whether all applied commands are known
 */
record AppliedStore(Map<String, String> values, boolean complete) {
  private static final Pattern PUT = Pattern.compile("put ([^=]*)=(.*?)(?: once \\S+/\\d+)?");
  private static final Pattern APPEND =
      Pattern.compile("append (.*?)\\+=(.*?)(?: once \\S+/\\d+)?");
  private static final Pattern CAS = Pattern.compile("cas (.*?):(.*?)->(.*?)(?: once \\S+/\\d+)?");
  private static final Pattern ONCE = Pattern.compile(".* (once \\S+/\\d+)");

  /** The store of a replica in this state. */
  static AppliedStore of(ShownState state) {
    ReportedLog log = state.log();
    Map<String, String> values = new TreeMap<>();
    Map<String, Boolean> executed = new TreeMap<>();
    boolean complete = state.appliedIndex() >= 0 && log.base() == 0;
    for (long index = log.base() + 1; index <= state.appliedIndex(); index++) {
      String command = log.commandAt(index);
      Matcher once = ONCE.matcher(command);
      boolean isRepeated = once.matches() && executed.put(once.group(1), true) != null;
      if (!isRepeated) {
        complete &= execute(command, values);
      }
    }
    return new AppliedStore(values, complete);
  }

  /** Executes a command; returns whether it was understood. */
  private static boolean execute(String command, Map<String, String> values) {
    Matcher cas = CAS.matcher(command);
    Matcher append = APPEND.matcher(command);
    Matcher put = PUT.matcher(command);
    if (command.startsWith("put ") && put.matches()) {
      values.put(put.group(1), put.group(2));
    } else if (append.matches()) {
      values.merge(append.group(1), append.group(2), String::concat);
    } else if (cas.matches()) {
      if (values.getOrDefault(cas.group(1), "").equals(cas.group(2))) {
        values.put(cas.group(1), cas.group(3));
      }
    } else {
      return command.isEmpty() || command.startsWith("members: ");
    }
    return true;
  }
}
