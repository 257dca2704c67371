package raftlab.scenario.text;

import java.math.BigDecimal;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.Step;
import raftlab.scenario.file.LocatedJson;

/** A step in words. */
public final class StepText {
  private StepText() {}

  /** One line, without the number of the step. */
  public static String of(Step step) {
    if (step instanceof Step.Wait wait) {
      return "wait " + seconds(wait.millis());
    } else if (step instanceof Step.Until until) {
      String count = until.condition() == Step.Condition.ANSWERED ? " " + until.count() : "";
      String who = until.who().isEmpty() ? "" : " (" + until.who() + ")";
      return "until "
          + until.condition().key()
          + count
          + who
          + ", at most "
          + seconds(until.withinMillis());
    } else if (step instanceof Step.Block block) {
      String what = block.title().isEmpty() ? block.steps().size() + " steps" : block.title();
      return block.times() == 1 ? what : what + ", " + block.times() + " times";
    } else if (step instanceof Step.Arm arm) {
      return ActionText.of(arm.action()) + " " + of(arm.on());
    }
    return ActionText.of(((Step.Act) step).action());
  }

  /** The message that triggers an action, in words. */
  public static String of(MessagePattern on) {
    String type = on.type().isEmpty() ? "message" : LocatedJson.quoted(on.type());
    return "at "
        + (on.nth() == 1 ? "the first " : "number " + on.nth() + " of ")
        + type
        + " from "
        + word(on.from())
        + " to "
        + word(on.to())
        + (on.afterMillis() > 0 ? ", not before " + seconds(on.afterMillis()) : "")
        + (on.lose() ? ", which is lost" : "");
  }

  private static String word(MessagePattern.Party party) {
    return switch (party.kind()) {
      case ID -> party.name();
      case NAME -> "@" + party.name();
      default -> party.kind().name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** Seconds in words. */
  public static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }
}
