package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;
import raftlab.handin.HandInFinder;

/** One grading of all kinds of hand-ins, looked at from several sides: playing takes seconds. */
class GradingRunTest {
  private static final String IGNORANT = "trap '' TERM HUP INT; sleep 300";
  private static final Map<String, TeamGrade> GRADES = new TreeMap<>();
  private static final List<String> STAGES = Collections.synchronizedList(new ArrayList<>());

  @TempDir private static Path root;
  private static GradingFolder folder;
  private static String before;

  private static void handIn(String team, String file, String... lines) throws IOException {
    Path folder = Files.createDirectories(root.resolve("handin").resolve(team));
    Path program = Files.writeString(folder.resolve(file), String.join("\n", lines) + "\n");
    assertThat(program.toFile().setExecutable(!file.equals("Makefile"))).isTrue();
  }

  private static String reference() {
    return ReplicaCommand.reference().words().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  @BeforeAll
  static void gradeAll() throws Exception {
    handIn(
        "-good \"one\"",
        "4730kvstore.in",
        "#!/bin/sh",
        "[ -e data.txt ] || exit 9",
        "exec " + reference() + " \"$@\"");
    handIn(
        "-good \"one\"",
        "Makefile",
        "4730kvstore: 4730kvstore.in",
        "\tcp $< $@",
        "\techo data > data.txt");
    Path bugs = Files.createDirectory(root.resolve("handin/-good \"one\"/bugs"));
    Files.writeString(bugs.resolve("planted.diff"), "no concern of the grader's\n");
    handIn("exits", "4700kvstore", "#!/bin/sh", "echo \"$0: oh no\" >&2", "exit 1");
    handIn("broken", "Makefile", "all:", "\t@echo expected a semicolon", "\t@false");
    handIn(
        "endless",
        "Makefile",
        "all:",
        "\t@echo started; (" + IGNORANT + ") & setsid sh -c \"" + IGNORANT + "\" & " + IGNORANT);
    handIn("empty", "README.md", "nothing yet");
    handIn("not-executable", "notes", "");
    Files.writeString(root.resolve("handin/not-executable/4700kvstore"), "#!/bin/sh\n");
    Files.createSymbolicLink(root.resolve("handin/link"), root.resolve("handin/exits"));
    before = contents();

    List<HandIn> handIns = HandInFinder.find(root.resolve("handin"), root.resolve("grades"));
    GradingTeams teams = new GradingTeams(List.of(), handIns);
    folder =
        GradingFolder.create(
            root.resolve("grades"), SmallSuite.grading(root, 1).withTeams(teams.teams()));
    GradingTables tables =
        new GradingTables(folder, Rubric.DEFAULT, root.resolve("grades/grades.json"));
    new GradingRun(
            folder,
            tables,
            new GradingRun.GradingListener() {
              @Override
              public void stage(TeamRecord team, String what) {
                STAGES.add(team.team() + ": " + what);
              }

              @Override
              public void ended(TeamGrade grade) {
                STAGES.add(grade.team().team() + ": ended");
              }
            },
            RunBudget.fixed(6))
        .grade(GradingPlan.of(folder, teams.handIns(), (team, scenario) -> true));
    // From another object, so that all is read from the files.
    GradeBook book = GradeBook.of(GradingFolder.open(folder.path()), Rubric.DEFAULT);
    book.teams().forEach(grade -> GRADES.put(grade.team().team(), grade));
  }

  private static String contents() throws IOException {
    try (var files = Files.walk(root.resolve("handin"))) {
      return files.map(Path::toString).sorted().collect(Collectors.joining("\n"));
    }
  }

  private static String feedback(String team) throws IOException {
    return Files.readString(folder.file(GRADES.get(team).team(), GradingTables.FEEDBACK));
  }

  private static void assertGrade(String team, TeamStatus status, Mark mark, double points) {
    TeamGrade grade = GRADES.get(team);
    assertThat(grade.status()).as(grade.toString()).isEqualTo(status);
    assertThat(grade.scenarios()).extracting(ScenarioGrade::mark).containsOnly(mark).hasSize(3);
    assertThat(grade.points()).isEqualTo(points);
  }

  @Test
  void a_good_hand_in_is_built_and_played_in_its_folder_and_gets_its_points() throws IOException {
    assertGrade("-good \"one\"", TeamStatus.GRADED, Mark.PASS, 3);
    assertThat(feedback("-good \"one\""))
        .startsWith("# -good \"one\": 3 of 3 points\n")
        .contains("make succeeded", "| PASS | 1 of 1 | a-2 | Short |", "total messages ")
        .doesNotContain("Failures");
    assertThat(STAGES).contains("-good \"one\": building", "-good \"one\": playing a-3");
    assertThat(STAGES.stream().filter(stage -> stage.endsWith(": ended"))).hasSize(7);
  }

  @Test
  void replicas_that_never_get_going_cost_two_runs_and_the_rest_is_not_played() throws IOException {
    assertGrade("exits", TeamStatus.NEVER_STARTED, Mark.FAIL, 0);
    assertThat(GRADES.get("exits").scenarios())
        .extracting(grade -> grade.runs().size() == 1)
        .containsExactly(true, true, false);
    assertThat(GRADES.get("exits").note()).startsWith("the replicas did not start: died: ");
    FaultRecord fault = GRADES.get("exits").scenarios().get(0).fault();
    assertThat(fault.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(fault.exitCode()).isEqualTo(1);
    assertThat(feedback("exits"))
        .contains(
            "exited unexpectedly with exit code 1",
            "| ./4700kvstore: oh no",
            "Seed 7; to play it again:")
        .contains("run --replica path/to/4700kvstore --seed 7 evidence/a-1.json")
        .doesNotContain(root.toString(), Path.of("").toAbsolutePath().toString())
        .contains("| FAIL | 0 of 1 | a-3 | Short | not played: never started |");
  }

  @Test
  void a_build_that_fails_is_shown_with_its_output() throws IOException {
    assertGrade("broken", TeamStatus.NOT_BUILT, Mark.NONE, 0);
    assertThat(feedback("broken"))
        .contains("make failed with exit code 2", "    expected a semicolon");
  }

  @Test
  void a_build_that_hangs_is_killed_with_all_that_it_started() throws Exception {
    assertGrade("endless", TeamStatus.NOT_BUILT, Mark.NONE, 0);
    assertThat(feedback("endless"))
        .contains("make was killed: it exceeded the limit of 1 s", "    started");
    for (ProcessHandle process :
        ProcessHandle.allProcesses().filter(GradingRunTest::isMarked).toList()) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private static boolean isMarked(ProcessHandle process) {
    try {
      Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
      return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
          .contains("RAFTLAB_RUN=" + ProcessHandle.current().pid() + "-");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void a_hand_in_without_a_program_fails_with_the_reason() throws IOException {
    assertGrade("empty", TeamStatus.NO_PROGRAM, Mark.NONE, 0);
    assertGrade("not-executable", TeamStatus.NO_PROGRAM, Mark.NONE, 0);
    assertThat(feedback("empty"))
        .contains("there is no 4700kvstore, 3700kvstore, 4730kvstore or kvstore");
    assertThat(feedback("not-executable")).contains("chmod +x 4700kvstore");
  }

  @Test
  void a_link_is_not_followed() {
    assertGrade("link", TeamStatus.NOT_COPIED, Mark.NONE, 0);
  }

  @Test
  void the_table_has_a_row_for_each_team_in_order_with_the_same_seed() throws IOException {
    List<String> rows = Files.readAllLines(folder.file(GradingTables.CSV));
    assertThat(rows.get(0))
        .isEqualTo(
            "team,status,points,of,open,a-1,a-2,a-3,a-1 tiers,a-2 tiers,a-3 tiers,late %,seed,seconds,isolation,note");
    assertThat(rows).hasSize(8);
    assertThat(rows.get(1))
        .startsWith("\"'-good \"\"one\"\"\",graded,3,3,0,PASS,PASS,PASS,total_msgs:1,");
    assertThat(rows.get(2)).startsWith("broken,not built,0,3,0,-,-,-,,,,0,7,");
    assertThat(rows.get(5)).startsWith("exits,never started,0,3,0,FAIL,FAIL,FAIL,,,,0,7,");
  }

  @Test
  void hand_ins_stay_as_they_were_and_the_results_are_whole_files() throws IOException {
    assertThat(contents()).isEqualTo(before);
    try (var files = Files.list(root.resolve("grades"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("grades.csv", "grades.json", "grading.json", "teams");
    }
  }
}
