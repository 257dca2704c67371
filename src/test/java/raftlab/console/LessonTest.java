package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.replica.ReplicaOptions;

/** Lessons and the game. */
class LessonTest {
  @TempDir private Path folder;

  private static java.util.List<String> lessons() {
    return Lesson.NAMES;
  }

  /** A console whose simulated replicas may have options. */
  static TestConsole console() {
    return new TestConsole(new SimWorld(RaftNode::new), LessonTest::simulated);
  }

  /** As the command line makes it of {@code reference --option}. */
  private static World simulated(String replica) {
    java.util.List<String> words =
        replica == null
            ? java.util.List.of()
            : java.util.List.of(replica.split(" ")).subList(1, replica.split(" ").length);
    return new SimWorld(ReplicaOptions.parse(null, words).nodeFactory());
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void each_step_of_a_lesson_is_done_by_the_command_that_it_names(String name) throws Exception {
    Lesson lesson = Lesson.read(name);
    assertThat(lesson.title()).isNotEmpty();
    try (TestConsole console = console()) {
      String said = console.obey("lesson " + name);
      for (int i = 0; i < lesson.steps().size(); i++) {
        assertThat(said).contains("step " + (i + 1) + " of " + lesson.steps().size());
        said = console.obey(lesson.steps().get(i).command());
        assertThat(said).as("step " + (i + 1)).doesNotContain("the lesson waits for");
      }
      assertThat(said).contains("The lesson is done.");
    }
  }

  @Test
  void texts_of_lessons_fit_a_terminal() throws Exception {
    for (String name : Lesson.NAMES) {
      try (TestConsole console = console()) {
        Lesson lesson = Lesson.read(name);
        String said = console.obey("lesson " + name);
        for (Lesson.LessonStep step : lesson.steps()) {
          assertThat(said.lines().filter(line -> line.startsWith("  ") && !line.contains("type: ")))
              .filteredOn(
                  line -> step.text().stream().anyMatch(text -> text.contains(line.strip())))
              .allMatch(line -> line.length() <= 80);
          said = console.obey(step.command());
        }
      }
    }
  }

  @Test
  void another_command_is_allowed_and_the_lesson_waits() {
    try (TestConsole console = console()) {
      assertThat(console.obey("tour")).contains("step 1 of").doesNotContain("the lesson waits");
      assertThat(console.obey("status")).contains("the lesson waits for: run until leader");
      assertThat(console.obey("wait leader")).contains("step 2 of");
      assertThat(console.obey("next")).contains("type: run 200ms");
      assertThat(console.obey("next --skip")).contains("step 3 of");
      console.obey("lesson off");
      assertThat(console.obey("status")).doesNotContain("lesson");
      assertThat(console.obey("next")).contains("no lesson is running");
    }
  }

  @Test
  void a_lecturer_adds_a_lesson_as_a_file() throws Exception {
    Path file = folder.resolve("mine.lesson");
    Files.writeString(
        file,
        """
        title: Mine
        setup: start 3 --sim
        say: Elect a leader.
        type: run until leader
        check: leader
        done: Good.
        """);
    try (TestConsole console = console()) {
      assertThat(console.obey("lesson " + file)).contains("Mine", "step 1 of 1");
      assertThat(console.obey("run until leader")).contains("Good.", "The lesson is done.");
      Files.writeString(file, "say: x\ntype: status\ncheck: leadr\n");
      assertThat(console.obey("lesson " + file)).contains(":3:1: ", "did you mean leader?");
      Files.writeString(file, "sya: x\n");
      assertThat(console.obey("lesson " + file)).contains(":1:1: found \"sya\"");
      assertThat(console.obey("lesson figure8")).contains("did you mean figure-8?");
    }
  }

  @Test
  void the_hunt_hides_the_bug_and_checks_the_answer() {
    try (TestConsole console = console()) {
      assertThat(console.obey("answer")).contains("no hunt is running");
      String said = console.obey("hunt easy 1");
      assertThat(said).contains("10 points").doesNotContain("--bug");
      assertThat(console.obey("explain")).contains("would name the bug");
      String candidates = console.obey("answer");
      assertThat(candidates.lines()).hasSize(6);
      console.obey("hint");
      int wrong = 0;
      String yes = "";
      for (String line : candidates.lines().toList()) {
        String answer = console.obey("answer " + line.strip().split(" ")[0]);
        if (answer.startsWith("yes")) {
          yes = answer;
          break;
        }
        wrong++;
      }
      assertThat(yes).contains(Math.max(0, 8 - 3 * wrong) + " point");
      assertThat(console.obey("explain")).doesNotContain("would name");
    }
  }
}
