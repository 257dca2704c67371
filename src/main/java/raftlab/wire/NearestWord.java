package raftlab.wire;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody who mistyped another one probably meant. */
public final class NearestWord {
  /** No word of ours comes near this length; longer ones aren't worth the time. */
  private static final int LONGEST = 64;

  private NearestWord() {}

  /**
   * The candidate with the fewest edits from the word, if they are few enough to be slips of the
   * finger: at most one in three letters. Upper and lower case count as equal. Of equally near ones
   * it's the first.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      if (Math.max(word.length(), candidate.length()) > LONGEST) {
        continue;
      }
      int edits = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest && plausible(edits, word.length(), candidate.length())) {
        fewest = edits;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean plausible(int edits, int length, int otherLength) {
    int allowed = Math.max(1, Math.max(length, otherLength) / 3);
    return edits <= allowed && edits < Math.min(length, otherLength);
  }

  /**
   * The Damerau–Levenshtein distance, in its form without edits inside a swapped pair: how many
   * letters must be put in, taken out, replaced, or swapped with their neighbour.
   */
  public static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }
}
