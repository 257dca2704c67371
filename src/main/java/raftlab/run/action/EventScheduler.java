package raftlab.run.action;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.network.SeededGenerators;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.ScheduledTime;
import raftlab.trace.UnmetCondition;

/**
 * Plays a scenario's events when they are due, and triggered events when their message is sent. An
 * action that needs a leader waits until one is known, a restart waits until a replica is down, and
 * an action that names a replica waits until it has joined. If the fault were silently skipped, the
 * run would be easier than the scenario says.
 */
public final class EventScheduler {
  /** An action that is due. */
  private record DueAction(
      Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    String name() {
      return action.type().key();
    }
  }

  private final Lab lab;
  private final long seed;
  private final ActionExecutor actions;
  private final MessageTriggers triggers;

  /** Actions that are due and can't be played yet, oldest first. */
  private final List<DueAction> waiting = new ArrayList<>();

  private boolean over;

  public EventScheduler(Lab lab, long seed, ActionExecutor actions, MessageTriggers triggers) {
    this.lab = lab;
    this.seed = seed;
    this.actions = actions;
    this.triggers = triggers;
    lab.leadership().onChange(this::playWaiting);
    lab.onDown(this::playWaitingSoon);
    lab.onReady(replica -> playWaitingSoon());
  }

  /** Schedules the events; {@code fromMicros} is when the scenario's clients begin. */
  public void schedule(List<PlannedAction> events, long fromMicros) {
    for (PlannedAction event : events) {
      if (event.type().isPlannedBeforeRun()) {
        continue;
      }
      // Each event has its own random generator, so that leaving one out changes no other.
      RandomGenerator random = SeededGenerators.generator(seed, "event", event.number());
      for (long micros : EventTimes.of(event, seed)) {
        lab.scheduleAt(fromMicros + micros, () -> playWhenPossible(event.action(), random));
      }
      if (event.time() instanceof ScheduledTime.OnMessage on) {
        triggers.arm(on.message(), fromMicros, at -> playWhenPossible(event.action(), at, random));
      }
    }
  }

  /** Plays an action now or as soon as possible; reports one that never became possible. */
  public void playWhenPossible(
      Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    playWhenPossible(new DueAction(action, at, random));
  }

  /** Stops waiting, and reports the actions that never became possible. */
  public void abandonWaiting() {
    playWaiting();
    over = true;
    for (DueAction due : waiting) {
      UnmetCondition obstacle = actions.obstacle(due.action);
      if (obstacle != null) {
        actions.noteHeld(due.action, obstacle.description() + " until the end", true);
      }
    }
    waiting.clear();
  }

  private void playWhenPossible(Action action, RandomGenerator random) {
    playWhenPossible(new DueAction(action, TargetResolver.TriggerMessage.NONE, random));
  }

  private void playWhenPossible(DueAction due) {
    if (changesPartition(due.action.type())) {
      dropWaitingPartition(due);
    }
    UnmetCondition obstacle = actions.obstacle(due.action);
    if (obstacle != null) {
      actions.noteHeld(due.action, obstacle.description(), over);
      if (!over) {
        waiting.add(due);
      }
    } else {
      actions.play(due.action, due.at, due.random);
      playWaiting();
    }
  }

  private static boolean changesPartition(ActionType type) {
    return type == ActionType.PART_EASY
        || type == ActionType.PART_HARD
        || type == ActionType.PART_END;
  }

  /** Drops a waiting partition if the next partition is due, or the healing that should end it. */
  private void dropWaitingPartition(DueAction next) {
    for (DueAction late : List.copyOf(waiting)) {
      if (changesPartition(late.action.type())) {
        waiting.remove(late);
        actions.noteHeld(
            late.action,
            new UnmetCondition.LeaderUnknown().description() + " until " + next.name() + " was due",
            true);
      }
    }
  }

  /**
   * Plays waiting actions after the present one is complete: an action that kills or restarts
   * several replicas must not be interrupted.
   */
  private void playWaitingSoon() {
    if (!waiting.isEmpty()) {
      lab.scheduleAt(lab.nowMicros(), this::playWaiting);
    }
  }

  /**
   * Plays the waiting actions that are possible now; each may make the next possible or impossible.
   */
  private void playWaiting() {
    for (int i = 0; i < waiting.size(); ) {
      if (actions.obstacle(waiting.get(i).action) == null) {
        DueAction due = waiting.remove(i);
        actions.play(due.action, due.at, due.random);
        i = 0;
      } else {
        i++;
      }
    }
  }
}
