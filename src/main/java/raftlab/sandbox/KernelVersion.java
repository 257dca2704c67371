package raftlab.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of the kernel. */
record KernelVersion(int major, int minor) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  static KernelVersion ofSystem() {
    return parse(System.getProperty("os.version"));
  }

  static KernelVersion parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
        : new KernelVersion(0, 0);
  }

  /** From 5.14 on RLIMIT_NPROC counts the processes of each user namespace apart. */
  boolean countsProcessesOfNamespaces() {
    return major > 5 || (major == 5 && minor >= 14);
  }
}
