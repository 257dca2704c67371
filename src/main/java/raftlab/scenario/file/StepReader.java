package raftlab.scenario.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.Action;
import raftlab.scenario.Limits;
import raftlab.scenario.Step;

/** Reads steps. */
final class StepReader {
  private StepReader() {}

  /** The steps of a list; invalid ones, already reported, are left out. */
  static List<Step> read(List<LocatedJson> elements, String prefix) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String number = prefix + (i + 1);
      if (elements.get(i) instanceof LocatedJson.Obj object) {
        read(new KeyValues(object), number).ifPresent(steps::add);
      }
    }
    return steps;
  }

  private static Optional<Step> read(KeyValues step, String number) {
    Limits limits = LimitKeys.read(step);
    Optional<String> until = step.text(ScheduleKeys.UNTIL);
    if (until.isPresent()) {
      return Optional.of(
          new Step.Until(
              number,
              Step.Condition.of(until.get()),
              step.integer(ScheduleKeys.COUNT),
              step.selector(ScheduleKeys.WHO),
              step.millis(ScheduleKeys.WITHIN),
              step.flag(ScheduleKeys.SETUP),
              limits));
    }
    Optional<LocatedJson> wait = step.jsonValue(ScheduleKeys.WAIT);
    if (wait.isPresent()) {
      return Optional.of(new Step.Wait(number, step.millis(ScheduleKeys.WAIT), limits));
    }
    List<LocatedJson> inner = step.elements(ScheduleKeys.STEPS);
    if (!inner.isEmpty()) {
      return Optional.of(
          new Step.Block(
              number,
              step.text(ScheduleKeys.TITLE).orElse(""),
              step.integer(ScheduleKeys.REPEAT),
              read(inner, number + "."),
              limits));
    }
    return ActionReader.read(step).map(action -> act(step, number, action));
  }

  private static Step act(KeyValues step, String number, Action action) {
    return step.nested(ScheduleKeys.ON)
        .<Step>map(on -> new Step.Arm(number, action, ScheduledTimeReader.pattern(on)))
        .orElseGet(() -> new Step.Act(number, action, step.flag(ScheduleKeys.SETUP)));
  }
}
