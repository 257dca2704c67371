package raftlab.cluster.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.wire.Id;

/** Tells a sandbox of exceeded limits, and puts them into words. */
final class LimitKeeper {
  private final ReplicaSandbox sandbox;

  LimitKeeper(ReplicaSandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Returns the limit that a running replica exceeds, if it does; on any thread. */
  Optional<UsageLimit> exceeded(Id replica, long processorMicros, long residentPages) {
    return sandbox
        .limits()
        .exceededBy(processorMicros, residentPages)
        .or(() -> sandbox.enforcedSoFar(replica));
  }

  /** The kit killed a replica that used too much; returns what it says instead of last words. */
  List<String> killed(Id replica, UsageLimit limit) {
    sandbox.exceeded(replica, limit);
    return List.of("raftlab killed it because it " + limit.exceeded(sandbox.limits()));
  }

  /** A replica ended; returns its last words, with the limit that the system enforced, if any. */
  List<String> ended(Id replica, int exitCode, List<String> lastWords) {
    Optional<UsageLimit> limit = sandbox.enforced(replica, exitCode, lastWords);
    if (limit.isEmpty()) {
      return lastWords;
    }
    sandbox.exceeded(replica, limit.get());
    List<String> lines = new ArrayList<>(lastWords);
    lines.add("raftlab: the system ended it because it " + limit.get().exceeded(sandbox.limits()));
    return lines;
  }
}
