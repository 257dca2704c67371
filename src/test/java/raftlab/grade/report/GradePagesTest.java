package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Rubric;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.trace.TraceFile;
import raftlab.wire.Id;

class GradePagesTest {
  @TempDir private Path root;

  private GradingFolder folder;

  @BeforeEach
  void create() throws Exception {
    folder = ReportBooks.folder(root);
  }

  private void write(Rubric rubric) throws IOException {
    ReportFormat.HTML.write(GradeBook.of(folder, rubric), folder, folder.grading().teams());
  }

  private String index(Rubric rubric) throws IOException {
    write(rubric);
    return Files.readString(folder.file("index.html"));
  }

  private String page(int team, Rubric rubric) throws IOException {
    write(rubric);
    return Files.readString(folder.file(folder.grading().teams().get(team), "index.html"));
  }

  @Test
  void pages_load_nothing_from_elsewhere_and_forbid_it() throws IOException {
    for (String page : List.of(index(Rubric.DEFAULT), page(0, Rubric.DEFAULT))) {
      assertThat(page)
          .contains("default-src 'none'")
          .doesNotContainPattern("(?i)<(link|img|iframe|script src)")
          .doesNotContain("http:", "https:", "@import", "url(");
    }
  }

  @Test
  void names_and_output_of_students_are_never_markup() throws IOException {
    for (String page : List.of(index(Rubric.DEFAULT), page(0, Rubric.DEFAULT))) {
      assertThat(page)
          .contains("a&lt;b&gt;&quot;&amp;&#39;")
          .doesNotContain("<script>alert", "<b>\"", "\u001b", "\u0001");
    }
    assertThat(page(0, Rubric.DEFAULT)).contains("&lt;script&gt;alert(1)");
  }

  @Test
  void every_link_between_the_pages_leads_to_a_file_and_an_anchor() throws IOException {
    String index = index(Rubric.DEFAULT);
    List<String> links =
        Pattern.compile("href=\"(teams/[^\"]+)\"")
            .matcher(index)
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links).hasSizeGreaterThan(4);
    assertThat(links)
        .allSatisfy(
            link -> assertThat(folder.path().resolve(link.replaceAll("#.*", ""))).isRegularFile());
    assertThat(page(0, Rubric.DEFAULT)).contains("href=\"#s2\"", "id=\"s2\"");
  }

  @Test
  void the_table_has_a_row_for_each_team_and_faults_of_the_machine_stand_apart()
      throws IOException {
    assertThat(index(Rubric.DEFAULT))
        .contains("<td class=\"mark fail\" data-order=\"2\" title=\"votes-twice\">")
        .contains(">no program<")
        .contains("<b>the machine</b>: a&lt;b&gt;&quot;&amp;&#39;, a-3: overloaded");
  }

  @Test
  void teams_with_the_same_figures_share_a_rank() throws IOException {
    ScenarioRecord last = folder.grading().scenarios().get(2);
    List<TeamRecord> teams = folder.grading().teams();
    folder.write(teams.get(2), ReportBooks.passed(last, 1000, 0.010));
    folder.write(teams.get(3), ReportBooks.passed(last, 1001, 0.001));
    GradeBook book = ReportBooks.book(folder);
    assertThat(Leaderboard.of(book, LeaderboardMetric.MESSAGES).rows())
        .extracting(Leaderboard.Row::rank, Leaderboard.Row::isTied)
        .containsOnly(org.assertj.core.groups.Tuple.tuple(1, true));
    assertThat(Leaderboard.of(book, LeaderboardMetric.LATENCY).rows())
        .extracting(row -> row.grade().team().team(), Leaderboard.Row::rank)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("better", 1),
            org.assertj.core.groups.Tuple.tuple("good", 2));
    assertThat(index(Rubric.DEFAULT)).contains(">1=<");
  }

  @Test
  void the_distribution_counts_teams_with_a_final_grade() throws IOException {
    assertThat(PointsDistribution.counts(ReportBooks.book(folder)))
        .containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void a_teams_page_says_what_happened_and_how_to_play_it_again() throws IOException {
    assertThat(page(0, Rubric.DEFAULT))
        .contains("Likely cause: <b>votes-twice</b>", "§5.4.1", "no replica exits")
        .contains("test-scripts/raftlab run --seed 7", "The last lines that it wrote");
  }

  @Test
  void a_hidden_scenario_shows_title_cause_and_section_only() throws IOException {
    assertThat(page(0, ReportBooks.hidingSecond()))
        .contains("(hidden)", "votes-twice", "§5.4.1")
        .doesNotContain("a-2", "secret.json", "alert(1)", "died", "--seed 7");
  }

  private TeamRecord failedWithTrace(int events) throws Exception {
    TeamRecord good = folder.grading().teams().get(2);
    ScenarioRecord second = folder.grading().scenarios().get(1);
    Event[] all = new Event[events + 2];
    for (int i = 0; i < events; i++) {
      all[i] = new Event.NeverReady(i, Id.of(i % 3), 20_000);
    }
    all[events] = new Event.Exited(events, Id.of(1), 3, List.of("last words"));
    all[events + 1] = new Event.Ended(events + 1, Event.EndReason.NOT_STARTED);
    StoredGrading.record(folder, good, second, all);
    return good;
  }

  @Test
  void evidence_is_the_trace_of_the_failed_run() throws Exception {
    TeamRecord good = failedWithTrace(3);
    assertThat(page(2, Rubric.DEFAULT)).contains("href=\"evidence/a-2.jsonl.gz\"", "last words");
    assertThat(folder.file(good, "evidence/a-2.json")).content().contains("\"lifetime\"");
    Path file = folder.file(good, "evidence/a-2.jsonl.gz");
    assertThat(TraceFile.read(file).events()).hasSize(5);

    RunRecord passed =
        StoredGrading.run(folder.grading().scenarios().get(1), 0, Status.PASS, "x.gz");
    folder.write(good, passed);
    write(Rubric.DEFAULT);
    assertThat(file).doesNotExist();
  }

  @Test
  void the_picture_of_the_failed_run_is_beside_its_trace() throws Exception {
    TeamRecord good = failedWithTrace(3);
    assertThat(page(2, Rubric.DEFAULT)).contains("href=\"evidence/a-2.html\"");
    Path picture = folder.file(good, "evidence/a-2.html");
    assertThat(Files.readString(picture)).contains("id=\"columns\"");

    RunRecord passed =
        StoredGrading.run(folder.grading().scenarios().get(1), 0, Status.PASS, "x.gz");
    folder.write(good, passed);
    write(Rubric.DEFAULT);
    assertThat(picture).doesNotExist();
  }

  @Test
  void no_evidence_of_a_hidden_scenario_is_given() throws Exception {
    TeamRecord good = failedWithTrace(3);
    write(ReportBooks.hidingSecond());
    Path evidence = folder.file(good, "evidence");
    if (Files.exists(evidence)) {
      try (Stream<Path> files = Files.list(evidence)) {
        assertThat(files).isEmpty();
      }
    }
    assertThat(page(2, ReportBooks.hidingSecond())).doesNotContain("evidence/", "last words");
  }

  @Test
  void a_huge_trace_is_cut_but_can_be_read_and_keeps_its_end() throws Exception {
    TeamRecord good = failedWithTrace(500);
    GradeBook book = ReportBooks.book(folder);
    var files = new EvidenceFiles(100, 10).write(folder, book.teams().get(2));
    EvidenceFile file = files.get("a-2");
    assertThat(file).isEqualTo(new EvidenceFile("a-2.cut.jsonl.gz", true));
    List<Event> events = TraceFile.read(folder.file(good, "evidence/a-2.cut.jsonl.gz")).events();
    assertThat(events).hasSize(11);
    assertThat(events.get(10)).isInstanceOf(Event.Ended.class);
  }
}
