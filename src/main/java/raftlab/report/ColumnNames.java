package raftlab.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Short names for the columns of a table, each different. */
final class ColumnNames {
  private ColumnNames() {}

  /** A short name for each name of words with hyphens: their initials, if these are unique. */
  static Map<String, String> of(Collection<String> names) {
    Map<String, String> shortened = new LinkedHashMap<>();
    for (String name : names) {
      String[] words = name.split("-");
      StringBuilder initials = new StringBuilder();
      for (int i = 0; i < words.length - 1; i++) {
        initials.append(words[i], 0, Math.min(1, words[i].length()));
      }
      String last = words[words.length - 1];
      int length = Math.min(words.length == 1 ? 2 : 1, last.length());
      while (length < last.length()
          && shortened.containsValue(initials + last.substring(0, length))) {
        length++;
      }
      String unique = initials + last.substring(0, length);
      shortened.put(name, shortened.containsValue(unique) ? name : unique);
    }
    return shortened;
  }
}
