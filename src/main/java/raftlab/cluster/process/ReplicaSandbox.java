package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** Starts replicas isolated from the machine, and knows what they may use. */
public interface ReplicaSandbox {
  /** Plain processes with the rights of the kit. */
  ReplicaSandbox NONE =
      new ReplicaSandbox() {
        @Override
        public List<String> command(ReplicaStart start, Map<String, String> environment) {
          return start.command();
        }
      };

  /**
   * A replica that is about to start.
   *
   * @param data its directory for what must survive a crash; null for none
   * @param trace the file for changes of its state
   * @param command its program with all arguments
   */
  record ReplicaStart(Id replica, @Nullable Path data, Path trace, List<String> command) {
    /** Copies the list. */
    public ReplicaStart {
      command = List.copyOf(command);
    }
  }

  /**
   * Returns the command that starts the replica in its sandbox.
   *
   * @param environment the variables of the command; the sandbox may change them
   */
  List<String> command(ReplicaStart start, Map<String, String> environment) throws IOException;

  /** What each replica may use. The kit kills a replica that it sees use more. */
  default UsageLimits limits() {
    return UsageLimits.WIDE;
  }

  /**
   * A replica ended by itself, or the system ended it. Returns the limit that the system enforced
   * on it, if it did.
   *
   * @param lastWords the last lines that it wrote to stderr
   */
  default Optional<UsageLimit> enforced(Id replica, int exitCode, List<String> lastWords) {
    return Optional.empty();
  }

  /**
   * Returns the limit that the system enforced on a process of a running replica, if it did; called
   * on any thread, several times a second.
   */
  default Optional<UsageLimit> enforcedSoFar(Id replica) {
    return Optional.empty();
  }

  /** A replica exceeded this limit, and is dead; called once for each. */
  default void exceeded(Id replica, UsageLimit limit) {}
}
