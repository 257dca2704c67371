package raftlab.wire;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word nearest to a mistyped one. */
public final class NearestWord {
  /** All known words are shorter; longer input isn't worth the time. */
  private static final int MAX_LENGTH = 64;

  private NearestWord() {}

  /**
   * Returns the candidate with the fewest edits from the word if that is at most one edit in three
   * letters. Ignores case. Of equally near candidates it returns the first.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      if (Math.max(word.length(), candidate.length()) > MAX_LENGTH) {
        continue;
      }
      int edits = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest && isPlausible(edits, word.length(), candidate.length())) {
        fewest = edits;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isPlausible(int edits, int length, int otherLength) {
    int allowed = Math.max(1, Math.max(length, otherLength) / 3);
    return edits <= allowed && edits < Math.min(length, otherLength);
  }

  /**
   * Computes the Damerau–Levenshtein distance in its restricted form (optimal string alignment):
   * how many letters must be inserted, deleted, replaced, or swapped with their neighbour.
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
