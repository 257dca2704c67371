package raftlab.dialect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a field says if it is one of the paper's (Figure 2) or close to it. Numbers may
 * fit several fields in a short run; a field that is called {@code prevLogTerm} is no commit index
 * even so.
 */
final class ConventionalNames {
  private static final Map<String, FieldMeaning> MEANINGS =
      Map.ofEntries(
          Map.entry("term", FieldMeaning.TERM),
          Map.entry("currentterm", FieldMeaning.TERM),
          Map.entry("leaderterm", FieldMeaning.TERM),
          Map.entry("candidateterm", FieldMeaning.TERM),
          Map.entry("prevlogindex", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("prevlogidx", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("previousindex", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("previouslogindex", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("previndex", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("previdx", FieldMeaning.PREVIOUS_INDEX),
          Map.entry("prevlogterm", FieldMeaning.PREVIOUS_TERM),
          Map.entry("previousterm", FieldMeaning.PREVIOUS_TERM),
          Map.entry("previouslogterm", FieldMeaning.PREVIOUS_TERM),
          Map.entry("prevterm", FieldMeaning.PREVIOUS_TERM),
          Map.entry("leadercommit", FieldMeaning.COMMIT_INDEX),
          Map.entry("leadercommitindex", FieldMeaning.COMMIT_INDEX),
          Map.entry("commit", FieldMeaning.COMMIT_INDEX),
          Map.entry("commitidx", FieldMeaning.COMMIT_INDEX),
          Map.entry("commitindex", FieldMeaning.COMMIT_INDEX),
          Map.entry("commitlength", FieldMeaning.COMMIT_INDEX),
          Map.entry("committed", FieldMeaning.COMMIT_INDEX),
          Map.entry("lastlogindex", FieldMeaning.LAST_INDEX),
          Map.entry("lastlogidx", FieldMeaning.LAST_INDEX),
          Map.entry("lastindex", FieldMeaning.LAST_INDEX),
          Map.entry("lastlogterm", FieldMeaning.LAST_TERM),
          Map.entry("lastterm", FieldMeaning.LAST_TERM),
          Map.entry("match", FieldMeaning.MATCH_INDEX),
          Map.entry("matchidx", FieldMeaning.MATCH_INDEX),
          Map.entry("matchindex", FieldMeaning.MATCH_INDEX),
          Map.entry("matchedindex", FieldMeaning.MATCH_INDEX));

  private static final Set<FieldMeaning> TERMS =
      Set.of(FieldMeaning.TERM, FieldMeaning.PREVIOUS_TERM, FieldMeaning.LAST_TERM);

  /** Meanings whose names say no more than "an index". */
  private static final Set<FieldMeaning> LOOSE = Set.of(FieldMeaning.LAST_INDEX);

  private ConventionalNames() {}

  /** Whether the name of a field says that it has this meaning. */
  static boolean says(String path, FieldMeaning meaning) {
    return MEANINGS.get(plain(path)) == meaning;
  }

  /** Whether the name of a field says that it doesn't have this meaning. */
  static boolean contradicts(String path, FieldMeaning meaning) {
    @Nullable FieldMeaning known = MEANINGS.get(plain(path));
    boolean isTerm = known == null ? plain(path).endsWith("term") : TERMS.contains(known);
    if (isTerm != TERMS.contains(meaning) && (isTerm || known != null)) {
      return true;
    }
    return known != null && known != meaning && !LOOSE.contains(known);
  }

  /** The last part of a path, in lower case, letters only: body.prev_log_index: prevlogindex. */
  private static String plain(String path) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    return last.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
