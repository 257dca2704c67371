package raftlab.grade.book;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When students see a scenario and its result; the words are those of Gradescope. */
public enum Visibility {
  /** Always. */
  VISIBLE,
  /** Never; its points count. */
  HIDDEN,
  /** After the due date. */
  AFTER_DUE_DATE,
  /** After the grades are published. */
  AFTER_PUBLISHED;

  /** Returns its word in rubrics and in Gradescope's results. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all words. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Visibility::key).toList();
  }

  /** Returns the one with this word. */
  public static Optional<Visibility> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
