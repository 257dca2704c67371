package raftlab.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A usage error; the message says what was found and what was expected. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }

  /** With the message of a rejected argument; an exception of the JDK may have none. */
  UsageException(IllegalArgumentException rejected) {
    super(Objects.requireNonNullElse(rejected.getMessage(), rejected.toString()), rejected);
  }

  /** Rejects a number below 1; null if the option was not given. */
  static void requireAtLeastOne(String option, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      throw new UsageException("found " + option + " " + value + ", expected 1 or more");
    }
  }
}
