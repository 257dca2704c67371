package raftlab.judge.linear;

import java.util.Optional;

/** What is known of operations besides what they did. */
public interface Sources {
  /** How often it was sent. */
  int timesSent(Operation operation);

  /** Who answered it; empty if nobody did, or nobody knows. */
  default Optional<String> answerer(Operation operation) {
    return Optional.empty();
  }
}
