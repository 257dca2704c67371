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
    plan.most().ifPresent(most -> words.add(most + " operations in total"));
    words.add(mix(plan.mix()) + " over " + keys(plan.keys()));
    if (plan.mostValueBytes() > 1) {
      String least =
          plan.leastValueBytes() == plan.mostValueBytes() ? "" : plan.leastValueBytes() + " to ";
      words.add("values of " + least + plan.mostValueBytes() + " bytes");
    }
    if (plan.sessions()) {
      words.add("in sessions");
    }
    if (plan.to() == TrafficPlan.To.ANY) {
      words.add("to any replica");
    }
    plan.patience()
        .ifPresent(
            millis -> words.add("retry at another replica after " + StepText.seconds(millis)));
    return String.join(", ", words);
  }

  private static String pace(TrafficPlan plan) {
    if (!plan.pace().isClosed()) {
      return plain(plan.pace().perSecond()) + " requests per second in total";
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
    part(mix.get(), all, "gets", words);
    part(mix.put(), all, "puts", words);
    part(mix.append(), all, "appends", words);
    part(mix.cas(), all, "compare-and-sets", words);
    return String.join(", ", words).replaceFirst(", ([^,]*)$", " and $1");
  }

  private static void part(double weight, double all, String what, List<String> words) {
    if (weight > 0) {
      words.add(weight == all ? what : LinkConditionsText.percent(weight / all) + " " + what);
    }
  }

  private static String keys(TrafficPlan.Keys keys) {
    return (keys.count() == 1 ? "1 key" : keys.count() + " keys")
        + (keys.odd() ? " with unusual names" : "")
        + (keys.own() ? " for each client" : "")
        + (keys.hot() > 0
            ? ", the first in " + LinkConditionsText.percent(keys.hot()) + " of requests"
            : "");
  }

  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
