package raftlab.replica;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the kit tells a replica beside its command line, in environment variables that it need not
 * set.
 *
 * @param dataDirectory where to keep what must survive a crash; null for nowhere
 * @param traceFile where to report changes of state; null for nowhere
 * @param joins whether it starts to join a cluster that runs
 */
public record ReplicaEnvironment(Path dataDirectory, Path traceFile, boolean joins) {
  /** Where this replica, and none else, stores what must survive a crash. */
  public static final String DATA_DIRECTORY = "RAFTLAB_DATA_DIR";

  /** The file to which it appends each change of its state. */
  public static final String TRACE = "RAFTLAB_TRACE";

  /** Set to 1 for a replica that is no member until a leader adds it. */
  public static final String JOIN = "RAFTLAB_JOIN";

  /** Reads the variables; an empty one is the same as none. */
  public static ReplicaEnvironment of(Map<String, String> variables) {
    return new ReplicaEnvironment(
        path(variables.get(DATA_DIRECTORY)),
        path(variables.get(TRACE)),
        "1".equals(variables.get(JOIN)));
  }

  private static Path path(String text) {
    return text == null || text.isEmpty() ? null : Path.of(text);
  }
}
