package raftlab.handin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds hand-ins. Folder names come from students and are not trusted. */
public final class HandInFinder {
  /** File systems allow 255 bytes; a number and a suffix must fit in. */
  private static final int MAX_NAME_BYTES = 200;

  private HandInFinder() {}

  /**
   * The subfolders by name; hidden ones and plain files are ignored. A link to a folder counts as a
   * hand-in, so that its team appears in the table.
   *
   * @param except the folder of the results, which is never a hand-in
   */
  public static List<HandIn> find(Path folder, Path except) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry) && !isHidden(entry) && !isSame(entry, except)) {
          folders.add(entry);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    folders.sort(null);
    Set<String> taken = new HashSet<>();
    List<HandIn> handIns = new ArrayList<>();
    for (Path each : folders) {
      String team = printableName(each.getFileName().toString());
      handIns.add(new HandIn(team, each, fileName(team, taken)));
    }
    return handIns;
  }

  /** Whether this is a hand-in, and not a folder of hand-ins. */
  public static boolean isHandIn(Path folder) {
    return ReplicaProgramFinder.NAMES.stream()
        .anyMatch(name -> Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }

  private static boolean isSame(Path entry, Path except) throws IOException {
    return !Files.isSymbolicLink(entry)
        && Files.exists(except, LinkOption.NOFOLLOW_LINKS)
        && Files.isSameFile(entry, except);
  }

  /**
   * Replaces control characters and those that change the direction of writing, which could mislead
   * readers of the results.
   */
  private static String printableName(String name) {
    return name.replaceAll("\\p{C}|[\u2028\u2029]", "?");
  }

  /**
   * A file name that a shell doesn't treat as an option, and that differs from those of other
   * teams, also in a case-insensitive file system.
   */
  private static String fileName(String team, Set<String> taken) {
    String name = cut(team.replaceAll("[/\\\\?*:\"<>|\uFFFD]", "_").replaceFirst("^[-~. ]", "_"));
    if (!canBeNamed(name)) {
      name = name.replaceAll("[^\\x20-\\x7e]", "_");
    }
    String unique = name;
    for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }

  private static String cut(String name) {
    String cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  /** Without a UTF-8 locale the JDK can't write all names. */
  private static boolean canBeNamed(String name) {
    try {
      return !Path.of(name).toString().isEmpty();
    } catch (InvalidPathException unmappable) {
      return false;
    }
  }
}
