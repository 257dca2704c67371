package raftlab.console;

/** Something that a person typed can't be done; the message is one line that says what to do. */
final class CommandException extends RuntimeException {
  CommandException(String message) {
    super(message);
  }
}
