package raftlab.grade.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.book.GradeComparison.ScenarioChange;
import raftlab.grade.book.GradeComparison.TeamChange;
import raftlab.grade.report.GradeComparisonText;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.report.TerminalStyle;

class GradeComparisonTest {
  @TempDir private Path root;

  private GradeBook book(String folder, List<String> teams, Status... results) throws Exception {
    GradingFolder grading =
        StoredGrading.create(root.resolve(folder), 1, teams.toArray(new String[0]));
    for (TeamRecord team : grading.grading().teams()) {
      grading.write(team, StoredGrading.ready(team.team()));
      for (int i = 0; i < results.length; i++) {
        grading.write(team, StoredGrading.run(grading.grading().scenarios().get(i), 0, results[i]));
      }
    }
    return GradeBook.of(grading, Rubric.DEFAULT);
  }

  @Test
  void equal_gradings_do_not_differ() throws Exception {
    GradeBook a = book("a", List.of("t"), Status.PASS, Status.FAIL, Status.PASS);
    GradeBook b = book("b", List.of("t"), Status.PASS, Status.FAIL, Status.PASS);
    GradeComparison comparison = GradeComparison.of(a, b);
    assertThat(comparison.isEmpty()).isTrue();
    assertThat(comparison.unchanged()).isEqualTo(1);
  }

  @Test
  void scenarios_with_another_result_are_listed_and_so_are_teams_of_one_side() throws Exception {
    GradeBook a = book("a", List.of("t", "gone"), Status.PASS, Status.FAIL, Status.UNKNOWN);
    GradeBook b = book("b", List.of("t", "new"), Status.FAIL, Status.FAIL, Status.PASS);
    GradeComparison comparison = GradeComparison.of(a, b);
    assertThat(comparison.onlyBefore()).containsExactly("gone");
    assertThat(comparison.onlyAfter()).containsExactly("new");
    TeamChange change = comparison.changes().get(0);
    assertThat(change.scenarios())
        .extracting(each -> each.after().scenario().key())
        .containsExactly("a-1", "a-3");
    assertThat(change.scenarios()).allMatch(ScenarioChange::isOfResult);
    assertThat(new GradeComparisonText(new TerminalStyle(false)).of(comparison))
        .contains(
            "Only in the first: team gone",
            "Only in the second: team new",
            "1 team changed, 0 did not.")
        .anySatisfy(line -> assertThat(line).contains("t ", "1 of 2 (1 more are open) -> 1 of 3"))
        .anySatisfy(line -> assertThat(line).contains("a-1", "PASS -> FAIL", "1 of 1 -> 0 of 1"))
        .anySatisfy(line -> assertThat(line).contains("a-3", "UNKNOWN (the machine) -> PASS"));
  }
}
