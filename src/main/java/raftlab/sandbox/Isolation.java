package raftlab.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How all hand-ins of a grading are isolated.
 *
 * @param isSandboxed whether in sandboxes; otherwise as plain processes
 * @param groups the control groups that may be used
 * @param readable more folders that hand-ins may read
 */
record Isolation(boolean isSandboxed, ControlGroups groups, List<String> readable) {
  /** Copies the list. */
  Isolation {
    readable = List.copyOf(readable);
  }

  /** Makes a control group; none if there are none or the system refuses. */
  Optional<RunControlGroup> newGroup() {
    try {
      return Optional.ofNullable(groups.create());
    } catch (IOException refused) {
      return Optional.empty();
    }
  }
}
