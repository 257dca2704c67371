package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.process.UsageLimit;
import raftlab.grade.RunPlayer.NoTraceException;
import raftlab.grade.RunPlayer.PlayedRun;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.sandbox.Sandbox;
import raftlab.sandbox.SandboxChoice;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;

/** Runs of a grading in workers. */
class SandboxPlayerTest {
  @TempDir private Path root;
  private Sandbox sandbox;
  private Path copy;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.open(SandboxChoice.AUTO, List.of());
    assumeTrue(sandbox.status().isIsolated(), "NOT TESTED: no sandbox: " + sandbox.status().why());
    copy = Files.createDirectory(root.resolve("handin-1"));
    Files.copy(
        Path.of("handin/python-correct/4700kvstore"),
        copy.resolve("4700kvstore"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private RunPlayer player() {
    Path program = copy.resolve("4700kvstore");
    return SandboxPlayer.of(
        sandbox,
        copy,
        copy,
        new ReplicaCommand(
            List.of("sh", "-c", "", copy.toString(), program.toString()), List.of("team/kv")));
  }

  private static Scenario scenario(double seconds) throws ScenarioException {
    return ScenarioReader.read(
        "short",
        "{\"lifetime\": 60, \"replicas\": 3, \"start_wait\": 0, \"end_wait\": 0, \"steps\": ["
            + "{\"until\": \"leader\", \"within\": 30}, {\"wait\": "
            + seconds
            + "}]}");
  }

  private List<String> folders() throws IOException {
    try (var entries = Files.list(root)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void a_run_is_played_to_its_end_and_only_the_copy_stays() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Optional<PlayedRun> played = player().play(scenario(0.1), 7, begun::countDown);
    assertThat(played).isPresent();
    assertThat(played.get().fault()).isEqualTo(FaultRecord.NONE);
    assertThat(played.get().trace().header().seed()).isEqualTo(7);
    assertThat(played.get().trace().header().replicaCommand()).containsExactly("team/kv");
    List<Event> events = played.get().trace().events();
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Event.Ended.class, end -> assertThat(end.why()).isEqualTo(EndReason.COMPLETE));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(folders()).containsExactly("handin-1");
  }

  @Test
  void a_run_that_is_stopped_ends_soon_and_proves_nothing() throws Exception {
    RunPlayer player = player();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Optional<PlayedRun>> run =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return player.play(scenario(50), 7, begun::countDown);
              } catch (InterruptedException | NoTraceException | ScenarioException wrong) {
                throw new IllegalStateException(wrong);
              }
            });
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    player.stop();
    assertThat(run.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(player.play(scenario(0.1), 8, () -> {})).isEmpty();
    assertThat(folders()).containsExactly("handin-1");
  }

  @Test
  void a_fault_is_recorded_with_signal_and_limit() {
    FaultRecord record =
        SandboxPlayer.fault(
            raftlab.sandbox.Fault.SUBMISSION, "too much", 137, Optional.of(UsageLimit.MEMORY));
    assertThat(record).isEqualTo(new FaultRecord(Fault.SUBMISSION, "too much", 137, 9, "memory"));
    assertThat(SandboxPlayer.fault(raftlab.sandbox.Fault.NONE, "", 0, Optional.empty()))
        .isEqualTo(FaultRecord.NONE);
  }
}
