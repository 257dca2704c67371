package raftlab.bench;

import java.nio.file.Path;
import java.util.Locale;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;
import raftlab.trace.Trace;

/** How fast the simulated world is on one core once warm, playing and judging the course. */
public final class SimSpeed {
  private SimSpeed() {}

  /** Prints the figures of the last of several rounds. */
  public static void main(String[] args) throws Exception {
    Suite suite = SuiteReader.read("course", Path.of("configs"));
    SimWorld world = new SimWorld(RaftNode::new);
    for (int round = 1; round <= 8; round++) {
      double simulated = 0;
      long events = 0;
      long from = System.nanoTime();
      for (long seed = 0; seed < 10; seed++) {
        for (Scenario scenario : suite.scenarios()) {
          Trace trace = new ScenarioRunner(scenario, world, seed).play();
          Judgement.of(scenario, trace);
          simulated += scenario.totalMillis() / 1000.0;
          events += trace.events().size();
        }
      }
      double wall = (System.nanoTime() - from) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "simulated world, round %d: %.0f × real time, %.0f events a second%n",
          round,
          simulated / wall,
          events / wall);
    }
  }
}
