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
 * a kill when nobody lives ({@link Headcount}). A plan that can be played but may not be what its
 * author wanted gets a warning: it can be meant (that nothing is acknowledged without a majority is
 * well worth a scenario).
 */
final class FaultPlan {
  /** What replicas are asked for can hardly be done in less, in milliseconds. */
  private static final long SHORT_MILLIS = 2_000;

  /** A fault, and where its type stands in the file. */
  record Entry(PlannedFault fault, Json type) {
    FaultType kind() {
      return fault.type();
    }
  }

  private final FileCheck check;
  private final List<Entry> entries = new ArrayList<>();

  private FaultPlan(FileCheck check) {
    this.check = check;
  }

  /** The faults in order of time; those at the same time in the order of the file. */
  static List<PlannedFault> read(Values scenario, FileCheck check) {
    Optional<BigDecimal> lifetime = scenario.number(ScenarioKeys.LIFETIME);
    Optional<BigDecimal> replicas = scenario.number(ScenarioKeys.REPLICAS);
    FaultPlan plan = new FaultPlan(check);
    for (Json element : scenario.elements(ScenarioKeys.EVENTS)) {
      if (element instanceof Json.Obj object) {
        plan.add(new Values(object), lifetime);
      }
    }
    plan.entries.sort(Comparator.comparingLong(entry -> entry.fault().atMillis()));
    plan.checkPartitions();
    replicas.ifPresent(count -> new Headcount(check, count.intValue()).check(plan.entries));
    if (lifetime.isPresent()) {
      plan.checkTimeLeft(Values.millis(lifetime.get()) + scenario.millis(ScenarioKeys.END_WAIT));
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
                  + seconds(open.fault().atMillis())
                  + " s; there is no \"part_end\" between them");
        }
        open = entry;
      }
    }
  }

  private void checkTimeLeft(long endMillis) {
    for (Entry entry : entries) {
      long left = endMillis - entry.fault().atMillis();
      if (entry.kind().isAskedFor() && left >= 0 && left < SHORT_MILLIS) {
        warn(
            entry,
            Json.quoted(entry.kind().key())
                + " has only "
                + seconds(left)
                + " s until the end of the run; what isn't done by then fails it");
      }
    }
  }

  private void warn(Entry entry, String found) {
    check.warning(entry.type().line(), entry.type().column(), found);
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }
}
