package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.store.GradingFolder;
import raftlab.trace.WholeFile;

/**
 * A grading that is stopped at any moment, and continued, has the results of an undisturbed one.
 */
class ResumeTest {
  private static final List<String> TEAMS = List.of("good-1", "votes-twice", "good-2");
  private static final int SCENARIOS = 3;
  private static final int REPEATS = 2;
  private static final int RUNS = 3 * SCENARIOS * REPEATS;

  @TempDir private Path root;

  private GradingFolder folder(String name) throws Exception {
    return SimGrading.folder(root, name, SCENARIOS, REPEATS, TEAMS);
  }

  private List<String> undisturbed() throws Exception {
    GradingFolder folder = folder("undisturbed");
    assertThat(SimGrading.gradeAll(SimGrading.run(folder, 2, words -> {}), folder)).isTrue();
    return SimGrading.results(folder);
  }

  @Test
  void a_grader_that_is_killed_at_any_moment_loses_and_repeats_no_finished_run() throws Exception {
    List<String> expected = undisturbed();
    for (int kills : new int[] {1, 6, 13}) {
      String name = "killed-" + kills;
      Process grader =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledGrader.class.getName(),
                  root.toString(),
                  name)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = grader.inputReader();
      for (int i = 0; i < kills; i++) {
        assertThat(out.readLine()).contains("playing");
      }
      grader.destroyForcibly();
      assertThat(grader.waitFor(20, TimeUnit.SECONDS)).isTrue();

      GradingFolder folder = folder(name);
      int recorded = SimGrading.plan(folder).recorded();
      AtomicInteger played = new AtomicInteger();
      GradingRun resumed =
          SimGrading.run(folder, 2, words -> played.addAndGet(words.contains("playing") ? 1 : 0));
      assertThat(SimGrading.gradeAll(resumed, folder)).isTrue();
      assertThat(SimGrading.results(folder)).isEqualTo(expected);
      assertThat(played.get()).isEqualTo(RUNS - recorded);
      assertThat(folder.file(".work")).doesNotExist();
    }
  }

  /** A grader in a process of its own. */
  static final class KilledGrader {
    private KilledGrader() {}

    public static void main(String[] args) throws Exception {
      GradingFolder folder =
          SimGrading.folder(Path.of(args[0]), args[1], SCENARIOS, REPEATS, TEAMS);
      GradingRun run =
          SimGrading.run(
              folder,
              2,
              words -> {
                System.out.println(words);
                System.out.flush();
              });
      SimGrading.gradeAll(run, folder);
    }
  }

  @Test
  void what_was_stopped_is_continued() throws Exception {
    GradingFolder folder = folder("stopped");
    AtomicInteger begun = new AtomicInteger();
    AtomicReference<GradingRun> run = new AtomicReference<>();
    run.set(
        SimGrading.run(
            folder,
            2,
            words -> {
              if (words.contains("playing") && begun.incrementAndGet() == 5) {
                run.get().stop();
              }
            }));
    assertThat(SimGrading.gradeAll(run.get(), folder)).isFalse();
    assertThat(folder.file(GradingTables.CSV)).exists();
    assertThat(SimGrading.plan(folder).runs()).isBetween(RUNS - 5, RUNS - 3);
    assertThat(SimGrading.gradeAll(SimGrading.run(folder, 2, words -> {}), folder)).isTrue();
    assertThat(SimGrading.results(folder)).isEqualTo(undisturbed());
  }

  @Test
  void a_full_disk_ends_the_grading_with_a_clear_error_and_loses_nothing() throws Exception {
    folder("full");
    AtomicInteger left = new AtomicInteger(20);
    AtomicBoolean isFull = new AtomicBoolean(true);
    GradingFolder full =
        GradingFolder.open(
            root.resolve("full"),
            (file, content) ->
                WholeFile.write(
                    file,
                    out -> {
                      if (isFull.get() && left.decrementAndGet() < 0) {
                        throw new IOException("No space left on device");
                      }
                      content.writeTo(out);
                    }));
    assertThatThrownBy(() -> SimGrading.gradeAll(SimGrading.run(full, 2, words -> {}), full))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("No space left on device", "--resume", full.path().toString());
    isFull.set(false);
    GradingFolder again = folder("full");
    assertThat(SimGrading.plan(again).recorded()).isBetween(1, 10);
    assertThat(again.problems()).isEmpty();
    try (Stream<Path> files = Files.walk(again.path())) {
      assertThat(files.filter(WholeFile::isLeftover)).isEmpty();
    }
    assertThat(SimGrading.gradeAll(SimGrading.run(again, 2, words -> {}), again)).isTrue();
    assertThat(SimGrading.results(again)).isEqualTo(undisturbed());
  }

  @Test
  void an_open_result_is_played_again() throws Exception {
    GradingFolder folder = folder("open");
    SimGrading.gradeAll(SimGrading.run(folder, 2, words -> {}), folder);
    var team = folder.grading().teams().get(0);
    var scenario = folder.grading().scenarios().get(1);
    folder.write(team, StoredGrading.run(scenario, 1, raftlab.judge.check.Verdict.Status.UNKNOWN));
    assertThat(SimGrading.plan(folder).runs()).isEqualTo(1);
    SimGrading.gradeAll(SimGrading.run(folder, 2, words -> {}), folder);
    assertThat(SimGrading.results(folder)).isEqualTo(undisturbed());
  }
}
