package raftlab.cli;

/** A usage error; the message says what was found and what was expected. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
