package raftlab.console;

import java.util.Objects;

/** A command can't be run; the one-line message says how to correct it. */
final class CommandException extends RuntimeException {
  CommandException(String message) {
    super(message);
  }

  /** With the message of a rejected argument; an exception of the JDK may have none. */
  CommandException(IllegalArgumentException rejected) {
    super(Objects.requireNonNullElse(rejected.getMessage(), rejected.toString()), rejected);
  }
}
