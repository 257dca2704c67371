package raftlab.judge.linear;

import java.util.Optional;

/** What is known of operations besides what they did. */
public interface OperationSource {
  /** How often it was sent. */
  int timesSent(HistoryOperation operation);

  /** Who answered it; empty if nobody did, or nobody knows. */
  default Optional<String> answerer(HistoryOperation operation) {
    return Optional.empty();
  }
}
