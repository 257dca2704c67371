package raftlab.scenario;

import java.math.BigDecimal;
import java.util.Optional;
import raftlab.scenario.MessagePattern.Party;

/** Reads when an event is, and says what is wrong with it. */
final class MomentReader {
  private final FileCheck check;
  private final Optional<BigDecimal> lifetime;

  MomentReader(FileCheck check, Optional<BigDecimal> lifetime) {
    this.check = check;
    this.lifetime = lifetime;
  }

  /** The moment of an event; none if something is wrong with it, which has been said then. */
  Optional<Moment> read(Json.Obj object) {
    Values event = new Values(object);
    Optional<Json> on = event.given(ScheduleKeys.ON);
    Optional<Json> every = event.given(ScheduleKeys.EVERY);
    boolean sound = isBeforeEnd(event, ScheduleKeys.TIME) & isBeforeEnd(event, ScheduleKeys.LAST);
    if (on.isPresent()) {
      return sound && hasOnly(event, "on", ScheduleKeys.TIME, ScheduleKeys.EVERY)
          ? Optional.of(new Moment.On(pattern(new Values((Json.Obj) on.get()))))
          : Optional.empty();
    } else if (every.isPresent()) {
      return sound ? every(event) : Optional.empty();
    }
    Optional<BigDecimal> time = event.number(ScheduleKeys.TIME);
    if (time.isEmpty() && !isSingle(event) && !has(object, ScheduleKeys.TIME)) {
      check.problem(
          object,
          "\"time\" is missing",
          ScheduleKeys.TIME.type().inWords() + ", \"every\" or \"on\"");
    }
    return sound
        ? time.map(Values::micros)
            .or(() -> isSingle(event) ? Optional.of(0L) : Optional.empty())
            .map(Moment.At::new)
        : Optional.empty();
  }

  private static boolean has(Json.Obj object, Key key) {
    return object.members().stream().anyMatch(member -> key.isNamed(member.key()));
  }

  /** A single message is found by its number: it needs no time. */
  private static boolean isSingle(Values event) {
    return event.given(ActionKeys.NTH).isPresent();
  }

  private boolean hasOnly(Values event, String one, Key... others) {
    for (Key other : others) {
      Optional<Json> given = event.given(other);
      if (given.isPresent()) {
        check.problem(
            given.get(),
            Json.quoted(other.name()) + " and " + Json.quoted(one) + " are both given",
            "one of them");
        return false;
      }
    }
    return true;
  }

  private Optional<Moment> every(Values event) {
    long each = event.number(ScheduleKeys.EVERY).map(Values::millis).orElseThrow();
    long jitter = event.number(ScheduleKeys.JITTER).map(Values::millis).orElse(0L);
    if (2 * jitter > each) {
      check.problem(
          event.given(ScheduleKeys.JITTER).orElseThrow(),
          "\"jitter\" is more than half of \"every\"",
          "half of it at most, so that the times stay in order");
      return Optional.empty();
    }
    long last =
        event
            .number(ScheduleKeys.LAST)
            .or(() -> lifetime)
            .map(Values::millis)
            .orElse(Long.MAX_VALUE / 2000);
    long from = event.number(ScheduleKeys.TIME).map(Values::millis).orElse(each);
    return Optional.of(new Moment.Every(from, each, jitter, last));
  }

  private boolean isBeforeEnd(Values event, Key key) {
    Optional<BigDecimal> time = event.number(key);
    if (time.isPresent() && lifetime.isPresent() && time.get().compareTo(lifetime.get()) > 0) {
      Json at = event.given(key).orElseThrow();
      check.problem(
          at,
          Json.quoted(key.name())
              + " is "
              + at.inWords()
              + ", which is after the end of the lifetime",
          "a number from 0 to " + lifetime.get().stripTrailingZeros().toPlainString());
      return false;
    }
    return true;
  }

  /** The message that an "on" describes. */
  static MessagePattern pattern(Values on) {
    return new MessagePattern(
        on.text(ScheduleKeys.MESSAGE).orElse(""),
        on.text(ScheduleKeys.FROM).flatMap(Party::of).orElse(Party.ANYBODY),
        on.text(ScheduleKeys.TO).flatMap(Party::of).orElse(Party.ANYBODY),
        on.whole(ScheduleKeys.NTH),
        on.millis(ScheduleKeys.AFTER),
        on.flag(ScheduleKeys.LOSE));
  }
}
