package raftlab.grade;

import java.util.Optional;
import raftlab.grade.store.FaultRecord;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;

/** Plays runs of one hand-in. Several threads may use it. */
interface RunPlayer {
  /**
   * A run that was played.
   *
   * @param trace its events
   * @param seconds how long it took
   * @param fault what was responsible for its end, if more is known than its trace shows; else
   *     {@link FaultRecord#NONE}
   */
  record PlayedRun(Trace trace, double seconds, FaultRecord fault) {}

  /**
   * Plays a run to its end.
   *
   * @param onBegun called when all replicas are ready, on any thread; it may be left out
   * @return empty if it was stopped: a part of a run proves nothing
   * @throws NoTraceException if it ended without a trace
   * @throws RuntimeException if the kit itself fails
   */
  Optional<PlayedRun> play(Scenario scenario, long seed, Runnable onBegun)
      throws InterruptedException, NoTraceException;

  /** Ends all runs soon, and starts no other. */
  void stop();

  /** Thrown if a run ended without a trace; says what was responsible. */
  final class NoTraceException extends Exception {
    private final transient FaultRecord fault;
    private final double seconds;

    NoTraceException(FaultRecord fault, double seconds) {
      super(fault.text());
      this.fault = fault;
      this.seconds = seconds;
    }

    FaultRecord fault() {
      return fault;
    }

    double seconds() {
      return seconds;
    }
  }
}
