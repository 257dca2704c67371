package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.Optional;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.MessagePattern.Party;
import raftlab.scenario.ScheduledTime;

/** Reads the time of an event, and reports problems with it. */
final class ScheduledTimeReader {
  private final ScenarioFileChecker check;
  private final Optional<BigDecimal> lifetime;

  ScheduledTimeReader(ScenarioFileChecker check, Optional<BigDecimal> lifetime) {
    this.check = check;
    this.lifetime = lifetime;
  }

  /** The time of an event; empty if it is invalid, which has then been reported. */
  Optional<ScheduledTime> read(LocatedJson.Obj object) {
    KeyValues event = new KeyValues(object);
    Optional<LocatedJson> on = event.jsonValue(ScheduleKeys.ON);
    Optional<LocatedJson> every = event.jsonValue(ScheduleKeys.EVERY);
    boolean sound = isBeforeEnd(event, ScheduleKeys.TIME) & isBeforeEnd(event, ScheduleKeys.LAST);
    if (on.isPresent()) {
      return sound && hasOnly(event, "on", ScheduleKeys.TIME, ScheduleKeys.EVERY)
          ? Optional.of(
              new ScheduledTime.OnMessage(pattern(new KeyValues((LocatedJson.Obj) on.get()))))
          : Optional.empty();
    } else if (every.isPresent()) {
      return sound ? every(event) : Optional.empty();
    }
    Optional<BigDecimal> time = event.number(ScheduleKeys.TIME);
    if (time.isEmpty() && !isSingle(event) && !has(object, ScheduleKeys.TIME)) {
      check.addProblem(
          object,
          "\"time\" is missing",
          ScheduleKeys.TIME.type().description() + ", \"every\" or \"on\"");
    }
    return sound
        ? time.map(KeyValues::micros)
            .or(() -> isSingle(event) ? Optional.of(0L) : Optional.empty())
            .map(ScheduledTime.At::new)
        : Optional.empty();
  }

  private static boolean has(LocatedJson.Obj object, KeySpec key) {
    return object.members().stream().anyMatch(member -> key.isNamed(member.key()));
  }

  /** A single message is found by its number: it needs no time. */
  private static boolean isSingle(KeyValues event) {
    return event.jsonValue(ActionKeys.NTH).isPresent();
  }

  private boolean hasOnly(KeyValues event, String one, KeySpec... others) {
    for (KeySpec other : others) {
      Optional<LocatedJson> given = event.jsonValue(other);
      if (given.isPresent()) {
        check.addProblem(
            given.get(),
            LocatedJson.quoted(other.name())
                + " and "
                + LocatedJson.quoted(one)
                + " are both given",
            "only one of them");
        return false;
      }
    }
    return true;
  }

  private Optional<ScheduledTime> every(KeyValues event) {
    long each = event.number(ScheduleKeys.EVERY).map(KeyValues::millis).orElseThrow();
    long jitter = event.number(ScheduleKeys.JITTER).map(KeyValues::millis).orElse(0L);
    if (2 * jitter > each) {
      check.addProblem(
          event.jsonValue(ScheduleKeys.JITTER).orElseThrow(),
          "\"jitter\" is more than half of \"every\"",
          "at most half of it, so that the times stay in order");
      return Optional.empty();
    }
    long last =
        event
            .number(ScheduleKeys.LAST)
            .or(() -> lifetime)
            .map(KeyValues::millis)
            .orElse(Long.MAX_VALUE / 2000);
    long from = event.number(ScheduleKeys.TIME).map(KeyValues::millis).orElse(each);
    return Optional.of(new ScheduledTime.Every(from, each, jitter, last));
  }

  private boolean isBeforeEnd(KeyValues event, KeySpec key) {
    Optional<BigDecimal> time = event.number(key);
    if (time.isPresent() && lifetime.isPresent() && time.get().compareTo(lifetime.get()) > 0) {
      LocatedJson at = event.jsonValue(key).orElseThrow();
      check.addProblem(
          at,
          LocatedJson.quoted(key.name())
              + " is "
              + at.description()
              + ", after the end of the lifetime",
          "a number from 0 to " + lifetime.get().stripTrailingZeros().toPlainString());
      return false;
    }
    return true;
  }

  /** The message that an "on" describes. */
  static MessagePattern pattern(KeyValues on) {
    return new MessagePattern(
        on.text(ScheduleKeys.MESSAGE).orElse(""),
        on.text(ScheduleKeys.FROM).flatMap(Party::of).orElse(Party.ANY),
        on.text(ScheduleKeys.TO).flatMap(Party::of).orElse(Party.ANY),
        on.integer(ScheduleKeys.NTH),
        on.millis(ScheduleKeys.AFTER),
        on.flag(ScheduleKeys.LOSE));
  }
}
