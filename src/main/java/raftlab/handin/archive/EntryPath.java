package raftlab.handin.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.handin.archive.HandInProblem.Kind;

/** The rules that every path in a hand-in must keep. */
public final class EntryPath {
  private EntryPath() {}

  /** The path of an entry without empty parts and dots; empty for the root itself. */
  static String normalized(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** What is wrong with the path of an entry, if anything is. */
  static Optional<HandInProblem> problem(String name, ArchiveLimits limits) {
    if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
      return wrong(Kind.ABSOLUTE_PATH, name, "is an absolute path, expected a relative one");
    }
    String[] parts = name.split("/");
    for (String part : parts) {
      if (part.equals("..")) {
        return wrong(Kind.PARENT_PATH, name, "has \"..\" in its path, which leads out");
      }
    }
    if (normalized(name).split("/").length > limits.depth()) {
      return wrong(
          Kind.TOO_DEEP, name, "is deeper than " + limits.depth() + " folders inside one another");
    }
    return nameProblem(name);
  }

  /** What is wrong with the characters and the length of a relative path, if anything is. */
  public static Optional<HandInProblem> nameProblem(String name) {
    if (name.codePoints().anyMatch(EntryPath::isUnprintable)) {
      return wrong(
          Kind.UNPRINTABLE_NAME,
          name,
          "has a line break, a control character or a character that is not UTF-8 in its name");
    }
    if (name.indexOf('\\') >= 0) {
      return wrong(
          Kind.UNPRINTABLE_NAME,
          name,
          "has a backslash in its path, expected \"/\" between folders");
    }
    for (String part : name.split("/")) {
      if (bytes(part) > ArchiveLimits.NAME_BYTES) {
        return wrong(
            Kind.LONG_NAME, name, "has a name of more than " + ArchiveLimits.NAME_BYTES + " bytes");
      }
    }
    if (bytes(name) > ArchiveLimits.PATH_BYTES) {
      return wrong(
          Kind.LONG_NAME, name, "is a path of more than " + ArchiveLimits.PATH_BYTES + " bytes");
    }
    return Optional.empty();
  }

  /** Also those that change the direction of writing, and what stands for wrong bytes. */
  private static boolean isUnprintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> c == 0xFFFD || isDirectionMark(c);
    };
  }

  private static boolean isDirectionMark(int c) {
    return c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<HandInProblem> wrong(Kind kind, String name, String text) {
    return Optional.of(new HandInProblem(kind, name, text));
  }
}
