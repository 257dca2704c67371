package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.cluster.Cluster;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** The kit's own process is stopped, for example by Ctrl-Z, for longer than the scenario lasts. */
class StoppedKitTest {
  private static final long STOPPED_AT_MICROS = 500_000;
  private static final long CONTINUED_AT_MICROS = 10_000_000;

  /** A simulated world in which one call of {@link Cluster#advance} returns seconds too late. */
  private record StoppedWorld(World sound) implements World {
    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public List<String> replicaCommand() {
      return sound.replicaCommand();
    }

    @Override
    public boolean usesWallClock() {
      return sound.usesWallClock();
    }

    @Override
    public boolean supports(WorldCapability ability) {
      return sound.supports(ability);
    }

    @Override
    public Cluster open(List<Id> replicas, long seed, boolean durable, Cluster.Observer observer) {
      Cluster cluster = sound.open(replicas, seed, durable, observer);
      return (Cluster)
          Proxy.newProxyInstance(
              Cluster.class.getClassLoader(),
              new Class<?>[] {Cluster.class},
              (proxy, method, args) -> {
                Object result = call(cluster, method, args);
                if (method.getName().equals("advance")
                    && cluster.nowMicros() >= STOPPED_AT_MICROS) {
                  while (cluster.nowMicros() < CONTINUED_AT_MICROS) {
                    cluster.advance(CONTINUED_AT_MICROS);
                  }
                }
                return result;
              });
    }

    private static Object call(Cluster cluster, Method method, Object[] args) throws Throwable {
      try {
        return method.invoke(cluster, args);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }

  private Scenario scenario;
  private Trace trace;
  private List<Event.Step> steps;

  private void play(String json) throws ScenarioException {
    scenario = ScenarioReader.read("stopped", json);
    trace = new ScenarioRunner(scenario, new StoppedWorld(new SimWorld(RaftNode::new)), 1).play();
    steps =
        trace.events().stream()
            .filter(Event.Step.class::isInstance)
            .map(Event.Step.class::cast)
            .toList();
  }

  @ParameterizedTest
  @CsvSource({"false, FAILED", "true, BLOCKED"})
  void the_first_step_fails_if_the_lifetime_ends_before_it_begins(boolean setup, StepPhase phase)
      throws ScenarioException {
    play(
        String.format(
            Locale.ROOT,
            """
            {"lifetime": 1, "start_wait": 2, "end_wait": 0, "replicas": 3,
             "events": [{"type": "heal", "time": 0}],
             "steps": [{"until": "leader", "setup": %s}, {"wait": 0.1}]}
            """,
            setup));

    assertThat(steps).extracting(Event.Step::number).containsExactly("1", "1");
    assertThat(steps).extracting(Event.Step::phase).containsExactly(StepPhase.BEGAN, phase);
    assertThat(steps.get(1).isLifetimeOver()).isTrue();
    assertThat(RunOutcome.of(scenario, trace, 1).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void a_step_that_is_done_when_the_lifetime_ends_does_not_fail_but_the_next_does()
      throws ScenarioException {
    play(
        """
        {"lifetime": 1, "start_wait": 2, "end_wait": 0, "replicas": 3,
         "steps": [{"until": "leader"}, {"wait": 0.1}]}
        """);

    assertThat(steps).extracting(Event.Step::number).containsExactly("1", "1", "2", "2");
    assertThat(steps)
        .extracting(Event.Step::phase)
        .containsExactly(StepPhase.BEGAN, StepPhase.DONE, StepPhase.BEGAN, StepPhase.FAILED);
  }

  @Test
  void steps_that_are_all_done_when_the_lifetime_ends_do_not_fail() throws ScenarioException {
    play(
        """
        {"lifetime": 1, "start_wait": 2, "end_wait": 0, "replicas": 3,
         "steps": [{"repeat": 1, "steps": [{"until": "leader"}]}]}
        """);

    assertThat(steps)
        .extracting(step -> step.number() + " " + step.phase())
        .containsExactly("1 BEGAN", "1.1 BEGAN", "1.1 DONE", "1 DONE");
  }
}
