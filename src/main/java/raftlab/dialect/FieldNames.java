package raftlab.dialect;

import java.util.Locale;

/**
 * What the name of a field suggests. Names only decide between fields that fit equally well: a
 * replica may call its fields anything.
 */
final class FieldNames {
  /** A name counts less than one message in fifty that differs. */
  private static final double HINT = 0.015;

  private FieldNames() {}

  /** A bonus for a name that suggests the sender's term. */
  static double term(String path) {
    String name = plain(path);
    boolean isOfEntry = hasAny(name, "prev", "last", "log", "commit", "index", "idx", "entr");
    return isOfEntry ? -HINT : hasAny(name, "term", "epoch") ? HINT : 0;
  }

  /** A bonus for a name that suggests the term of an entry before. */
  static double entryTerm(String path) {
    String name = plain(path);
    return hasAny(name, "term", "epoch") && hasAny(name, "prev", "last", "log") ? HINT : 0;
  }

  /** A bonus for a name that suggests the index before the entries. */
  static double previousIndex(String path) {
    String name = plain(path);
    return hasAny(name, "commit", "term") ? -HINT : hasAny(name, "prev") ? HINT : 0;
  }

  /** A bonus for a name that suggests the commit index. */
  static double commit(String path) {
    String name = plain(path);
    return hasAny(name, "prev", "last") ? -HINT : hasAny(name, "commit") ? HINT : 0;
  }

  /** A bonus for a name that suggests the last index of a log. */
  static double lastIndex(String path) {
    String name = plain(path);
    return hasAny(name, "term") ? -HINT : hasAny(name, "index", "idx", "len") ? HINT : 0;
  }

  /** A bonus for a name that suggests what a follower has. */
  static double match(String path) {
    String name = plain(path);
    return hasAny(name, "term") ? -HINT : hasAny(name, "match", "index", "idx") ? HINT : 0;
  }

  private static String plain(String path) {
    return path.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static boolean hasAny(String name, String... words) {
    for (String word : words) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
