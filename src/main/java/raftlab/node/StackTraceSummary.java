package raftlab.node;

import java.util.ArrayList;
import java.util.List;

/** Summarizes what a node threw and where, in a few lines. */
public final class StackTraceSummary {
  private static final int MAX_FRAMES = 15;
  private static final String KIT_PACKAGE = "raftlab.";
  private static final List<String> REPLICA_PACKAGES = List.of("raftlab.raft.", "raftlab.storage.");

  private StackTraceSummary() {}

  /**
   * The exception and the calls of the node that led to it, innermost first, one per line. Calls of
   * the kit are left out.
   */
  public static String of(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    List<String> frames = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < trace.length && i < MAX_FRAMES; i++) {
      frames.add("\n  at " + trace[i]);
      last = isReplicaCode(trace[i].getClassName()) ? i : last;
    }
    int shown = last < 0 ? frames.size() : last + 1;
    return thrown + String.join("", frames.subList(0, shown));
  }

  private static boolean isReplicaCode(String className) {
    return REPLICA_PACKAGES.stream().anyMatch(className::startsWith)
        || !className.startsWith(KIT_PACKAGE) && !className.startsWith("java.");
  }
}
