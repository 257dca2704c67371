package raftlab.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a page, each stored once; columns name them by number. */
final class TextTable {
  private static final int MAX_CHARS = 2_000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /** Returns the number of a text; -1 for null. A very long text is cut. */
  int number(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    String shown = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    return numbers.computeIfAbsent(
        shown,
        added -> {
          texts.add(added);
          return texts.size() - 1;
        });
  }

  /** Returns all texts, by number. */
  List<String> all() {
    return texts;
  }
}
