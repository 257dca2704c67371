package raftlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The README and the pages lead to one another, and name only classes that exist. */
class PagesTest {
  private static final Path FOLDER = Path.of("src", "site", "markdown");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A class, perhaps with a member: {@code `Cluster.deliver`}. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("`([A-Z][a-z][A-Za-z]*)(?:\\.([A-Za-z_]+))*`");

  private static final Map<String, Path> SOURCES = sources();

  private static Map<String, Path> sources() {
    Map<String, Path> sources = new TreeMap<>();
    for (Path root : List.of(Path.of("src", "main", "java"), Path.of("src", "test", "java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.putIfAbsent(nameOf(file).replace(".java", ""), file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return sources;
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return Stream.concat(Stream.of(Path.of("README.md")), files.sorted()).toList();
    }
  }

  private static Stream<MatchResult> all(Pattern pattern, Path page) throws IOException {
    return pattern.matcher(Files.readString(page)).results();
  }

  @Test
  void the_index_lists_every_page_once() throws IOException {
    List<String> listed =
        all(LINK, FOLDER.resolve("index.md"))
            .map(link -> link.group(1))
            .filter(link -> !link.startsWith("../"))
            .sorted()
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(
            pages().stream()
                .map(PagesTest::nameOf)
                .filter(name -> !name.equals("README.md") && !name.equals("index.md"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_leads_to_a_file_and_to_a_heading_in_it(Path page) throws IOException {
    for (MatchResult link : all(LINK, page).toList()) {
      String[] parts = link.group(1).split("#", 2);
      Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(file).as(link.group()).exists();
      if (parts.length == 2) {
        assertThat(anchors(file)).as(link.group()).contains(parts[1]);
      }
    }
  }

  private static Set<String> anchors(Path page) throws IOException {
    return all(HEADING, page)
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"architecture.md", "contributing.md"})
  void every_class_on_a_page_for_developers_exists(String page) throws IOException {
    List<MatchResult> names = all(CLASS_NAME, FOLDER.resolve(page)).toList();

    assertThat(names).hasSizeGreaterThan(10);
    for (MatchResult name : names) {
      assertThat(SOURCES.containsKey(name.group(1))).as(name.group()).isTrue();
      if (name.group(2) != null) {
        assertThat(SOURCES.get(name.group(1))).content().as(name.group()).contains(name.group(2));
      }
    }
  }

  @Test
  void the_architecture_lists_every_package() throws IOException {
    String page = Files.readString(FOLDER.resolve("architecture.md"));
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "raftlab"))) {
      List<String> packages =
          files
              .filter(file -> nameOf(file).equals("package-info.java"))
              .map(file -> Path.of("src", "main", "java", "raftlab").relativize(file.getParent()))
              .map(folder -> folder.toString().replace('/', '.'))
              .toList();

      assertThat(packages)
          .hasSizeGreaterThan(30)
          .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
  }
}
