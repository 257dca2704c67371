package raftlab.grade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.StoredGrading;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.trace.TraceFile;
import raftlab.trace.WholeFile;
import raftlab.wire.Id;

class GradingFolderTest {
  @TempDir private Path root;
  private GradingFolder folder;
  private TeamRecord team;
  private ScenarioRecord scenario;

  @BeforeEach
  void create() throws Exception {
    folder = StoredGrading.create(root, 2, "a", "b");
    team = folder.grading().teams().get(0);
    scenario = folder.grading().scenarios().get(0);
  }

  private GradingFolder opened() throws IOException {
    return GradingFolder.open(folder.path());
  }

  private RunRecord exit(String words) throws Exception {
    return StoredGrading.record(
        folder,
        team,
        scenario,
        new Event.Exited(0, Id.of(1), 137, List.of(words)),
        new Event.Ended(1, Event.EndReason.NOT_STARTED));
  }

  @Test
  void what_was_written_is_read_again() throws Exception {
    folder.write(team, StoredGrading.ready("a"));
    RunRecord run = exit("\uD83D\uDE00 \uD800 <b> \"quoted\"");

    GradingFolder again = opened();
    assertThat(again.grading()).isEqualTo(folder.grading());
    assertThat(again.handIn(team)).contains(StoredGrading.ready("a"));
    assertThat(again.runs(team)).containsExactly(run);
    assertThat(again.run(team, scenario, 0)).contains(run);
    assertThat(again.run(team, scenario, 1)).isEmpty();
    assertThat(again.handIn(again.grading().teams().get(1))).isEmpty();
    assertThat(again.problems()).isEmpty();
  }

  @Test
  void the_trace_of_a_run_is_kept_compressed() throws Exception {
    RunRecord run = exit("words");
    Path file = folder.trace(team, run);
    assertThat(folder.relative(file)).isEqualTo("teams/a/runs/a-1-7.trace.gz");
    assertThat(file.getFileName()).hasToString(run.trace());
    assertThat(TraceFile.read(file).events()).hasSize(2);
  }

  @Test
  void an_exit_by_a_signal_is_the_hand_ins_fault_with_the_signal() throws Exception {
    FaultRecord fault = exit("words").fault();
    assertThat(fault.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(fault.exitCode()).isEqualTo(137);
    assertThat(fault.signal()).isEqualTo(9);
  }

  @Test
  void a_record_that_is_damaged_counts_as_absent_and_is_named() throws Exception {
    RunRecord run = exit("words");
    Path file = folder.trace(team, run).resolveSibling(run.name() + ".json");
    Files.writeString(file, Files.readString(file).substring(0, 100));
    Files.writeString(folder.file(team, "handin.json"), "{\"format\": 99}");

    GradingFolder again = opened();
    assertThat(again.runs(team)).isEmpty();
    assertThat(again.handIn(team)).isEmpty();
    assertThat(again.problems())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith(file.toString()))
        .anySatisfy(line -> assertThat(line).contains("format 99", "expected format 1"));
  }

  @Test
  void what_a_killed_grader_left_half_written_is_no_record() throws Exception {
    Path runs = Files.createDirectories(folder.file(team, "runs"));
    Files.writeString(runs.resolve(".a-1-7.json.part"), "{");
    assertThat(opened().runs(team)).isEmpty();
    assertThat(opened().problems()).isEmpty();
  }

  @Test
  void another_folder_or_another_version_is_refused() throws Exception {
    assertThatThrownBy(() -> GradingFolder.open(root)).hasMessageContaining("grading.json");
    Files.writeString(folder.file(GradingFolder.SETTINGS), "{\"format\": 1}");
    assertThatThrownBy(this::opened).hasMessageContaining("found format 1, expected format 2");
  }

  @Test
  void scenarios_of_the_same_name_in_two_suites_have_different_keys() throws Exception {
    Path other = Files.createDirectories(root.resolve("other"));
    Files.writeString(other.resolve("a-1.json"), scenario.text());
    GradingRecord both =
        GradingRecord.of(
            Stream.of("short", "other").map(name -> suite(name)).toList(),
            1,
            true,
            1,
            MachineRecord.of(1, 1));
    assertThat(both.scenarios())
        .extracting(ScenarioRecord::key)
        .containsExactly("short.a-1", "a-2", "a-3", "other.a-1");
  }

  private raftlab.suite.Suite suite(String name) {
    try {
      return raftlab.suite.SuiteReader.read(root.resolve(name).toString(), root);
    } catch (raftlab.scenario.ScenarioException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  @Test
  void what_cannot_be_written_leaves_the_old_record() throws Exception {
    RunRecord old = StoredGrading.run(scenario, 0, Status.FAIL);
    folder.write(team, old);
    GradingFolder full =
        GradingFolder.open(
            folder.path(),
            (file, content) ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write('{');
                      throw new IOException("No space left on device");
                    }));
    assertThatThrownBy(() -> full.write(team, StoredGrading.run(scenario, 0, Status.PASS)))
        .hasMessageContaining("a-1-7.json: No space left on device");
    assertThat(full.run(team, scenario, 0)).contains(old);
    assertThat(opened().run(team, scenario, 0)).contains(old);
    try (Stream<Path> files = Files.list(folder.file(team, "runs"))) {
      assertThat(files).hasSize(1);
    }
  }
}
