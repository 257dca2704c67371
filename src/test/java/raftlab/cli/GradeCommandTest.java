package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
