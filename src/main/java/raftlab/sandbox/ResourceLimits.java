package raftlab.sandbox;

import java.util.ArrayList;
import java.util.List;
import raftlab.cluster.process.UsageLimits;

/** The limits that the system keeps for each process, as a command before another one. */
final class ResourceLimits {
  /** A process that survives the signal at the limit of its time is killed after this. */
  private static final long GRACE_SECONDS = 5;

  private static final long UNLIMITED = Long.MAX_VALUE;

  private ResourceLimits() {}

  /** The words before a command in a user namespace of its own. */
  static List<String> inNamespace(UsageLimits limits) {
    return prefix(
        limits,
        KernelVersion.ofSystem().countsProcessesOfNamespaces() ? limits.processes() : UNLIMITED);
  }

  /** The words before a command whose user has other processes, too. */
  static List<String> ofPlainProcess(UsageLimits limits) {
    return prefix(limits, UNLIMITED);
  }

  /**
   * The words before a command of a user that has no other processes.
   *
   * @param processes the most processes and threads of this user
   */
  static List<String> ofUser(UsageLimits limits, long processes) {
    return prefix(limits, processes);
  }

  /** None on a system without {@code prlimit}. */
  private static List<String> prefix(UsageLimits limits, long processes) {
    if (!Programs.exist("prlimit")) {
      return new ArrayList<>();
    }
    // No limit of the address space: JVM, Node and Go reserve much more of it than they use.
    List<String> words = new ArrayList<>(List.of("prlimit", "--core=0"));
    if (limits.processorSeconds() < UNLIMITED) {
      words.add(
          "--cpu=" + limits.processorSeconds() + ":" + (limits.processorSeconds() + GRACE_SECONDS));
    }
    add(words, "fsize", limits.fileBytes());
    add(words, "nofile", limits.openFiles());
    add(words, "nproc", processes);
    words.add("--");
    return words;
  }

  private static void add(List<String> words, String name, long limit) {
    if (limit < UNLIMITED) {
      words.add("--" + name + "=" + limit);
    }
  }
}
