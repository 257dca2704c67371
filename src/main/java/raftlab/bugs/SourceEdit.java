package raftlab.bugs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Consecutive lines of a file, and their replacement in a replica with the bug.
 *
 * @param file the file name, without its folder
 * @param line the line of this edit in the bug file, from 1
 * @param before the original lines; indentation doesn't matter
 * @param after the lines that replace them
 */
public record SourceEdit(String file, int line, List<String> before, List<String> after) {
  /** Copies the lists. */
  public SourceEdit {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * The text with the lines replaced.
   *
   * @throws IllegalArgumentException if the lines aren't there, or more than once
   */
  public String applyTo(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    List<String> wanted = before.stream().map(String::strip).toList();
    int found = -1;
    for (int start = 0; start + wanted.size() <= lines.size(); start++) {
      if (isAt(start, lines, wanted)) {
        if (found >= 0) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "line %d: %s has these lines twice, at %d and %d; expected once: %s",
                  line,
                  file,
                  found + 1,
                  start + 1,
                  wanted.get(0)));
        }
        found = start;
      }
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "line %d: %s has no such lines (whole lines are compared, without the spaces at their"
                  + " ends): %s",
              line,
              file,
              String.join(" / ", wanted)));
    }
    List<String> there = lines.subList(found, found + wanted.size());
    there.clear();
    there.addAll(after);
    return String.join("\n", lines) + "\n";
  }

  private static boolean isAt(int start, List<String> lines, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!lines.get(start + i).strip().equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }
}
