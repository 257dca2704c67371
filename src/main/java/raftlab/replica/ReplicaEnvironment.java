package raftlab.replica;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that the kit sets for a replica. All are optional.
 *
 * @param dataDirectory where to store what must survive a crash; null for none
 * @param traceFile where to report changes of state; null for none
 * @param joining whether it starts to join a running cluster
 */
public record ReplicaEnvironment(
    @Nullable Path dataDirectory, @Nullable Path traceFile, boolean joining) {
  /** The directory in which this replica alone stores what must survive a crash. */
  public static final String DATA_DIRECTORY = "RAFTLAB_DATA_DIR";

  /** The file to which it appends each change of its state. */
  public static final String TRACE_FILE = "RAFTLAB_TRACE";

  /** Set to 1 for a replica that is not a member until a leader adds it. */
  public static final String JOIN = "RAFTLAB_JOIN";

  /** Reads the variables; an empty value counts as not set. */
  public static ReplicaEnvironment of(Map<String, String> variables) {
    return new ReplicaEnvironment(
        path(variables.get(DATA_DIRECTORY)),
        path(variables.get(TRACE_FILE)),
        "1".equals(variables.get(JOIN)));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Path.of(text);
  }
}
