package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.Regrading.RegradingResult;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.trace.Event;
import raftlab.wire.Id;

class RegradingTest {
  @TempDir private Path root;
  private GradingFolder folder;
  private TeamRecord team;

  @BeforeEach
  void store() throws Exception {
    folder = StoredGrading.create(root, 1, "t");
    team = folder.grading().teams().get(0);
    folder.write(team, StoredGrading.ready("t"));
    for (ScenarioRecord scenario : folder.grading().scenarios()) {
      StoredGrading.record(
          folder,
          team,
          scenario,
          new Event.Exited(0, Id.of(1), 3, List.of()),
          new Event.Ended(1, Event.EndReason.NOT_STARTED));
    }
  }

  @Test
  void what_a_trace_does_not_show_is_kept() throws Exception {
    FaultRecord killed = new FaultRecord(Fault.SUBMISSION, "killed", 137, 9, "memory");
    RunRecord run = run(0).withObserved(killed).withReplay("from another folder");
    assertThat(run.fault()).isEqualTo(killed);
    folder.write(team, run);
    assertThat(regrade().changed()).isZero();
    assertThat(run(0)).isEqualTo(run);
    RunRecord excused = run.withObserved(FaultRecord.of(Fault.KIT, "the worker died"));
    assertThat(excused.isDecided()).isFalse();
    assertThat(excused.status()).isEqualTo(Status.UNKNOWN);
  }

  private RunRecord run(int scenario) {
    return folder.run(team, folder.grading().scenarios().get(scenario), 0).orElseThrow();
  }

  private Path trace(int scenario) {
    return folder.trace(team, run(scenario));
  }

  private RegradingResult regrade() throws Exception {
    return Regrading.regrade(folder, 2);
  }

  @Test
  void judging_again_changes_nothing_if_the_judges_are_the_same() throws Exception {
    RunRecord before = run(0);
    RegradingResult result = regrade();
    assertThat(result.judged()).isEqualTo(3);
    assertThat(result.changed()).isZero();
    assertThat(result.kept()).isEmpty();
    assertThat(run(0)).isEqualTo(before);
  }

  @Test
  void a_record_that_another_judge_made_is_replaced_by_what_the_trace_shows() throws Exception {
    ScenarioRecord scenario = folder.grading().scenarios().get(1);
    RunRecord judged = run(1);
    RunRecord wrong = StoredGrading.run(scenario, 0, Status.PASS, judged.trace());
    folder.write(team, wrong);
    assertThat(regrade().changed()).isEqualTo(1);
    assertThat(run(1).status()).isEqualTo(Status.FAIL);
    assertThat(run(1).checks()).isEqualTo(judged.checks());
    assertThat(run(1).wallSeconds()).isEqualTo(wrong.wallSeconds());
  }

  @Test
  void traces_that_are_damaged_or_of_another_version_are_named_and_their_records_kept()
      throws Exception {
    byte[] whole = Files.readAllBytes(trace(0));
    Files.write(trace(0), java.util.Arrays.copyOf(whole, whole.length - 30));
    String text;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(trace(1)))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(trace(1), text.replaceFirst("\"raftlab-trace\":\\d+", "\"raftlab-trace\":1"));
    Files.delete(trace(2));
    List<RunRecord> before = folder.runs(team);

    RegradingResult result = regrade();
    assertThat(result.judged()).isZero();
    assertThat(result.kept())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("t, a-1-7", "damaged"))
        .anySatisfy(line -> assertThat(line).contains("t, a-2-7", "format 1"))
        .anySatisfy(line -> assertThat(line).contains("t, a-3-7"));
    assertThat(GradingFolder.open(folder.path()).runs(team)).isEqualTo(before);
  }

  @Test
  void a_run_without_a_trace_is_kept() throws Exception {
    ScenarioRecord scenario = folder.grading().scenarios().get(2);
    folder.write(team, StoredGrading.run(scenario, 0, Status.UNKNOWN));
    assertThat(regrade().kept()).singleElement().asString().contains("no trace");
  }
}
