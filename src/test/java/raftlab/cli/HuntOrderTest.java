package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.bugs.BugCatalogue;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;
import raftlab.suite.SuiteRunner;
import raftlab.suite.SuiteRunner.Task;

class HuntOrderTest {
  private static List<Task> round() throws ScenarioException {
    List<Suite> suites = new ArrayList<>();
    for (String suite : List.of("probe", "election", "membership", "compaction")) {
      suites.add(SuiteReader.read(suite, Path.of("configs")));
    }
    return SuiteRunner.tasks(suites, 1, 5, true);
  }

  private static List<Task> order(String bug, int repeat) throws ScenarioException {
    return HuntOrder.of(BugCatalogue.find(bug), round(), repeat);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          §5.2                           | 5.2
          §5.1, Figure 2                 | 5.1, figure 2
          §8, dissertation §6.4.1        | 8, dissertation 6.4.1
          dissertation §3.10, §6.4.1     | dissertation 3.10, dissertation 6.4.1
          -                              | ''
          """)
  void sections_are_read_from_text(String text, String sections) {
    assertThat(String.join(", ", HuntOrder.sections(text))).isEqualTo(sections);
  }

  @Test
  void scenarios_about_the_rule_that_a_bug_breaks_come_first() throws ScenarioException {
    assertThat(order("installs-old-snapshot", 1).get(0).scenario().credit().section())
        .contains("§7");
    assertThat(order("two-changes-at-once", 1).get(0).scenario().credit().section()).contains("§6");
  }

  @Test
  void all_are_played_before_any_is_played_again() throws ScenarioException {
    int round = round().size();
    List<Task> all = order("votes-twice", 3);
    assertThat(all).hasSize(3 * round);
    assertThat(all.subList(0, round)).containsExactlyInAnyOrderElementsOf(round());
    assertThat(all.get(2 * round + 1))
        .isEqualTo(new Task(all.get(1).scenario(), 2, all.get(1).seed() + 2));
  }
}
