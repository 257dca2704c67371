package raftlab.bugs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.wire.NearestWord;

/** The styles of the replica that speaks in many styles, and the bugs that it can have. */
public final class StyleCatalogue {
  /** The files of this replica, beside each other under {@link #FOLDER}. */
  public static final List<String> FILES =
      List.of("replica.py", "raft.py", "leading.py", "dialect.py", "styles.py", "selftest.py");

  /** The folder of the files, as a resource. */
  public static final String FOLDER = "/raftlab/styles/";

  private static final String CELLS = "\t";

  /** A style: its name and a description. */
  public record Style(String name, String description) {}

  /**
   * A bug of this replica.
   *
   * @param impossibleIn the styles that can't have it
   */
  public record StyleBug(String name, String description, Set<String> impossibleIn) {
    /** Copies the set. */
    public StyleBug {
      impossibleIn = Set.copyOf(impossibleIn);
    }
  }

  private final Map<String, Style> styles = new LinkedHashMap<>();
  private final Map<String, StyleBug> bugs = new LinkedHashMap<>();

  private StyleCatalogue() {}

  /**
   * Parses what the replica lists, one style or bug a line, with tabs between the cells.
   *
   * @param styleLines name and description
   * @param bugLines name, description, and the styles that can't have the bug, if any
   */
  public static StyleCatalogue parse(List<String> styleLines, List<String> bugLines) {
    StyleCatalogue catalogue = new StyleCatalogue();
    for (String line : styleLines) {
      String[] cells = cells(line, 2);
      catalogue.styles.put(cells[0], new Style(cells[0], cells[1]));
    }
    for (String line : bugLines) {
      String[] cells = cells(line, 3);
      Set<String> impossibleIn = cells.length > 2 ? Set.of(cells[2].split(" ")) : Set.of();
      catalogue.bugs.put(cells[0], new StyleBug(cells[0], cells[1], impossibleIn));
    }
    return catalogue;
  }

  private static String[] cells(String line, int most) {
    String[] cells = line.split(CELLS);
    if (cells.length < 2 || cells.length > most) {
      throw new IllegalArgumentException(
          "found \"" + line + "\", expected a name, a tab and a description");
    }
    return cells;
  }

  /** All styles, in the replica's order. */
  public List<Style> styles() {
    return List.copyOf(styles.values());
  }

  /** All bugs, in the replica's order. */
  public List<StyleBug> bugs() {
    return List.copyOf(bugs.values());
  }

  /**
   * The style of this name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest name
   */
  public Style style(String name) {
    return find("style", name, styles);
  }

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest name
   */
  public StyleBug bug(String name) {
    return find("bug", name, bugs);
  }

  private static <T> T find(String what, String name, Map<String, T> all) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "found the "
              + what
              + " \""
              + name
              + "\", expected one that `raftlab bugs --styles --list` lists"
              + nearest(name, all.keySet()));
    }
    return found;
  }

  private static String nearest(String name, Collection<String> names) {
    return NearestWord.of(name, names).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
