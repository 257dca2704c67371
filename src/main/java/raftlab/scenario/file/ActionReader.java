package raftlab.scenario.file;

import java.util.Locale;
import java.util.Optional;
import raftlab.scenario.Action;
import raftlab.scenario.Action.CutDirection;
import raftlab.scenario.Action.Detail;
import raftlab.scenario.Action.DiskState;
import raftlab.scenario.Action.ExpectedAnswer;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;

/** Reads an action from an object whose keys have been checked. */
final class ActionReader {
  private final KeyValues values;
  private final ActionType type;

  private ActionReader(KeyValues values, ActionType type) {
    this.values = values;
    this.type = type;
  }

  /** The action of an object; empty if its type isn't valid. */
  static Optional<Action> read(KeyValues values) {
    return values
        .jsonValue(ActionKeys.TYPE)
        .flatMap(type -> ActionType.of(((LocatedJson.Str) type).text()))
        .map(type -> new ActionReader(values, type).action());
  }

  private Action action() {
    KeySpec who =
        switch (type) {
          case LOSE, HOLD, DOUBLE -> ActionKeys.SENDER;
          case NETWORK -> ActionKeys.LINKS_FROM;
          default -> ActionKeys.WHO;
        };
    return new Action(
        type,
        type.isRequest() ? TargetSelector.NONE : values.selector(who),
        values.fraction(ActionKeys.CHANCE),
        values.number(ActionKeys.FOR).map(KeyValues::millis).orElse(0L),
        values.text(ActionKeys.AS).orElse(""),
        detail());
  }

  private Detail detail() {
    return switch (type) {
      case CRASH -> new Action.Crash(values.flag(ActionKeys.MIDWAY));
      case CUT ->
          new Action.Cut(
              values.selector(ActionKeys.FROM),
              constant(ActionKeys.WAY, CutDirection.class).orElse(CutDirection.BOTH));
      case PARTITION ->
          new Action.Groups(
              values.elements(ActionKeys.GROUPS).stream()
                  .filter(group -> ScenarioFileChecker.isValid(ActionKeys.WHO.type(), group))
                  .map(KeyValues::selector)
                  .toList());
      case NETWORK ->
          new Action.Links(
              values.selector(ActionKeys.TO),
              values.flag(ActionKeys.OF_CLIENTS),
              NetworkKeys.read(values));
      case LOSE, HOLD, DOUBLE ->
          new Action.SingleMessage(
              values.selector(ActionKeys.TO_REQUIRED),
              values.number(ActionKeys.NTH).map(nth -> nth.longValueExact()).orElse(1L),
              NetworkKeys.delay(values, NetworkKeys.BY));
      case SLOW -> new Action.Slow(NetworkKeys.delay(values, ActionKeys.DELAY_REQUIRED));
      case CLOCK ->
          new Action.Clock(values.number(ActionKeys.RATE).map(r -> r.doubleValue()).orElse(1.0));
      case DISK ->
          new Action.Disk(constant(ActionKeys.STATE, DiskState.class).orElse(DiskState.OK));
      case REQUESTS -> new Action.Traffic(TrafficKeys.read(values, Long.MAX_VALUE / 2000));
      case GET, PUT, APPEND, CAS -> ask();
      case TRANSFER, ADD, REMOVE, REMOVE_LEADER ->
          new Action.ClusterChange(
              values.millis(ActionKeys.DONE_WITHIN), values.flag(ActionKeys.ONCE));
      default -> new Action.Plain();
    };
  }

  private Detail ask() {
    return new Action.ClientRequest(
        values.text(ActionKeys.KEY).orElse(""),
        values.text(ActionKeys.VALUE).orElse(null),
        values.text(ActionKeys.EXPECT).orElse(null),
        values.selector(ActionKeys.ASKED),
        values.jsonValue(ActionKeys.FOLLOW).isEmpty() || values.flag(ActionKeys.FOLLOW),
        constant(ActionKeys.ANSWER, ExpectedAnswer.class).orElse(ExpectedAnswer.OK),
        values.millis(ActionKeys.WITHIN),
        values.integer(ActionKeys.ASKER),
        values.text(ActionKeys.SESSION).orElse(null),
        values.number(ActionKeys.SEQ).map(seq -> seq.longValueExact()).orElse(0L));
  }

  private <E extends Enum<E>> Optional<E> constant(KeySpec key, Class<E> type) {
    return values.text(key).map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }
}
