package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Correct replicas that poll without waiting are judged, with all that they use in the trace. */
class SpinningReplicasTest {
  private static final ProcessWorld SPINS =
      new ProcessWorld(ReplicaCommand.parse("src/test/resources/replicas/spins"));

  @Test
  void they_are_judged_and_it_is_said_what_they_use() {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "this system has no /proc");
    Scenario scenario = SmallScenario.with("");
    Trace trace = new ScenarioRunner(scenario, SPINS, 1).play();
    List<Event.ProcessorUse> uses =
        trace.events().stream()
            .filter(Event.ProcessorUse.class::isInstance)
            .map(Event.ProcessorUse.class::cast)
            .toList();
    assertThat(uses).isNotEmpty();
    Event.ProcessorUse last = uses.get(uses.size() - 1);
    assertThat(last.replicas()).hasSize(3);
    assertThat(last.used()).allMatch(percent -> percent > 0);
    Judgement judgement = Judgement.of(scenario, trace);
    // Others may have taken the machine from them meanwhile: that alone makes it unknown.
    assertThat(judgement.status() == Status.PASS || judgement.wasOverloaded())
        .as(judgement.reason())
        .isTrue();
  }
}
