package raftlab.cli;

import org.jspecify.annotations.Nullable;

/** A usage error; the message says what was found and what was expected. */
final class UsageException extends RuntimeException {
  UsageException(@Nullable String message) {
    super(message);
  }
}
