package raftlab.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.cluster.process.UsageLimit;
import raftlab.wire.Id;

/**
 * What a worker prints while it plays, one line each, so that the kit knows it also if the worker
 * ends without a result.
 */
final class WorkerNotes {
  /** A replica that was ended because it exceeded a limit. */
  record Excess(Id replica, UsageLimit limit) {}

  /** What it prints when all replicas are ready. */
  static final String BEGAN = "raftlab: began";

  private static final String EXCEEDED = "raftlab: exceeded ";

  /** Enough for each replica and each limit. */
  private static final int MAX = 100;

  private final List<Excess> excesses = new ArrayList<>();

  /** The line that says that a replica exceeded a limit. */
  static String exceeded(Id replica, UsageLimit limit) {
    return EXCEEDED + replica + " " + limit.name();
  }

  /** Whether a line is a note, not an error of the worker. */
  static boolean isNote(String line) {
    return line.equals(BEGAN) || line.startsWith(EXCEEDED);
  }

  /** Receives a line that the worker printed. */
  synchronized void read(String line) {
    if (!line.startsWith(EXCEEDED) || excesses.size() >= MAX) {
      return;
    }
    String[] words = line.substring(EXCEEDED.length()).split(" ");
    try {
      excesses.add(new Excess(Id.parse(words[0]), UsageLimit.valueOf(words[words.length - 1])));
    } catch (RuntimeException cut) {
      // The worker was killed while it wrote the line.
      return;
    }
  }

  /** Adds what the control group counted. */
  synchronized void add(Id replica, UsageLimit limit) {
    excesses.add(new Excess(replica, limit));
  }

  /** The first replica that exceeded a limit. */
  synchronized Optional<Excess> first() {
    return excesses.stream().findFirst();
  }
}
