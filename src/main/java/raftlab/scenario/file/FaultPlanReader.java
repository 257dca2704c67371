package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.ScheduledTime;

/**
 * Reads the events of a scenario, and checks them as a whole.
 *
 * <p>An event that can't be played as written is an error: an event after the end of the traffic,
 * or a kill when no replica is running ({@link FaultPlanQuorumCheck}). A plan that can be played
 * but may not do what its author wanted gets a warning. It may be intended: a scenario may test
 * that nothing is acknowledged without a majority.
 */
final class FaultPlanReader {
  /** A requested change hardly succeeds in less time than this, in microseconds. */
  private static final long SHORT_MICROS = 2_000_000;

  /** An event with a known time, and the place of its type in the file. */
  record TimedFault(PlannedAction event, long atMicros, LocatedJson type) {
    ActionType actionType() {
      return event.type();
    }
  }

  private final ScenarioFileChecker check;
  private final List<PlannedAction> all = new ArrayList<>();
  private final List<TimedFault> entries = new ArrayList<>();

  private FaultPlanReader(ScenarioFileChecker check) {
    this.check = check;
  }

  /**
   * The events: those with a time first, in order of time; at equal times, in the order of the
   * file. All others follow.
   */
  static List<PlannedAction> read(KeyValues scenario, ScenarioFileChecker check) {
    Optional<BigDecimal> lifetime = scenario.number(ScenarioKeys.LIFETIME);
    FaultPlanReader plan = new FaultPlanReader(check);
    ScheduledTimeReader moments = new ScheduledTimeReader(check, lifetime);
    int number = 0;
    for (LocatedJson element : scenario.elements(ScenarioKeys.EVENTS)) {
      number++;
      if (element instanceof LocatedJson.Obj object) {
        plan.add(object, number, moments);
      }
    }
    plan.entries.sort(Comparator.comparingLong(TimedFault::atMicros));
    plan.all.sort(Comparator.comparingLong(FaultPlanReader::order));
    if (plan.isCountable() && scenario.elements(ScenarioKeys.STEPS).isEmpty()) {
      plan.checkPartitions();
      scenario
          .number(ScenarioKeys.REPLICAS)
          .ifPresent(
              count -> new FaultPlanQuorumCheck(check, count.intValue()).check(plan.entries));
    }
    if (lifetime.isPresent()) {
      plan.checkTimeLeft(
          KeyValues.micros(lifetime.get()) + 1000 * scenario.millis(ScenarioKeys.END_WAIT));
    }
    return plan.all;
  }

  private static long order(PlannedAction event) {
    return event.time() instanceof ScheduledTime.At at ? at.atMicros() : Long.MAX_VALUE;
  }

  private void add(LocatedJson.Obj object, int number, ScheduledTimeReader moments) {
    KeyValues values = new KeyValues(object);
    Optional<Action> action = ActionReader.read(values);
    Optional<ScheduledTime> moment = moments.read(object);
    if (action.isPresent() && moment.isPresent()) {
      PlannedAction event = new PlannedAction(number, action.get(), moment.get());
      all.add(event);
      if (moment.get() instanceof ScheduledTime.At at) {
        entries.add(
            new TimedFault(event, at.atMicros(), values.jsonValue(ActionKeys.TYPE).orElseThrow()));
      }
    }
  }

  /** Whether the running replicas are known before the run at each time. */
  private boolean isCountable() {
    return entries.size() == all.size()
        && all.stream()
            .allMatch(
                event ->
                    event.type().hasCountableEffect()
                        && event.action().targets().isEmpty()
                        && event.action().durationMillis() == 0);
  }

  private void checkPartitions() {
    TimedFault open = null;
    for (TimedFault entry : entries) {
      ActionType type = entry.actionType();
      if (type == ActionType.PART_END) {
        if (open == null) {
          warn(entry, "\"part_end\" does nothing: no partition is open at that time");
        }
        open = null;
      } else if (type == ActionType.PART_EASY || type == ActionType.PART_HARD) {
        if (open != null) {
          warn(
              entry,
              LocatedJson.quoted(type.key())
                  + " replaces the partition that is open since "
                  + seconds(open.atMicros())
                  + " s; there is no \"part_end\" between them");
        }
        open = entry;
      }
    }
  }

  private void checkTimeLeft(long endMicros) {
    for (TimedFault entry : entries) {
      long left = endMicros - entry.atMicros();
      if (entry.actionType().isClusterRequest() && left >= 0 && left < SHORT_MICROS) {
        warn(
            entry,
            LocatedJson.quoted(entry.actionType().key())
                + " has only "
                + seconds(left)
                + " s until the end of the run; the scenario fails if it isn't done by then");
      }
    }
  }

  private void warn(TimedFault entry, String found) {
    check.addWarning(entry.type().line(), entry.type().column(), found);
  }

  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }
}
