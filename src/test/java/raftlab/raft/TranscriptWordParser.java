package raftlab.raft;

import java.util.List;
import java.util.Optional;
import raftlab.wire.NearestWord;

/** Reads the words of a transcript's commands, and says what is wrong with them. */
final class TranscriptWordParser {
  private TranscriptWordParser() {}

  static IllegalArgumentException wrong(String complaint) {
    return new IllegalArgumentException(complaint);
  }

  static IllegalArgumentException unknown(String word, String what, List<String> known) {
    Optional<String> nearest = NearestWord.of(word, known);
    String hint = nearest.map(near -> "did you mean \"" + near + "\"?").orElse("known: " + known);
    return wrong("\"" + word + "\" is no " + what + "; " + hint);
  }

  static int number(String word) {
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException notANumber) {
      throw wrong("\"" + word + "\" is no number");
    }
  }
}
