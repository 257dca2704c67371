package raftlab.raft;

import java.util.ArrayList;
import java.util.List;

/**
 * Plays a transcript. A line that begins with {@code >} is a command of {@link TranscriptCommands},
 * the lines that follow it are its results; lines that begin with {@code #} are comments.
 */
final class TranscriptPlayer {
  private TranscriptPlayer() {}

  /**
   * The same text with what comes of its commands now.
   *
   * @throws IllegalArgumentException if a command is wrong; names file and line
   */
  static List<String> play(String file, List<String> text) {
    TranscriptCommands directions = new TranscriptCommands();
    List<String> played = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i);
      try {
        if (line.startsWith("> ")) {
          played.add(line);
          directions.follow(line.substring(2).strip()).forEach(done -> played.add("  " + done));
        } else if (line.isBlank() || line.startsWith("#")) {
          played.add(line.stripTrailing());
        } else if (!line.startsWith("  ")) {
          throw new IllegalArgumentException(
              "a line begins with \">\", \"#\" or two spaces, not: " + line);
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    return played;
  }
}
