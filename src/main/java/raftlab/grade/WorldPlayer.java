package raftlab.grade;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import raftlab.cluster.World;
import raftlab.grade.store.FaultRecord;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Plays runs in this process, with the replicas of a world. */
final class WorldPlayer implements RunPlayer {
  private final World world;
  private final Set<ScenarioRunner> underway = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  WorldPlayer(World world) {
    this.world = world;
  }

  @Override
  public Optional<PlayedRun> play(Scenario scenario, long seed, Runnable onBegun) {
    ScenarioRunner run = new ScenarioRunner(scenario, world, seed);
    run.addListener(
        event -> {
          if (event instanceof Event.Began) {
            onBegun.run();
          }
        });
    long from = System.nanoTime();
    underway.add(run);
    try {
      if (stopped) {
        return Optional.empty();
      }
      Trace trace = run.play();
      double seconds = (System.nanoTime() - from) / 1e9;
      // After a stop the replicas may have been killed, too.
      return stopped
          ? Optional.empty()
          : Optional.of(new PlayedRun(trace, seconds, FaultRecord.NONE));
    } finally {
      underway.remove(run);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    underway.forEach(ScenarioRunner::interrupt);
  }
}
