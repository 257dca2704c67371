package raftlab.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import raftlab.judge.invariant.KnownMistake;

/**
 * What is wrong with a replica of {@code src/test/resources/strangers}, and what is not: its {@code
 * BUGS.md}.
 *
 * @param stranger the name of its folder
 * @param bugs its bugs
 * @param notBugs what looks like a bug and is none
 * @param rules the rules of Figure 2, each with the mistakes that break it ({@code -}: none of
 *     {@link KnownMistake}); none if it is kept
 */
public record StrangerBugs(
    String stranger, List<Bug> bugs, List<String> notBugs, Map<String, List<String>> rules) {
  /** Where the strangers are. */
  public static final Path FOLDER = Path.of("src", "test", "resources", "strangers");

  private static final Pattern BUG =
      Pattern.compile("\\| ([a-z-]+) \\| `([\\w./]+):(\\d+)` \\| (\\S.*) \\| (\\S.*) \\|");
  private static final Pattern RULE =
      Pattern.compile("\\| (\\S.*) \\| (?:(kept) \\||broken \\| (\\S.*)) \\|");
  private static final List<String> SECTIONS = List.of("Bugs:", "Not bugs:", "Rules:");

  /** Where a run can show a bug. */
  public enum Place {
    /** In answers to clients. */
    CLIENT,
    /** In messages between replicas. */
    MESSAGE
  }

  /**
   * A bug.
   *
   * @param mistake the mistake; empty if none of them fits
   * @param file the file, within the stranger's folder
   * @param line the line in the file, from 1
   * @param text what goes wrong
   * @param shownBy where a run can show it; empty for nowhere
   */
  public record Bug(
      Optional<KnownMistake> mistake, Path file, int line, String text, Set<Place> shownBy) {}

  /** The folders of all strangers. */
  public static List<Path> folders() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads the file of a stranger. */
  public static StrangerBugs read(Path folder) throws IOException {
    return parse(folder.getFileName().toString(), Files.readString(folder.resolve("BUGS.md")));
  }

  /** Reads a file's text. Throws IllegalArgumentException if it is not in the form. */
  static StrangerBugs parse(String stranger, String text) {
    Map<String, List<String>> sections = sections(text);
    if (!List.copyOf(sections.keySet()).equals(SECTIONS)) {
      throw new IllegalArgumentException("found " + sections.keySet() + ", expected " + SECTIONS);
    }
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (String row : rows(sections.get("Rules:"))) {
      Matcher fields = match(RULE, row);
      List<String> by =
          fields.group(2) != null ? List.of() : List.of(fields.group(3).split(", ", -1));
      by.stream().filter(id -> !id.equals("-")).forEach(StrangerBugs::mistake);
      if (rules.put(fields.group(1), by) != null) {
        throw new IllegalArgumentException("found twice: " + fields.group(1));
      }
    }
    return new StrangerBugs(
        stranger,
        rows(sections.get("Bugs:")).stream().map(StrangerBugs::bug).toList(),
        sections.get("Not bugs:").stream().map(line -> line.substring(2)).toList(),
        rules);
  }

  /** Whether the stranger has this mistake: a cause of this name is right, another is false. */
  public boolean has(KnownMistake mistake) {
    return mistakes().contains(mistake);
  }

  /** All mistakes that the stranger has. */
  public Set<KnownMistake> mistakes() {
    return bugs.stream().flatMap(bug -> bug.mistake().stream()).collect(Collectors.toSet());
  }

  /** The lines that are not empty, below each line that ends in a colon and stands alone. */
  private static Map<String, List<String>> sections(String text) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      if (line.matches("[A-Z][a-z ]+:")) {
        section = new ArrayList<>();
        sections.put(line, section);
      } else {
        section.add(line);
      }
    }
    return sections;
  }

  /** The rows of a table, without its two lines of head. */
  private static List<String> rows(List<String> table) {
    if (table.size() < 3 || !table.get(1).matches("[|-]+")) {
      throw new IllegalArgumentException("expected a table, found " + table);
    }
    return table.subList(2, table.size());
  }

  private static Matcher match(Pattern pattern, String row) {
    Matcher fields = pattern.matcher(row);
    if (!fields.matches()) {
      throw new IllegalArgumentException("found the row " + row + ", expected " + pattern);
    }
    return fields;
  }

  private static Bug bug(String row) {
    Matcher fields = match(BUG, row);
    String id = fields.group(1);
    return new Bug(
        id.equals("-") ? Optional.empty() : Optional.of(mistake(id)),
        Path.of(fields.group(2)),
        Integer.parseInt(fields.group(3)),
        fields.group(4),
        places(fields.group(5).split(";", 2)[0]));
  }

  private static Set<Place> places(String text) {
    return switch (text) {
      case "client" -> EnumSet.of(Place.CLIENT);
      case "message" -> EnumSet.of(Place.MESSAGE);
      case "client, message" -> EnumSet.allOf(Place.class);
      case "no" -> EnumSet.noneOf(Place.class);
      default -> throw new IllegalArgumentException("no place where a bug shows: " + text);
    };
  }

  private static KnownMistake mistake(String id) {
    return Arrays.stream(KnownMistake.values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an id of KnownMistake: " + id));
  }
}
