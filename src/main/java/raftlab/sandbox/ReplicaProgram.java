package raftlab.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * A program to play.
 *
 * @param folder the built hand-in
 * @param launcher the path of the program in it
 * @param userWords the command that a user types to start it, for reports
 */
public record ReplicaProgram(Path folder, String launcher, List<String> userWords) {
  /** Copies the list. */
  public ReplicaProgram {
    userWords = List.copyOf(userWords);
  }
}
