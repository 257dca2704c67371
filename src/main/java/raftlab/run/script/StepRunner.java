package raftlab.run.script;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.EventScheduler;
import raftlab.run.action.MessageTriggers;
import raftlab.run.action.TargetResolver;
import raftlab.run.action.WaitCondition;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.Step;
import raftlab.scenario.text.StepText;
import raftlab.trace.Event;
import raftlab.trace.Event.StepPhase;
import raftlab.trace.StepTask;
import raftlab.trace.UnmetCondition;

/**
 * Plays a scenario's steps in order. It checks a step's condition after each event. A failed step
 * ends the run.
 */
public final class StepRunner {
  /** How long a step waits for the leader that it needs, in microseconds. */
  private static final long LEADER_BOUND_MICROS = 10_000_000;

  /** The present wait. */
  private record PendingWait(
      Step step, WaitCondition condition, long fromMicros, long micros, Runnable then) {
    /** Replicas that keep all processors busy get more time. */
    boolean isTimedOut(Lab lab) {
      return lab.nowMicros() >= fromMicros + micros * lab.slack();
    }
  }

  private final Lab lab;
  private final long seed;
  private final ActionExecutor actions;
  private final EventScheduler timetable;
  private final MessageTriggers triggers;
  private final WaitConditions conditions;

  /** Null while no step waits for a condition. */
  private @Nullable PendingWait pending;

  /** What follows the step that is done; null while a step is being played. */
  private @Nullable Runnable next;

  /** The step that began last. */
  private @Nullable Step latestStep;

  /** The round of the innermost repeated step, from 1. */
  private int round = 1;

  /** How many actions were played: each has its own random generator. */
  private long played;

  private boolean isLifetimeOver;
  private boolean finished;
  private boolean failed;

  public StepRunner(
      Lab lab,
      long seed,
      ActionExecutor actions,
      EventScheduler timetable,
      MessageTriggers triggers,
      WaitConditions conditions) {
    this.lab = lab;
    this.seed = seed;
    this.actions = actions;
    this.timetable = timetable;
    this.triggers = triggers;
    this.conditions = conditions;
  }

  /** Begins at this time. */
  public void begin(List<Step> steps, long atMicros) {
    scheduleNext(atMicros, () -> playFrom(steps, 0, () -> finished = true));
  }

  /** Whether all steps are done, or one has failed. */
  public boolean isOver() {
    return finished;
  }

  /** Whether a step has failed. */
  public boolean hasFailed() {
    return failed;
  }

  /**
   * Ends the steps because the time is over: the step that isn't done fails. If none is being
   * played, which happens if the kit was stopped until now, the next one fails.
   */
  public void failUnfinished() {
    isLifetimeOver = true;
    while (next != null) {
      playNext();
    }
    if (!finished) {
      Step latest = Objects.requireNonNull(latestStep, "the steps were begun");
      fail(latest, pending == null ? null : pending.condition.unmet());
    }
  }

  private void scheduleNext(long atMicros, Runnable action) {
    next = action;
    lab.scheduleAt(atMicros, this::playNext);
  }

  private void playNext() {
    Runnable action = next;
    if (action != null) {
      next = null;
      action.run();
    }
  }

  /** Checks the present condition; call it after each event. */
  public void poll() {
    PendingWait present = pending;
    if (present == null) {
      return;
    }
    WaitCondition waiting = present.condition;
    boolean late = present.isTimedOut(lab);
    if (waiting.isMet() || late && waiting.succeedsOnTimeout()) {
      pending = null;
      present.then.run();
    } else if (late || waiting.cannotBeMet()) {
      fail(present.step, waiting.unmet());
    }
  }

  private void await(Step step, WaitCondition waiting, long micros, Runnable then) {
    pending = new PendingWait(step, waiting, lab.nowMicros(), micros, then);
    // So that the condition is checked at its deadline even without an event.
    lab.scheduleAt(lab.nowMicros() + micros, () -> {});
    poll();
  }

  private void playFrom(List<Step> steps, int index, Runnable then) {
    if (index == steps.size()) {
      then.run();
    } else if (!finished) {
      play(steps.get(index), () -> playFrom(steps, index + 1, then));
    }
  }

  private void play(Step step, Runnable then) {
    latestStep = step;
    note(step, StepPhase.BEGAN);
    if (isLifetimeOver) {
      fail(step, null);
      return;
    }
    int its = round;
    Runnable done =
        () -> {
          if (finished) {
            return; // it failed before
          }
          round = its;
          note(step, StepPhase.DONE);
          // By the scheduler, since thousands of steps would otherwise be nested calls.
          scheduleNext(lab.nowMicros(), then);
        };
    if (step instanceof Step.Wait wait) {
      lab.scheduleAt(lab.nowMicros() + wait.millis() * 1000, done);
    } else if (step instanceof Step.Until until) {
      await(step, conditions.of(until), until.withinMillis() * 1000, done);
    } else if (step instanceof Step.Block block) {
      playRound(block, 1, done);
    } else if (step instanceof Step.Arm arm) {
      conditions.beforeAction(arm.action().type());
      RandomGenerator random = nextGenerator();
      triggers.arm(
          arm.on(), lab.nowMicros(), at -> timetable.playWhenPossible(arm.action(), at, random));
      done.run();
    } else if (step instanceof Step.Act act) {
      await(step, playable(act.action()), LEADER_BOUND_MICROS, () -> act(act, done));
    }
  }

  private void playRound(Step.Block block, int which, Runnable done) {
    if (which > block.times()) {
      done.run();
    } else {
      round = which;
      playFrom(block.steps(), 0, () -> playRound(block, which + 1, done));
    }
  }

  private WaitCondition playable(Action action) {
    return new WaitCondition() {
      @Override
      public boolean isMet() {
        return actions.obstacle(action) == null;
      }

      @Override
      public @Nullable UnmetCondition unmet() {
        return actions.obstacle(action);
      }
    };
  }

  private void act(Step.Act act, Runnable done) {
    conditions.beforeAction(act.action().type());
    if (act.action().detail() instanceof Action.ClientRequest ask) {
      WaitCondition answer =
          actions.ask(act.action(), TargetResolver.TriggerMessage.NONE, nextGenerator());
      await(act, answer, ask.withinMillis() * 1000, done);
    } else {
      actions.play(act.action(), TargetResolver.TriggerMessage.NONE, nextGenerator());
      done.run();
    }
  }

  private RandomGenerator nextGenerator() {
    return SeededGenerators.generator(seed, "steps", ++played);
  }

  private void fail(Step step, @Nullable UnmetCondition unmet) {
    pending = null;
    finished = true;
    failed = true;
    note(step, step.isSetup() ? StepPhase.BLOCKED : StepPhase.FAILED, unmet);
  }

  private void note(Step step, StepPhase phase) {
    note(step, phase, null);
  }

  private void note(Step step, StepPhase phase, @Nullable UnmetCondition unmet) {
    lab.trace()
        .add(
            new Event.Step(
                lab.nowMicros(),
                step.number(),
                round,
                phase,
                task(step),
                isLifetimeOver && (phase == StepPhase.FAILED || phase == StepPhase.BLOCKED),
                unmet,
                StepText.of(step)));
  }

  /** Returns the facts about a step that the trace records. */
  private static StepTask task(Step step) {
    if (step instanceof Step.Wait wait) {
      return new StepTask.Wait(wait.millis() * 1000);
    } else if (step instanceof Step.Until until) {
      return new StepTask.Until(until.condition(), until.count(), until.withinMillis() * 1000);
    } else if (step instanceof Step.Block block) {
      return new StepTask.Group(block.times());
    } else if (step instanceof Step.Arm arm) {
      return new StepTask.Arm(arm.action().type());
    }
    Action action = ((Step.Act) step).action();
    return action.detail() instanceof Action.ClientRequest request
        ? new StepTask.Request(action.type(), request.key(), request.withinMillis() * 1000)
        : new StepTask.Fault(action.type(), LEADER_BOUND_MICROS);
  }
}
