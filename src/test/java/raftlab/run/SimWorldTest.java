package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.SuiteReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

class SimWorldTest {
  private static final SimWorld WORLD = new SimWorld(RaftNode::new);

  static List<Scenario> course() throws Exception {
    return SuiteReader.read("course", Path.of("configs")).scenarios();
  }

  private static Trace play(Scenario scenario, long seed) {
    return new ScenarioRunner(scenario, WORLD, seed).play();
  }

  @ParameterizedTest
  @MethodSource("course")
  void the_reference_replica_passes_the_course_with_twenty_seeds(Scenario scenario) {
    for (long seed : LongStream.range(0, 20).toArray()) {
      Judgement judgement = Judgement.of(scenario, play(scenario, seed));
      assertThat(judgement.status())
          .as("seed %d: %s", seed, judgement.reason())
          .isEqualTo(Status.PASS);
      assertThat(judgement.tiers().keySet()).containsExactly(PerformanceMetric.values());
    }
  }

  @Test
  void the_same_seed_gives_the_same_trace_byte_for_byte(@TempDir Path folder) throws Exception {
    for (Scenario scenario : course()) {
      Path first = folder.resolve("first");
      Path second = folder.resolve("second");
      TraceFile.write(play(scenario, 42), first);
      TraceFile.write(play(scenario, 42), second);
      assertThat(Files.mismatch(first, second)).as(scenario.name()).isEqualTo(-1);
    }
  }

  @Test
  void another_seed_gives_another_trace(@TempDir Path folder) throws Exception {
    Scenario scenario = course().get(0);
    TraceFile.write(play(scenario, 1), folder.resolve("first"));
    TraceFile.write(play(scenario, 2), folder.resolve("second"));
    assertThat(Files.mismatch(folder.resolve("first"), folder.resolve("second"))).isNotEqualTo(-1);
  }

  @Test
  void a_stored_trace_is_judged_like_the_run_itself(@TempDir Path folder) throws Exception {
    for (Scenario scenario : course()) {
      Trace trace = play(scenario, 3);
      Path file = folder.resolve(scenario.name());
      TraceFile.write(trace, file);
      Trace stored = TraceFile.read(file);
      Scenario again =
          ScenarioReader.read(stored.header().scenario(), stored.header().scenarioJson());
      Judgement before = Judgement.of(scenario, trace);
      Judgement after = Judgement.of(again, stored);
      assertThat(after.verdicts()).hasSameSizeAs(before.verdicts());
      assertThat(after.tiers()).isEqualTo(before.tiers());
      assertThat(after.statistics().messages()).isEqualTo(before.statistics().messages());
      assertThat(after.statistics().medianLatencySeconds())
          .isEqualTo(before.statistics().medianLatencySeconds());
      TraceFile.write(stored, folder.resolve("again"));
      assertThat(Files.mismatch(file, folder.resolve("again"))).isEqualTo(-1);
    }
  }
}
