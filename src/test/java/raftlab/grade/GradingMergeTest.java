package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.GradingMerge.MergeResult;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.sandbox.IsolationLevel;

class GradingMergeTest {
  private static final List<String> TEAMS = List.of("good-1", "votes-twice");

  @TempDir private Path root;

  private void play(GradingFolder folder, Shard shard) throws Exception {
    var part = shard.of(folder.grading().teams(), folder.grading().scenarios());
    SimGrading.run(folder, 2, words -> {})
        .grade(GradingPlan.of(folder, SimGrading.handIns(folder), part));
  }

  private GradingFolder sim(String name) throws Exception {
    return SimGrading.folder(root, name, 2, 1, TEAMS);
  }

  @Test
  void the_parts_of_a_grading_together_are_the_whole() throws Exception {
    play(sim("whole"), Shard.ALL);
    for (int parts : new int[] {2, 3}) {
      List<GradingFolder> folders = new ArrayList<>();
      for (int i = 1; i <= parts; i++) {
        GradingFolder part = sim("part-" + i + "-of-" + parts);
        play(part, new Shard(i, parts));
        folders.add(part);
      }
      MergeResult merged = GradingMerge.merge(root.resolve("merged-" + parts), folders);
      assertThat(merged.runs()).isEqualTo(4);
      assertThat(merged.notes()).isEmpty();
      assertThat(SimGrading.results(merged.folder())).isEqualTo(SimGrading.results(sim("whole")));
      TeamRecord team = merged.folder().grading().teams().get(0);
      merged
          .folder()
          .runs(team)
          .forEach(run -> assertThat(merged.folder().trace(team, run)).exists());
    }
  }

  @Test
  void with_few_parts_no_hand_in_is_built_twice() throws Exception {
    GradingFolder folder = sim("plan");
    List<TeamRecord> teams = folder.grading().teams();
    List<ScenarioRecord> scenarios = folder.grading().scenarios();
    for (int parts : new int[] {1, 2, 3, 4, 7}) {
      int all = 0;
      int builds = 0;
      for (int i = 1; i <= parts; i++) {
        var part = new Shard(i, parts).of(teams, scenarios);
        for (TeamRecord team : teams) {
          long runs = scenarios.stream().filter(each -> part.test(team, each)).count();
          all += (int) runs;
          builds += runs > 0 ? 1 : 0;
        }
      }
      assertThat(all).isEqualTo(4);
      assertThat(builds).isEqualTo(parts <= 2 ? 2 : parts == 3 ? 4 : 4);
    }
  }

  @Test
  void parts_of_different_gradings_are_refused() throws Exception {
    GradingFolder a = StoredGrading.create(root.resolve("a"), 1, "t");
    GradingFolder b = StoredGrading.create(root.resolve("b"), 2, "t");
    assertThatThrownBy(() -> GradingMerge.merge(root.resolve("out"), List.of(a, b)))
        .hasMessageContainingAll("number of repeats", b.path().toString());
    assertThat(root.resolve("out")).doesNotExist();
  }

  @Test
  void a_decided_result_replaces_an_open_one_and_a_conflict_is_named() throws Exception {
    Path suite = root.resolve("same");
    GradingFolder a = StoredGrading.create(suite, 1, "t");
    TeamRecord team = a.grading().teams().get(0);
    GradingFolder b = GradingFolder.create(root.resolve("b"), a.grading());
    List<ScenarioRecord> scenarios = a.grading().scenarios();
    a.write(team, StoredGrading.run(scenarios.get(0), 0, Status.UNKNOWN));
    b.write(team, StoredGrading.run(scenarios.get(0), 0, Status.PASS));
    a.write(team, StoredGrading.run(scenarios.get(1), 0, Status.PASS));
    b.write(team, StoredGrading.run(scenarios.get(1), 0, Status.FAIL));
    a.write(
        team,
        StoredGrading.handIn(
            "t", HandInStatus.NEVER_STARTED, FaultRecord.of(Fault.SUBMISSION, "no hello")));
    b.write(team, StoredGrading.ready("t"));

    MergeResult merged = GradingMerge.merge(root.resolve("out"), List.of(a, b));
    GradingFolder out = GradingFolder.open(root.resolve("out"));
    assertThat(out.run(team, scenarios.get(0), 0).orElseThrow().status()).isEqualTo(Status.PASS);
    assertThat(out.run(team, scenarios.get(1), 0).orElseThrow().status()).isEqualTo(Status.PASS);
    assertThat(out.handIn(team).orElseThrow().status()).isEqualTo(HandInStatus.READY);
    assertThat(merged.notes()).singleElement().asString().contains("a-2-7", "FAIL", "PASS");

    assertThat(GradingMerge.merge(root.resolve("out"), List.of(a, b)).runs()).isZero();
    assertThat(Files.exists(root.resolve("out/grading.json"))).isTrue();
  }

  @Test
  void a_grading_of_which_one_part_ran_without_a_sandbox_is_unsafe() throws Exception {
    GradingFolder a = StoredGrading.create(root.resolve("same"), 1, "t");
    MachineRecord machine = a.grading().machine();
    GradingFolder b =
        GradingFolder.create(
            root.resolve("b"),
            a.grading().withMachine(machine.withIsolation(IsolationLevel.NONE, "switched off")));
    GradingFolder c =
        GradingFolder.create(
            root.resolve("c"),
            a.grading().withMachine(machine.withIsolation(IsolationLevel.SANDBOX, "bubblewrap")));

    GradingMerge.merge(root.resolve("out"), List.of(a, b, c));

    MachineRecord merged = GradingFolder.open(root.resolve("out")).grading().machine();
    assertThat(merged.isolation()).isEqualTo(IsolationLevel.NONE);
    assertThat(merged.isolationText()).isEqualTo("switched off");
    assertThat(machine.isolationKey()).isEmpty();
  }

  @Test
  void a_part_is_written_as_its_number_and_the_number_of_parts() {
    assertThat(Shard.parse("2/4")).contains(new Shard(2, 4));
    assertThat(Shard.parse("2/4").orElseThrow()).hasToString("2/4");
    for (String wrong : List.of("0/4", "5/4", "2", "a/b", "-1/2", "1/2/3", "")) {
      assertThat(Shard.parse(wrong)).as(wrong).isEmpty();
    }
  }
}
