package raftlab.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads what goes wrong when, and checks that it makes sense as a whole.
 *
 * <p>A plan that can't be played as written is an error: an event after the end of the traffic, or
 * a kill when nobody lives. A plan that can be played but may not be what its author wanted gets a
 * warning: it can be meant (that nothing is acknowledged without a majority is well worth a
 * scenario).
 */
final class FaultPlan {
  private record Entry(PlannedFault fault, Json type) {}

  private final FileCheck check;
  private final int replicas;
  private final List<Entry> entries = new ArrayList<>();

  private FaultPlan(FileCheck check, int replicas) {
    this.check = check;
    this.replicas = replicas;
  }

  /** The faults in order of time; those at the same time in the order of the file. */
  static List<PlannedFault> read(Values scenario, FileCheck check) {
    Optional<BigDecimal> lifetime = scenario.number(ScenarioKeys.LIFETIME);
    Optional<BigDecimal> replicas = scenario.number(ScenarioKeys.REPLICAS);
    FaultPlan plan = new FaultPlan(check, replicas.map(BigDecimal::intValue).orElse(0));
    for (Json element : scenario.elements(ScenarioKeys.EVENTS)) {
      if (element instanceof Json.Obj object) {
        plan.add(new Values(object), lifetime);
      }
    }
    plan.entries.sort(Comparator.comparingLong(entry -> entry.fault().atMillis()));
    plan.checkPartitions();
    if (replicas.isPresent()) {
      plan.checkKills();
    }
    return plan.entries.stream().map(Entry::fault).toList();
  }

  private void add(Values event, Optional<BigDecimal> lifetime) {
    Optional<Json> type = event.given(ScenarioKeys.TYPE);
    Optional<BigDecimal> time = event.number(ScenarioKeys.TIME);
    if (time.isPresent() && lifetime.isPresent() && time.get().compareTo(lifetime.get()) > 0) {
      Json at = event.given(ScenarioKeys.TIME).orElseThrow();
      String end = lifetime.get().stripTrailingZeros().toPlainString();
      check.problem(
          at,
          "\"time\" is " + at.inWords() + ", which is after the end of the lifetime",
          "a number from 0 to " + end);
    }
    if (type.isPresent() && time.isPresent()) {
      FaultType known = FaultType.of(((Json.Str) type.get()).text()).orElseThrow();
      entries.add(new Entry(new PlannedFault(known, Values.millis(time.get())), type.get()));
    }
  }

  private void checkPartitions() {
    Entry open = null;
    for (Entry entry : entries) {
      FaultType type = entry.fault().type();
      if (type == FaultType.PART_END) {
        if (open == null) {
          warn(entry, "\"part_end\" does nothing: no partition is open at that time");
        }
        open = null;
      } else if (type == FaultType.PART_EASY || type == FaultType.PART_HARD) {
        if (open != null) {
          warn(
              entry,
              Json.quoted(type.key())
                  + " takes the place of the partition that is open since "
                  + seconds(open)
                  + " s; there is no \"part_end\" between them");
        }
        open = entry;
      }
    }
  }

  private void checkKills() {
    int majority = replicas / 2 + 1;
    int living = replicas;
    for (Entry entry : entries) {
      FaultType type = entry.fault().type();
      boolean kills = type == FaultType.KILL_LEADER || type == FaultType.KILL_NON_LEADER;
      if (kills && living == 0) {
        check.problem(
            entry.type(),
            Json.quoted(type.key()) + " finds no replica alive",
            "at most " + replicas + " kills, one for each replica");
      } else if (kills) {
        living--;
        if (living == majority - 1) {
          String left = living == 1 ? "1 replica lives" : living + " replicas live";
          warn(
              entry,
              "after this "
                  + Json.quoted(type.key())
                  + " only "
                  + left
                  + " of "
                  + replicas
                  + ": without a majority no request can be answered");
        }
      } else if (type == FaultType.PART_HARD && living == majority) {
        warn(
            entry,
            "\"part_hard\" leaves no majority: only "
                + living
                + " of "
                + replicas
                + " replicas live, and the leader is cut off from the others");
      }
    }
  }

  private void warn(Entry entry, String found) {
    check.warning(entry.type().line(), entry.type().column(), found);
  }

  private static String seconds(Entry entry) {
    return BigDecimal.valueOf(entry.fault().atMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
