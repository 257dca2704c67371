package raftlab.cli;

/**
 * Something that a user said can't be done; the message says what was found and what was expected.
 */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
