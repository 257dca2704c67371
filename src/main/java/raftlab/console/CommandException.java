package raftlab.console;

/** A command can't be run; the one-line message says how to correct it. */
final class CommandException extends RuntimeException {
  CommandException(String message) {
    super(message);
  }
}
