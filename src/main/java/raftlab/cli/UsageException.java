package raftlab.cli;

import java.util.Objects;

/** A usage error; the message says what was found and what was expected. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }

  /** With the message of a rejected argument; an exception of the JDK may have none. */
  UsageException(IllegalArgumentException rejected) {
    super(Objects.requireNonNullElse(rejected.getMessage(), rejected.toString()), rejected);
  }
}
