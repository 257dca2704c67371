package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftNode;
import raftlab.run.Run;
import raftlab.run.swarm.RandomScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;

/** Nothing that surely no correct replica does is seen in runs of the reference replica. */
class CorrectRunsTest {
  private static final int SEEDS = 30;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  /** A replica on a host that keeps to itself what it reports. */
  private static Node silent(Host host) {
    Host quiet =
        (Host)
            Proxy.newProxyInstance(
                Host.class.getClassLoader(),
                new Class<?>[] {Host.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("report")
                        ? null
                        : method.invoke(host, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return new RaftNode(quiet);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_held_against_replicas_that_report(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Trace trace = new Run(scenario, new SimWorld(RaftNode::new), seed).play();
    assertThat(Explanation.certain(scenario, trace)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nor_against_silent_ones(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    Trace trace = new Run(scenario, new SimWorld(CorrectRunsTest::silent), seed).play();
    assertThat(Explanation.certain(scenario, trace)).isEmpty();
  }
}
