package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.HandInBuilder.BuiltHandIn;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;

/** Runs whose worker ended without a trace. */
class RunWithoutTraceTest {
  @TempDir private Path root;

  private final AtomicInteger plays = new AtomicInteger();

  /** A player whose runs end like this. */
  private RunPlayer player(FaultRecord fault) {
    return new RunPlayer() {
      @Override
      public Optional<PlayedRun> play(Scenario scenario, long seed, Runnable onBegun)
          throws NoTraceException {
        plays.incrementAndGet();
        throw new NoTraceException(fault, 2.5);
      }

      @Override
      public void stop() {}
    };
  }

  private RunRecord graded(FaultRecord fault) throws Exception {
    GradingFolder folder = SimGrading.folder(root, "g" + fault.fault(), 1, 1, List.of("t"));
    GradingRun run =
        SimGrading.run(
            folder,
            1,
            words -> {},
            (handIn, copy, stage) -> new BuiltHandIn(StoredGrading.ready("t"), player(fault)));
    SimGrading.gradeAll(run, folder);
    return folder.runs(folder.grading().teams().get(0)).get(0);
  }

  @Test
  void a_replica_that_ended_the_worker_at_a_limit_costs_points() throws Exception {
    FaultRecord fault = new FaultRecord(Fault.SUBMISSION, "too much memory", 137, 9, "memory");
    RunRecord run = graded(fault);
    assertThat(run.status()).isEqualTo(Status.FAIL);
    assertThat(run.fault()).isEqualTo(fault);
    assertThat(run.isDecided()).isTrue();
    assertThat(run.reason()).isEqualTo("too much memory");
    assertThat(run.checks()).extracting(check -> check.check()).containsExactly("died");
    assertThat(run.wallSeconds()).isEqualTo(2.5);
    assertThat(run.trace()).isEmpty();
    assertThat(plays).hasValue(1);
  }

  @Test
  void a_run_that_the_machine_ended_is_played_again_alone_and_costs_nothing() throws Exception {
    RunRecord run = graded(FaultRecord.of(Fault.MACHINE, "killed"));
    assertThat(run.status()).isEqualTo(Status.UNKNOWN);
    assertThat(run.fault().fault()).isEqualTo(Fault.MACHINE);
    assertThat(run.isDecided()).isFalse();
    assertThat(run.repeatedAlone()).isTrue();
    assertThat(plays).hasValue(2);
  }

  @Test
  void a_fault_of_the_kit_costs_nothing() throws Exception {
    RunRecord run = graded(FaultRecord.of(Fault.KIT, "the worker did not end in time"));
    assertThat(run.status()).isEqualTo(Status.UNKNOWN);
    assertThat(run.fault().fault()).isEqualTo(Fault.KIT);
    assertThat(run.checks()).extracting(check -> check.check()).containsExactly("kit");
    assertThat(plays).hasValue(1);
  }
}
