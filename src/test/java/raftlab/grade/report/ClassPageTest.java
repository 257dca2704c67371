package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;

class ClassPageTest {
  @TempDir private Path root;

  private GradingFolder folder;

  /** votes-twice: the hostile team in a-2, good in a-1 and a-2; a symptom: better in a-1. */
  @BeforeEach
  void create() throws Exception {
    folder = ReportBooks.folder(root);
    List<ScenarioRecord> scenarios = folder.grading().scenarios();
    TeamRecord good = folder.grading().teams().get(2);
    RunRecord longer = ReportBooks.failed(scenarios.get(0), "long");
    folder.write(
        good,
        ReportBooks.with(
            longer,
            longer.checks(),
            longer.cause(),
            List.of(new raftlab.grade.store.FigureRecord("messages", 900))));
    folder.write(good, ReportBooks.failed(scenarios.get(1), "short"));
    CheckRecord check =
        new CheckRecord("early_ok", Status.FAIL, "r", "§5.3", "too early", "s", List.of());
    folder.write(
        folder.grading().teams().get(3),
        ReportBooks.with(
            StoredGrading.run(scenarios.get(0), 0, Status.FAIL), List.of(check), null, List.of()));
  }

  @Test
  void failures_of_all_teams_are_grouped_by_cause_and_the_commonest_comes_first() {
    List<ClassFailures> groups = ClassFailures.of(ReportBooks.book(folder));
    assertThat(groups)
        .extracting(ClassFailures::name, ClassFailures::teams, ClassFailures::failures)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("votes-twice", 2, 3),
            org.assertj.core.groups.Tuple.tuple("early_ok", 1, 1));
    assertThat(groups.get(0).section()).isEqualTo("§5.4.1");
    assertThat(groups.get(0).isDetected()).isTrue();
    assertThat(groups.get(0).scenarios()).containsExactlyInAnyOrder("a-1", "a-2");
    assertThat(groups.get(1).isDetected()).isFalse();
  }

  @Test
  void the_shortest_example_is_the_run_with_the_fewest_messages() {
    ClassFailures first = ClassFailures.of(ReportBooks.book(folder)).get(0);
    assertThat(first.example().run().scenario()).isEqualTo("a-2");
    assertThat(first.example().text()).contains("short");
  }

  @Test
  void the_page_links_to_the_example_and_names_no_team() {
    String html = ClassPage.html(ReportBooks.book(folder));
    assertThat(html)
        .contains("2 teams", "§5.4.1", "href=\"teams/good/index.html#s2\"", "no program: 1")
        .doesNotContain(">good<", "a&lt;b&gt;", "<script");
    String markdown = ClassPage.markdown(ReportBooks.book(folder));
    assertThat(markdown)
        .contains("| votes-twice | 2 | 3 | §5.4.1 |", "](teams/good/index.html#s2)")
        .doesNotContain("a\\<b");
  }

  @Test
  void faults_of_the_machine_are_no_failures_of_the_class() {
    assertThat(ClassFailures.of(ReportBooks.book(folder)))
        .noneMatch(group -> group.scenarios().contains("a-3"));
  }
}
