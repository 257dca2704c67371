package raftlab.grade;

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

/** Finds hand-ins. Names of folders come from students: nothing is believed of them. */
public final class HandInFinder {
  private static final String SUFFIX = ".txt";

  /** File systems take 255 bytes; a number and the suffix must fit in as well. */
  private static final int MOST_NAME_BYTES = 200;

  private HandInFinder() {}

  /**
   * The folders in a folder, by name; hidden ones and plain files are no hand-ins. A link to a
   * folder is one, so that its team is not forgotten.
   *
   * @param except a folder that is none, wherever it is: that of the results
   */
  public static List<HandIn> in(Path folder, Path except) throws IOException {
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
      String team = shown(each.getFileName().toString());
      handIns.add(new HandIn(team, each, feedbackFile(team, taken)));
    }
    return handIns;
  }

  /** Whether this is a hand-in, and not a folder of them. */
  public static boolean isOne(Path folder) {
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
   * Control characters, and those that turn the direction of writing, would fool whoever reads the
   * results.
   */
  private static String shown(String name) {
    return name.replaceAll("\\p{C}|[\u2028\u2029]", "?");
  }

  /**
   * A file's name that a shell takes for no option, and that no other team has, in upper or lower
   * case.
   */
  private static String feedbackFile(String team, Set<String> taken) {
    String name = cut(team.replaceAll("[/\\\\?*:\"<>|\uFFFD]", "_").replaceFirst("^[-~. ]", "_"));
    if (!canBeNamed(name)) {
      name = name.replaceAll("[^\\x20-\\x7e]", "_");
    }
    String unique = name;
    for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + "-" + i;
    }
    return unique + SUFFIX;
  }

  private static String cut(String name) {
    String cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  /** Without a locale for UTF-8 the JDK can't write all names. */
  private static boolean canBeNamed(String name) {
    try {
      return !Path.of(name).toString().isEmpty();
    } catch (InvalidPathException unmappable) {
      return false;
    }
  }
}
