package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.virtual.VirtualMachineCheck;
import raftlab.cluster.virtual.VirtualWorld;
import raftlab.handin.BuiltProgramCopy;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceDifference;

/** The example hand-ins in the virtual world: their verdicts, and the same trace again. */
class VirtualRunsTest {
  private static final Path HAND_INS = Path.of("handin");

  @BeforeAll
  static void check_machine() {
    VirtualMachineCheck.assumeItCanRun();
  }

  private static Scenario scenario(String name) throws Exception {
    return ScenarioReader.read(Path.of("configs", name + ".json"));
  }

  private static void assertPassesTwiceTheSame(ReplicaCommand command, Scenario scenario) {
    VirtualWorld world = VirtualWorld.of(command);
    Trace first = new ScenarioRunner(scenario, world, 1).play();
    assertThat(Judgement.of(scenario, first).status()).isEqualTo(Status.PASS);
    Trace second = new ScenarioRunner(scenario, world, 1).play();
    assertThat(TraceDifference.between(first, second)).isEmpty();
  }

  private static ReplicaCommand program(String handIn) {
    return ReplicaCommand.parse(HAND_INS.resolve(handIn).resolve("4700kvstore").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe/paused-leader", "persistence/restart-all"})
  void a_correct_python_replica_passes_and_runs_the_same_way_again(String name) throws Exception {
    assertPassesTwiceTheSame(program("python-correct"), scenario(name));
  }

  @Test
  void a_correct_node_replica_passes_and_runs_the_same_way_again() throws Exception {
    assumeTrue(isInstalled("node"), "there is no node");
    assertPassesTwiceTheSame(program("node-correct"), scenario("probe/ok-then-kill"));
  }

  @Test
  void a_correct_c_replica_sends_lost_entries_again_while_new_ones_keep_coming() throws Exception {
    assumeTrue(isInstalled("gcc"), "there is no gcc");
    try (BuiltProgramCopy built =
        BuiltProgramCopy.create(HAND_INS.resolve("c-correct"), Map.of(), Duration.ofMinutes(2))) {
      assertPassesTwiceTheSame(built.command(), scenario("course/unreliable-1"));
    }
  }

  @Test
  void a_replica_that_loses_writes_fails_the_same_way_again() throws Exception {
    Scenario scenario = scenario("course/crash-3");
    VirtualWorld world = VirtualWorld.of(program("python-loses-writes"));
    Trace first = new ScenarioRunner(scenario, world, 1).play();
    assertThat(Judgement.of(scenario, first).status()).isEqualTo(Status.FAIL);
    Trace second = new ScenarioRunner(scenario, world, 1).play();
    assertThat(TraceDifference.between(first, second)).isEmpty();
  }

  private static boolean isInstalled(String program) throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
