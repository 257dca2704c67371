package raftlab.handin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.handin.archive.ArchiveFormat;

/** Finds hand-ins. Names of folders and archives come from students and are not trusted. */
public final class HandInFinder {
  /** File systems allow 255 bytes; a number and a suffix must fit in. */
  private static final int MAX_NAME_BYTES = 200;

  private HandInFinder() {}

  /** The hand-ins in a folder, with the usual names of their programs. */
  public static List<HandIn> find(Path folder, Path except) throws IOException {
    return find(List.of(folder), except, ReplicaProgramFinder.NAMES);
  }

  /**
   * The subfolders and archives in folders, and single archives, by name; hidden ones and other
   * files are ignored. A link counts as a hand-in, so that its team appears in the table; so does
   * an archive that the kit can't read.
   *
   * @param places folders of hand-ins, and archives
   * @param except the folder of the results, which is never a hand-in
   * @param programs the names under which their programs are looked for
   */
  public static List<HandIn> find(List<Path> places, Path except, List<String> programs)
      throws IOException {
    List<Path> named = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        named.addAll(sourcesIn(place, except));
      } else {
        named.add(place);
      }
    }
    List<Path> sources = distinct(named);
    Map<String, Integer> count = new HashMap<>();
    sources.forEach(each -> count.merge(withoutSuffix(each), 1, Integer::sum));
    Set<String> taken = new HashSet<>();
    List<HandIn> handIns = new ArrayList<>();
    for (Path each : sources) {
      // The suffix tells two hand-ins of one name apart.
      boolean isOnly = count.getOrDefault(withoutSuffix(each), 1) == 1;
      String team = printableName(isOnly ? withoutSuffix(each) : each.getFileName().toString());
      handIns.add(new HandIn(team, each, fileName(team, taken), programs));
    }
    return handIns;
  }

  /** A folder and an archive in it may both be given. */
  private static List<Path> distinct(List<Path> sources) {
    Map<Path, Path> distinct = new LinkedHashMap<>();
    sources.forEach(each -> distinct.putIfAbsent(each.toAbsolutePath().normalize(), each));
    return List.copyOf(distinct.values());
  }

  private static List<Path> sourcesIn(Path folder, Path except) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        boolean isSource = Files.isDirectory(entry) ? !isSame(entry, except) : isArchive(entry);
        if (isSource && !isHidden(entry)) {
          sources.add(entry);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    sources.sort(null);
    return sources;
  }

  /** Whether a file is an archive by its name, of a format that the kit can read or another. */
  public static boolean isArchive(Path file) {
    return !ArchiveFormat.suffix(file.getFileName().toString()).isEmpty();
  }

  /** The name of an archive without its suffix; any other name as it is. */
  private static String withoutSuffix(Path source) {
    String name = source.getFileName().toString();
    return Files.isDirectory(source)
        ? name
        : name.substring(0, name.length() - ArchiveFormat.suffix(name).length());
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
