package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.GradingLock;

class GradeCommandTest {
  @TempDir private Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int grade(String... args) {
    String[] words = new String[args.length + 1];
    words[0] = "grade";
    System.arraycopy(args, 0, words, 1, args.length);
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      return RaftlabCommand.run(words);
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }

  private void assertWrongUse(String complaint, String... args) {
    assertThat(grade(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint).doesNotContain("\tat ");
  }

  private String folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name)).toString();
  }

  @Test
  void grading_that_goes_through_returns_1_if_a_hand_in_failed() throws IOException {
    folder("handin/team");
    Path grades = root.resolve("grades");
    Path json = root.resolve("all.json");
    assertThat(
            grade(
                "--out",
                grades.toString(),
                "--json",
                json.toString(),
                "--seed",
                "5",
                folder("handin")))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 hand-ins ", "suite: course, seed: 5", " 0 of   17  team", "no program");
    assertThat(grades.resolve("grades.csv")).content().contains("team,no program,0,17,0,-,");
    assertThat(json).content().contains("\"seed\": 5");
    assertThat(grades.resolve("grades.json")).doesNotExist();
  }

  @Test
  void scenarios_for_the_simulated_world_are_left_out_and_do_not_count() throws IOException {
    folder("handin/team");
    String suite = folder("mixed");
    Files.writeString(Path.of(suite, "both.json"), scenario(""));
    Files.writeString(Path.of(suite, "simulated.json"), scenario("\"world\": \"sim\", "));
    Path grades = root.resolve("grades");

    grade("--suite", suite, "--out", grades.toString(), "--seed", "5", folder("handin"));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("Left out: simulated\\. .*simulated world.*points? .*not count")
        .contains(" 0 of    1  team");
    assertThat(grades.resolve("grades.csv"))
        .content()
        .startsWith("team,status,points,of,open,both,both tiers,")
        .contains("team,no program,0,1,0,-,");
  }

  @Test
  void a_suite_that_no_hand_in_can_play_is_wrong_use() throws IOException {
    folder("handin/team");
    String suite = folder("simulated");
    Files.writeString(Path.of(suite, "only.json"), scenario("\"world\": \"sim\", "));
    assertWrongUse(
        "no scenario that can be played in the world process",
        "--suite",
        suite,
        "--out",
        root.resolve("grades").toString(),
        folder("handin"));
    assertThat(root.resolve("grades")).doesNotExist();
  }

  @Test
  void earlier_results_are_moved_aside_and_are_no_hand_in() throws IOException {
    folder("handin/team");
    String grades = folder("handin") + "/grades";
    for (int i = 0; i < 3; i++) {
      grade("--out", grades, "--seed", Integer.toString(i), folder("handin"));
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 hand-ins ");
    }
    assertThat(Path.of(grades + ".old-1/grading.json")).content().contains("\"seed\": 0,");
    assertThat(Path.of(grades + ".old-2/grading.json")).content().contains("\"seed\": 1,");
    assertThat(Path.of(grades, "grading.json")).content().contains("\"seed\": 2,");
  }

  @Test
  void a_grading_is_continued_with_its_own_settings_only() throws IOException {
    folder("handin/team");
    String grades = root.resolve("grades").toString();
    grade("--out", grades, "--seed", "5", "--suite", "election", folder("handin"));
    folder("handin/other");
    assertThat(grade("--out", grades, "--resume", folder("handin"))).isEqualTo(1);
    assertThat(Path.of(grades, "grades.csv")).content().contains("team,no program,0,20,0,");
    assertThat(Path.of(grades, "grades.csv")).content().contains("other,no program,0,20,0,");
    assertWrongUse("expected 5", "--out", grades, "--resume", "--seed", "6", folder("handin"));
    assertWrongUse("expected 1", "--out", grades, "--resume", "--repeat", "2", folder("handin"));
    assertWrongUse(
        "expected election", "--out", grades, "--resume", "--suite", "course", folder("handin"));
    assertThat(
            grade(
                "--out",
                grades,
                "--resume",
                "--suite",
                "election",
                "--seed",
                "5",
                folder("handin")))
        .isEqualTo(1);
  }

  @Test
  void the_name_of_the_program_and_the_isolation_are_kept_for_a_continued_grading()
      throws IOException {
    Files.writeString(Path.of(folder("handin/team"), "server"), "not executable");
    String grades = root.resolve("grades").toString();
    String suite = folder("suite");
    Files.writeString(Path.of(suite, "one.json"), scenario(""));
    grade(
        "--suite",
        suite,
        "--out",
        grades,
        "--program",
        "server",
        "--sandbox",
        "none",
        folder("handin"));
    assertThat(Path.of(grades, "grades.csv")).content().contains("server is not executable");
    Files.delete(Path.of(grades, "teams/team/handin.json"));

    assertThat(grade("--out", grades, "--resume", folder("handin"))).isEqualTo(1);

    assertThat(Path.of(grades, "grades.csv")).content().contains("server is not executable");
    for (String file : List.of("grades.csv", "grades.json", "index.html", "class.html")) {
      assertThat(Path.of(grades, file)).content().contains("UNSAFE");
    }
    assertThat(Path.of(grades, "teams/team/index.html")).content().contains("UNSAFE");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("UNSAFE");
    assertWrongUse(
        "expected none as in", "--out", grades, "--resume", "--sandbox", "auto", folder("handin"));
    assertWrongUse(
        "expected server", "--out", grades, "--resume", "--program", "kv", folder("handin"));
    assertWrongUse(
        "expected 120", "--out", grades, "--resume", "--build-timeout", "9", folder("handin"));
    assertWrongUse(
        "expected none as in",
        "--out",
        grades,
        "--resume",
        "--sandbox-read",
        "/usr",
        folder("handin"));
  }

  @Test
  void a_part_that_has_nothing_left_to_do_is_not_open() throws IOException {
    folder("handin/a");
    folder("handin/b");
    String grades = root.resolve("grades").toString();
    String suite = folder("suite");
    for (String name : List.of("1", "2", "3")) {
      Files.writeString(Path.of(suite, name + ".json"), scenario(""));
    }
    // Two teams with three scenarios are six runs, so the seventh part has none.
    for (int part = 1; part <= 7; part++) {
      assertThat(
              grade(
                  "--suite",
                  suite,
                  "--seed",
                  "5",
                  "--shard",
                  part + "/7",
                  "--out",
                  grades + part,
                  folder("handin")))
          .isEqualTo(part == 7 ? 0 : 1);
    }
  }

  @Test
  void a_part_is_continued_as_that_part() throws IOException {
    folder("handin/a");
    folder("handin/b");
    String grades = root.resolve("grades").toString();
    grade("--out", grades, "--seed", "5", "--shard", "02/2", folder("handin"));
    assertThat(Path.of(grades, "teams/b/handin.json")).exists();
    grade("--out", grades, "--resume", folder("handin"));
    assertThat(Path.of(grades, "teams/a/handin.json")).doesNotExist();
    assertThat(grade("--out", grades, "--resume", "--shard", "2/2", folder("handin"))).isEqualTo(1);
  }

  @Test
  void only_the_teams_that_were_named_are_graded() throws IOException {
    folder("handin/team");
    folder("handin/other");
    String grades = root.resolve("grades").toString();
    assertWrongUse("did you mean other?", "--out", grades, "--only", "othr", folder("handin"));
    assertThat(root.resolve("grades")).doesNotExist();
    grade("--out", grades, "--resume", "--only", "other", folder("handin"));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing to continue in " + grades);
    assertThat(Path.of(grades, "grades.csv"))
        .content()
        .contains("other,")
        .doesNotContain("team,no");
    grade("--out", grades, "--resume", folder("handin"));
    assertThat(Path.of(grades, "grades.csv")).content().contains("other,", "team,no program");
  }

  @Test
  void a_results_folder_in_which_another_grader_works_is_left_alone() throws IOException {
    folder("handin/team");
    Path grades = root.resolve("grades");
    grade("--out", grades.toString(), folder("handin"));
    try (GradingLock lock = GradingLock.of(grades)) {
      assertWrongUse("another grader", "--out", grades.toString(), folder("handin"));
      assertWrongUse("another grader", "--resume", "--out", grades.toString(), folder("handin"));
    }
  }

  private static String scenario(String more) {
    return String.format(
        Locale.ROOT,
        """
        {%s"lifetime": 10, "replicas": 3, "steps": [{"until": "leader"}]}
        """,
        more);
  }

  @Test
  void wrong_use_is_said_before_anything_is_played_or_written() throws IOException {
    String none = folder("none");
    assertWrongUse("no hand-ins in " + none, none);
    assertWrongUse("found no DIR");
    assertWrongUse(root.resolve("missing").toString(), root.resolve("missing").toString());
    Files.writeString(Path.of(folder("team")).resolve("4700kvstore"), "");
    assertWrongUse("the hand-in " + folder("team"), folder("team"));
    assertWrongUse(
        "expected a folder for the results",
        "--out",
        folder("team") + "/4700kvstore",
        root.toString());
    assertWrongUse("--jobs 0", "--jobs", "0", root.toString());
    assertWrongUse("did you mean \"course\"?", "--suite", "curse", root.toString());
  }
}
