package raftlab.scenario.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import raftlab.scenario.ActionType;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.Scenario;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.ScenarioKeys;
import raftlab.scenario.file.ScenarioReader;

/** The page about scenario files says what the tables say, and its examples can be played. */
class ScenarioReferencePageTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "scenarios.md");
  private static final String MARK = "<!-- From here on made from the tables of keys. -->\n\n";

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static List<MatchResult> all(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text)
        .results()
        .toList();
  }

  @Test
  void the_second_half_of_the_page_is_made_from_the_tables_of_keys() throws IOException {
    String introduction = page().substring(0, page().indexOf(MARK));

    GeneratedFileAssert.assertHolds(PAGE, introduction + MARK + ScenarioReferencePage.text());
  }

  @Test
  void the_page_has_every_key_and_every_word() {
    Stream<String> keys =
        ScenarioKeys.SCENARIO.withNested().stream().flatMap(section -> section.names().stream());
    Stream<String> words =
        Stream.of(
                Arrays.stream(ActionType.values()).map(ActionType::key),
                Arrays.stream(Step.Condition.values()).map(Step.Condition::key),
                Arrays.stream(CountedMetric.values()).map(CountedMetric::key),
                TargetSelector.words().stream(),
                MessagePattern.Party.words().stream())
            .flatMap(each -> each);

    assertThat(Stream.concat(keys, words).filter(word -> !word.equals("type")))
        .hasSizeGreaterThan(200)
        .allSatisfy(word -> assertThat(ScenarioReferencePage.text()).contains("- `" + word + "`"));
  }

  @Test
  void every_link_on_the_page_leads_to_one_of_its_headings_or_to_a_file() throws IOException {
    Set<String> headings =
        all("^#+ ([^\n]+)$", page()).stream()
            .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
            .map(heading -> heading.replace(' ', '-'))
            .collect(Collectors.toSet());

    assertThat(all("\\]\\(([^)]+)\\)", page()))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            link -> {
              String to = link.group(1);
              if (to.startsWith("#")) {
                assertThat(headings).contains(to.substring(1));
              } else {
                assertThat(PAGE.resolveSibling(to)).exists();
              }
            });
  }

  @Test
  void the_examples_on_the_page_are_scenarios_without_a_warning() throws IOException {
    assertThat(all("```json\n(.*?)```", page()))
        .hasSize(2)
        .allSatisfy(
            example -> {
              Scenario scenario = ScenarioReader.read("example.json", example.group(1));
              assertThat(scenario.warnings()).isEmpty();
            });
  }

  @Test
  void a_line_of_the_page_fits_on_a_terminal() {
    assertThat(ScenarioReferencePage.text().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
  }
}
