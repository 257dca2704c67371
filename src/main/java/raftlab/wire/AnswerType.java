package raftlab.wire;

import java.util.Optional;

/** The types of answers to a client's request. */
public enum AnswerType {
  /** The request was executed. */
  OK(Message.OK),

  /** A cas was executed; it changed nothing, since the value was a different one (extension). */
  MISMATCH(Message.MISMATCH),

  /** The request was not executed; try again. */
  FAIL(Message.FAIL),

  /** The client should ask the leader. */
  REDIRECT(Message.REDIRECT);

  private final String word;

  AnswerType(String word) {
    this.word = word;
  }

  /** Returns the answer type of this message type; empty if it isn't an answer's. */
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
