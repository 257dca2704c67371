package raftlab.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a simulated cluster to an earlier state: starts it again with the same seed and repeats
 * the commands up to there. A simulated run is determined by seed and commands, so the state is the
 * same.
 */
final class Rewinder {
  /** Runs a command line; mistakes are ignored, as they had no effect the first time either. */
  interface LineRunner {
    void run(String line);
  }

  private final ConsoleSession session;
  private final LineRunner runner;

  Rewinder(ConsoleSession session, LineRunner runner) {
    this.session = session;
    this.runner = runner;
  }

  /** Brings the cluster to this state. */
  void goTo(Moment target) {
    repeat(target.path(), Long.MAX_VALUE);
    session.setMoment(target);
  }

  /**
   * Brings the cluster to the state at this time on the way to a later state. If the time is in the
   * middle of a command, the command is repeated up to there.
   */
  void goTo(Moment later, long micros) {
    Moment end = later;
    while (end.before() != null && end.before().atMicros() >= micros) {
      end = end.before();
    }
    Moment before = end.before();
    if (end.atMicros() <= micros || before == null) {
      goTo(end);
      return;
    }
    repeat(end.path(), micros);
    session.setMoment(before.then(end.line(), session.cluster(), true));
  }

  /** Runs these lines after a state, and returns the cluster; it isn't part of the history. */
  LiveCluster tryOut(Moment from, List<String> lines) {
    repeat(from.path(), Long.MAX_VALUE);
    quietly(() -> lines.forEach(this::repeat));
    return session.cluster();
  }

  private void repeat(List<Moment> path, long untilMicros) {
    LiveCluster present = session.cluster();
    quietly(
        () -> {
          LiveCluster fresh =
              new LiveCluster(
                  present.world(),
                  present.lab().trace().header().replicas().size(),
                  present.seed(),
                  session.output());
          session.replaceCluster(fresh);
          fresh.startAll();
          fresh.begin();
          for (Moment each : path) {
            if (each.before() != null) {
              repeat(each, fresh, untilMicros);
            }
          }
        });
  }

  private void quietly(Runnable work) {
    session.output().mute(true);
    session.interruptFlag().repeating(true);
    try {
      work.run();
    } finally {
      session.interruptFlag().repeating(false);
      session.interruptFlag().reset();
      session.output().mute(false);
    }
  }

  private void repeat(Moment moment, LiveCluster cluster, long untilMicros) {
    session.interruptFlag().reset();
    Runnable stop = session.interruptFlag()::interruptAsBefore;
    if (moment.interrupted() && moment.atMicros() <= untilMicros) {
      cluster.stopAfter(moment.steps(), moment.atMicros(), stop);
    } else {
      cluster.stopAt(untilMicros, stop);
    }
    runner.run(moment.line());
  }

  private void repeat(String line) {
    session.interruptFlag().reset();
    runner.run(line);
  }

  /** The state of this name, or null. */
  static @Nullable Moment named(Moment any, String name) {
    return any.root().all().stream()
        .filter(moment -> name.equals(moment.name()))
        .findFirst()
        .orElse(null);
  }
}
