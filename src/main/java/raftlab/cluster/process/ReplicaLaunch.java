package raftlab.cluster.process;

import static raftlab.replica.ReplicaEnvironment.DATA_DIRECTORY;
import static raftlab.replica.ReplicaEnvironment.JOIN;
import static raftlab.replica.ReplicaEnvironment.TRACE_FILE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * The arguments and environment of a replica that is a program.
 *
 * @param port the kit's port for it
 * @param data the directory for what must survive a crash; null for none
 * @param trace the file for changes of its state
 */
public record ReplicaLaunch(
    int port, Id id, List<Id> others, boolean joining, @Nullable Path data, Path trace) {
  /** Copies the list. */
  public ReplicaLaunch {
    others = List.copyOf(others);
  }

  /** Returns the words after the program's own: port and IDs. */
  public List<String> arguments() {
    List<String> words = new ArrayList<>(List.of(Integer.toString(port), id.toString()));
    others.forEach(other -> words.add(other.toString()));
    return words;
  }

  /** Sets the variables of the contract. */
  public void addTo(Map<String, String> environment) {
    // The user may have set these variables for replicas of another cluster.
    environment.keySet().removeAll(List.of(DATA_DIRECTORY, TRACE_FILE, JOIN));
    environment.put(TRACE_FILE, trace.toString());
    if (data != null) {
      environment.put(DATA_DIRECTORY, data.toString());
    }
    if (joining) {
      environment.put(JOIN, "1");
    }
  }
}
