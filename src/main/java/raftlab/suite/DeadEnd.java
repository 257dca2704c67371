package raftlab.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.run.findings.Cause;
import raftlab.suite.SuiteRun.Task;

/**
 * Notices when a suite leads nowhere: its first scenarios with a setup step are all blocked, and by
 * the same. Then the others need not wait for it too.
 */
final class DeadEnd {
  /** So many scenarios must be blocked by the same. */
  static final int FIRST = 3;

  private final boolean isLookedFor;
  private Outcome first;
  private int count;
  private boolean leadsOn;

  DeadEnd(boolean isLookedFor) {
    this.isLookedFor = isLookedFor;
  }

  /** The order to play in: those first that can show a dead end, where that is looked for. */
  List<Integer> order(List<Task> tasks) {
    Comparator<Integer> pilotsFirst =
        Comparator.comparing((Integer place) -> isLookedFor && isPilot(tasks, place) ? 0 : 1);
    return IntStream.range(0, tasks.size())
        .boxed()
        .sorted(pilotsFirst.thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static boolean isPilot(List<Task> tasks, int place) {
    return begins(tasks.get(place))
        && tasks.subList(0, place).stream().filter(DeadEnd::begins).count() < FIRST;
  }

  private static boolean begins(Task task) {
    return !task.scenario().steps().isEmpty() && task.scenario().steps().get(0).isSetup();
  }

  /** A run has ended. */
  synchronized void saw(Outcome outcome) {
    if (outcome.judgement().wasOverloaded() || outcome.wasNotPlayed()) {
      return;
    }
    boolean isSame =
        outcome.status() == Status.BLOCKED
            && (first == null || Cause.of(outcome).key().equals(Cause.of(first).key()));
    leadsOn |= !isSame && count < FIRST;
    first = first == null ? outcome : first;
    count++;
  }

  /** One of the first runs, if they all were blocked by the same. */
  synchronized Optional<Outcome> found() {
    return isLookedFor && count >= FIRST && !leadsOn ? Optional.of(first) : Optional.empty();
  }
}
