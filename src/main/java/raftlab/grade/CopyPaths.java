package raftlab.grade;

import java.util.regex.Pattern;

/** The paths of the copies in which hand-ins are built and played. */
final class CopyPaths {
  /** The name of the folder with all copies, before a number. */
  static final String WORK = "raftlab-grade-";

  /** The name of a copy, before a number. */
  static final String COPY = "handin-";

  private static final Pattern PATH =
      Pattern.compile("[^\\s\"'(]*/" + WORK + "\\d+/" + COPY + "\\d+");

  private CopyPaths() {}

  /**
   * Returns a text of a hand-in with paths in its copy replaced by the paths that the team has:
   * relative to its own folder.
   */
  static String remove(String text) {
    return PATH.matcher(text).replaceAll(".");
  }
}
