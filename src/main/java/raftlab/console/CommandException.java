package raftlab.console;

import org.jspecify.annotations.Nullable;

/** A command can't be run; the one-line message says how to correct it. */
final class CommandException extends RuntimeException {
  CommandException(@Nullable String message) {
    super(message);
  }
}
