package raftlab.scenario.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;

/** Network conditions in words. */
public final class LinkConditionsText {
  private LinkConditionsText() {}

  /** {@code 10 % lost, delay 0.1 s to 0.2 s}; {@code perfect} if there are none. */
  public static String of(LinkConditions conditions) {
    List<String> words = new ArrayList<>();
    addShare(conditions.loss(), "lost", words);
    if (!conditions.delay().equals(Delay.NONE)) {
      words.add("delay " + of(conditions.delay()));
    }
    addShare(conditions.duplicate(), "duplicated", words);
    addShare(conditions.reorder(), "held back by " + of(conditions.reorderBy()), words);
    if (conditions.bandwidth() > 0) {
      words.add(conditions.bandwidth() + " bytes per second");
    }
    addShare(conditions.corrupt(), "corrupted", words);
    return words.isEmpty() ? "perfect" : String.join(", ", words);
  }

  /** {@code 0.1 s}, {@code 0.1 s to 0.2 s}. */
  public static String of(Delay delay) {
    String from = seconds(delay.fromMicros());
    return switch (delay.shape()) {
      case CONSTANT -> from;
      case UNIFORM -> from + " to " + seconds(delay.toMicros());
      case EXPONENTIAL -> from + " on average";
      case LONG_TAIL -> from + " in the median, long-tailed";
    };
  }

  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
  }

  private static void addShare(double share, String what, List<String> words) {
    if (share > 0) {
      words.add(percent(share) + " " + what);
    }
  }

  /** A fraction of 1: {@code 12.5 %}. */
  public static String percent(double fraction) {
    return BigDecimal.valueOf(fraction * 100)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
