package raftlab.wire;

import java.util.Optional;

/** What a replica can answer to a client's request. */
public enum AnswerType {
  /** The request was executed. */
  OK(Message.OK),

  /** A cas was executed; it changed nothing, since the value was another (extension). */
  MISMATCH(Message.MISMATCH),

  /** The request was not executed now. */
  FAIL(Message.FAIL),

  /** The client should ask the leader. */
  REDIRECT(Message.REDIRECT);

  private final String word;

  AnswerType(String word) {
    this.word = word;
  }

  /** The answer of this message type; empty if the type is no answer's. */
  public static Optional<AnswerType> of(String type) {
    for (AnswerType each : values()) {
      if (each.word.equals(type)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Whether the request was executed, so that the client need not ask again. */
  public boolean isDone() {
    return this == OK || this == MISMATCH;
  }
}
