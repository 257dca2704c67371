package raftlab.handin.archive;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import raftlab.wire.PrintableText;

/**
 * Something that is wrong with a hand-in.
 *
 * @param kind what it is
 * @param path the file, relative to the hand-in or the archive; empty if it is the whole
 * @param text what was found, and what was expected; follows the path in a sentence
 */
public record HandInProblem(Kind kind, String path, String text) {
  private static final int MAX_CHARS = 600;
  private static final int MAX_PATH_CHARS = 160;

  /** How bad a problem is. */
  public enum Severity {
    /** The hand-in can't be accepted. */
    ERROR,
    /** The hand-in is accepted. */
    WARNING
  }

  /** What can be wrong. */
  public enum Kind {
    /** It can't be read, or is damaged. */
    UNREADABLE(Severity.ERROR),
    /** The file is of another format than the supported ones. */
    FORMAT(Severity.ERROR),
    /** A path with {@code ..} in it. */
    PARENT_PATH(Severity.ERROR),
    /** A path from the root, or with a drive. */
    ABSOLUTE_PATH(Severity.ERROR),
    /** A name that can't be shown: control characters, no UTF-8, a backslash. */
    UNPRINTABLE_NAME(Severity.ERROR),
    /** A name or a path that is too long. */
    LONG_NAME(Severity.ERROR),
    /** Too many folders inside one another. */
    TOO_DEEP(Severity.ERROR),
    /** Two entries with the same path. */
    DUPLICATE(Severity.ERROR),
    /** Two paths that differ only in upper and lower case. */
    CASE_COLLISION(Severity.ERROR),
    /** A symbolic link out of the hand-in. */
    LINK_OUT(Severity.ERROR),
    /** A hard link to something else than an earlier file of the archive. */
    HARD_LINK_OUT(Severity.ERROR),
    /** A path that leads through a symbolic link. */
    THROUGH_LINK(Severity.ERROR),
    /** A device, a pipe, a socket. */
    SPECIAL_FILE(Severity.ERROR),
    /** An encrypted entry. */
    ENCRYPTED(Severity.ERROR),
    /** More bytes than allowed. */
    TOO_LARGE(Severity.ERROR),
    /** More entries than allowed. */
    TOO_MANY(Severity.ERROR),
    /** It unpacks to a suspicious multiple of its size. */
    BOMB(Severity.ERROR),
    /** No program, or several. */
    NO_PROGRAM(Severity.ERROR),
    /** The program's first line, or its permissions. */
    LAUNCHER(Severity.ERROR),
    /** It does not build. */
    BUILD(Severity.ERROR),
    /** Its replicas don't start. */
    START(Severity.ERROR),
    /** It fails the smoke test. */
    SMOKE(Severity.ERROR),
    /** The smoke test proved nothing. */
    SMOKE_UNKNOWN(Severity.WARNING),
    /** Set-user-ID and the like, which are dropped. */
    SPECIAL_BITS(Severity.WARNING),
    /** A file that is not part of the hand-in: build products, version control. */
    LEFT_OUT(Severity.WARNING),
    /** A compiled file that is handed in. */
    COMPILED(Severity.WARNING),
    /** A large file. */
    LARGE(Severity.WARNING),
    /** Lines that end as on Windows. */
    LINE_ENDS(Severity.WARNING),
    /** A link without a target. */
    BROKEN_LINK(Severity.WARNING),
    /** It is executable now, and was not in the archive. */
    MADE_EXECUTABLE(Severity.WARNING),
    /** The files are not those of the manifest. */
    MANIFEST(Severity.WARNING);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    /** Its name in words. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How bad it is. */
    public Severity severity() {
      return severity;
    }
  }

  /** Makes both texts fit to show. */
  public HandInProblem {
    path = PrintableText.of(path, MAX_PATH_CHARS);
    text = PrintableText.of(text, MAX_CHARS);
  }

  /** A problem of the whole. */
  public static HandInProblem ofAll(Kind kind, String text) {
    return new HandInProblem(kind, "", text);
  }

  /** Whether the hand-in can't be accepted. */
  public boolean isError() {
    return kind.severity == Severity.ERROR;
  }

  /** On one line. */
  @Override
  public String toString() {
    return path.isEmpty() ? text : path + ": " + text;
  }

  /** Several in one line. */
  public static String joined(List<HandInProblem> problems) {
    return problems.stream().map(HandInProblem::toString).collect(Collectors.joining("; "));
  }
}
