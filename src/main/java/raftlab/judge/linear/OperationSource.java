package raftlab.judge.linear;

import java.util.Optional;

/** Facts about operations that are not in the history. */
public interface OperationSource {
  /** Returns how often the operation was sent. */
  int timesSent(HistoryOperation operation);

  /** Returns the replica that answered it; empty if there is none or it is unknown. */
  default Optional<String> answerer(HistoryOperation operation) {
    return Optional.empty();
  }
}
