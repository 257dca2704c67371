package raftlab.suite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.suite.SuiteRunner.Task;

/**
 * Stops a suite that cannot succeed. A few scenarios with a setup step, the pilots, are played
 * first. If the setup step fails in each of them, for the same reason, the other scenarios are not
 * played. They start as soon as this is decided.
 */
final class BlockedSuiteDetector {
  /** The number of pilots that must be blocked. */
  private static final int MIN_BLOCKED_PILOTS = 3;

  /** The number if the machine was overloaded during one of them, which may be the reason. */
  private static final int MIN_BLOCKED_PILOTS_IF_OVERLOADED = 6;

  private final Set<Task> pilots = new HashSet<>();
  private @Nullable RunOutcome first;
  private int blocked;
  private int needed = MIN_BLOCKED_PILOTS;
  private boolean isDecided = true;

  /**
   * The order of the tasks: the pilots come first.
   *
   * @return the positions of the tasks
   */
  synchronized List<Integer> order(List<Task> tasks) {
    List<Integer> pilotPlaces = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int place = 0; place < tasks.size(); place++) {
      boolean isPilot =
          pilotPlaces.size() < MIN_BLOCKED_PILOTS_IF_OVERLOADED && hasSetup(tasks.get(place));
      (isPilot ? pilotPlaces : others).add(place);
    }
    pilotPlaces.forEach(place -> pilots.add(tasks.get(place)));
    isDecided = pilots.size() < MIN_BLOCKED_PILOTS;
    pilotPlaces.addAll(others);
    return pilotPlaces;
  }

  private static boolean hasSetup(Task task) {
    return !task.scenario().steps().isEmpty() && task.scenario().steps().get(0).isSetup();
  }

  /** Waits until it is decided whether to play this task; pilots don't wait. */
  synchronized void await(Task task) throws InterruptedException {
    while (!isDecided && !pilots.contains(task)) {
      wait();
    }
  }

  /** Reports the end of a task: its outcome, or none if it was stopped. */
  synchronized void ended(Task task, Optional<RunOutcome> outcome) {
    if (!pilots.remove(task) || isDecided) {
      return;
    }
    if (outcome.isEmpty() || !isBlockedAsBefore(outcome.get())) {
      decide(false);
      return;
    }
    needed = outcome.get().judgement().wasOverloaded() ? MIN_BLOCKED_PILOTS_IF_OVERLOADED : needed;
    first = first == null ? outcome.get() : first;
    blocked++;
    if (blocked >= needed) {
      decide(true);
    } else if (pilots.isEmpty()) {
      decide(false);
    }
  }

  private void decide(boolean isDeadEnd) {
    isDecided = true;
    first = isDeadEnd ? first : null;
    notifyAll();
  }

  private boolean isBlockedAsBefore(RunOutcome outcome) {
    boolean isBlocked =
        outcome.status() != Status.FAIL
            && outcome.judgement().verdicts().stream()
                .map(Verdict::status)
                .anyMatch(Status.BLOCKED::equals);
    return isBlocked && (first == null || first.missing().equals(outcome.missing()));
  }

  /** The number of pilots that failed so. */
  synchronized int count() {
    return blocked;
  }

  /** One of the pilots, if the suite cannot succeed. */
  synchronized Optional<RunOutcome> blockedPilot() {
    return isDecided ? Optional.ofNullable(first) : Optional.empty();
  }
}
