package raftlab.scenario.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import raftlab.scenario.TrafficPlan;

/** Client requests in words. */
public final class TrafficText {
  private TrafficText() {}

  /** One line, without start and end. */
  public static String of(TrafficPlan plan) {
    List<String> words = new ArrayList<>();
    words.add(plan.clients() == 1 ? "1 client" : plan.clients() + " clients");
    words.add(pace(plan));
    plan.maxOperations().ifPresent(most -> words.add(most + " operations in total"));
    words.add(mix(plan.mix()) + " over " + keys(plan.keys()));
    if (plan.maxValueBytes() > 1) {
      String least =
          plan.minValueBytes() == plan.maxValueBytes() ? "" : plan.minValueBytes() + " to ";
      words.add("values of " + least + plan.maxValueBytes() + " bytes");
    }
    if (plan.sessions()) {
      words.add("in sessions");
    }
    if (plan.firstTarget() == TrafficPlan.FirstTarget.ANY) {
      words.add("to any replica");
    }
    plan.timeoutMillis()
        .ifPresent(
            millis -> words.add("retry at another replica after " + StepText.seconds(millis)));
    return String.join(", ", words);
  }

  private static String pace(TrafficPlan plan) {
    if (!plan.pace().isClosed()) {
      return numberText(plan.pace().perSecond()) + " requests per second in total";
    }
    return plan.pace().pauseMillis() == 0
        ? "each sends its next request when it has its answer"
        : "each sends its next request "
            + StepText.seconds(plan.pace().pauseMillis())
            + " after an answer";
  }

  private static String mix(TrafficPlan.Mix mix) {
    double all = mix.get() + mix.put() + mix.append() + mix.cas();
    List<String> words = new ArrayList<>();
    addPart(mix.get(), all, "gets", words);
    addPart(mix.put(), all, "puts", words);
    addPart(mix.append(), all, "appends", words);
    addPart(mix.cas(), all, "compare-and-sets", words);
    return String.join(", ", words).replaceFirst(", ([^,]*)$", " and $1");
  }

  private static void addPart(double weight, double all, String what, List<String> words) {
    if (weight > 0) {
      words.add(weight == all ? what : LinkConditionsText.percent(weight / all) + " " + what);
    }
  }

  private static String keys(TrafficPlan.Keys keys) {
    return (keys.count() == 1 ? "1 key" : keys.count() + " keys")
        + (keys.unusual() ? " with unusual names" : "")
        + (keys.perClient() ? " for each client" : "")
        + (keys.hotKeyProbability() > 0
            ? ", the first in "
                + LinkConditionsText.percent(keys.hotKeyProbability())
                + " of requests"
            : "");
  }

  static String numberText(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
