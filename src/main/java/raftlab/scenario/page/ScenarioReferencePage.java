package raftlab.scenario.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import raftlab.scenario.ActionType;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.file.ActionKeys;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.NetworkKeys;
import raftlab.scenario.file.ScenarioKeys;
import raftlab.scenario.file.ScheduleKeys;
import raftlab.scenario.file.TrafficKeys;
import raftlab.scenario.file.ValueType;

/**
 * The reference of scenario files, generated from the tables of their keys: Markdown that is also
 * readable in a terminal.
 */
public final class ScenarioReferencePage {
  /** A key that this many actions of a group have is explained once for all of them. */
  private static final int COMMON = 3;

  private final KeyReferenceText keys = new KeyReferenceText();

  private ScenarioReferencePage() {}

  /** The page, from its first heading on; lines end with a line feed. */
  public static String text() {
    ScenarioReferencePage page = new ScenarioReferencePage();
    page.keys();
    page.actions();
    page.words();
    return page.keys.text();
  }

  private void keys() {
    keys.heading("##", "The file");
    keys.paragraph(
        "A file is one JSON object with these keys. At least one of `requests`, `traffic` and "
            + "`steps` is required.");
    keys.list(ScenarioKeys.SCENARIO.keys());
    keys.heading("##", "Network");
    keys.paragraph(
        "The keys of `network`. Its `clients` has the same keys, except `clients` itself.");
    keys.list(NetworkKeys.NETWORK.keys());
    keys.heading("###", "Delays");
    keys.paragraph(
        "A delay is a number of seconds, two bounds `[0.01, 0.1]`, or an object with one of:");
    keys.list(NetworkKeys.DELAY_SHAPES.keys());
    keys.heading("##", "Traffic");
    keys.paragraph("The keys of each element of `traffic`.");
    keys.list(TrafficKeys.TRAFFIC.keys());
    keys.heading("###", "Mix");
    keys.list(TrafficKeys.MIX.keys());
    keys.heading("##", "Events");
    keys.paragraph(
        "An event is an [action](#actions) with a time: one of the keys `time`, "
            + "`every` and `on`. `lose`, `hold` and `double` need none: they are about a message by its "
            + "number.");
    keys.list(ScheduleKeys.WHEN);
    keys.heading("###", "Waiting for a message");
    keys.paragraph("The keys of `on`.");
    keys.list(ScheduleKeys.PATTERN.keys());
    steps();
    keys.heading("##", "Tests");
    keys.paragraph("The course's own checks and tiers.");
    keys.list(ScenarioKeys.TESTS.keys());
    keys.heading("###", "Benchmarks");
    keys.list(ScenarioKeys.BENCHMARKS.keys());
  }

  private void steps() {
    keys.heading("##", "Steps");
    keys.paragraph(
        "A step is an [action](#actions). With `on` it is armed: it runs when the message is sent, "
            + "and the next step doesn't wait for it. Or a step is one of these, distinguished by its first "
            + "key.");
    for (ValueType.Variant variant : ScheduleKeys.stepVariants()) {
      if (variant.word().isEmpty()) {
        keys.heading("###", "Step " + variant.key());
        keys.list(variant.section().keys());
      }
    }
    keys.heading("###", "Conditions");
    keys.paragraph("The conditions of `until`.");
    for (Step.Condition condition : Step.Condition.values()) {
      keys.meaning(condition.key(), condition.description());
    }
    keys.heading("###", "Bounds");
    keys.paragraph(
        "The keys of `at_most` and `at_least`: what is counted over a step, or over the whole run.");
    for (CountedMetric measure : CountedMetric.values()) {
      keys.meaning(measure.key(), measure.description());
    }
  }

  private void actions() {
    keys.heading("##", "Actions");
    keys.paragraph("The `type` of an event or a step.");
    group("Replicas, links and clients", type -> !type.isRequest() && !type.isPlannedBeforeRun());
    group("Single requests", ActionType::isRequest);
    group("Single messages (events only)", ActionType::isPlannedBeforeRun);
  }

  private void group(String title, Predicate<ActionType> which) {
    List<ActionType> types = Arrays.stream(ActionType.values()).filter(which).toList();
    Map<KeySpec, Integer> uses = new LinkedHashMap<>();
    for (ActionType type : types) {
      ActionKeys.of(type).forEach(key -> uses.merge(key.asOptional(), 1, Integer::sum));
    }
    List<KeySpec> common =
        uses.entrySet().stream()
            .filter(use -> use.getValue() >= COMMON)
            .map(Map.Entry::getKey)
            .toList();
    keys.heading("###", title);
    keys.paragraph("Keys of several types:");
    keys.list(common);
    keys.paragraph("The types, with their keys:");
    types.forEach(type -> action(type, common));
  }

  private void action(ActionType type, List<KeySpec> common) {
    keys.meaning(type.key(), type.description());
    List<KeySpec> own = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (KeySpec key : ActionKeys.of(type)) {
      if (common.contains(key.asOptional())) {
        named.add("`" + key.name() + "`" + (key.required() ? " (required)" : ""));
      } else if (!isElsewhere(type, key)) {
        own.add(key);
      }
    }
    String elsewhere =
        switch (type) {
          case REQUESTS -> "those of [traffic](#traffic) except `from` and `until`";
          case NETWORK -> "those of [network](#network) except `clients`";
          default -> "";
        };
    String all = named.stream().collect(Collectors.joining(", "));
    keys.addDetail(all + (all.isEmpty() || elsewhere.isEmpty() ? "" : ", ") + elsewhere);
    own.forEach(keys::addDetail);
  }

  private static boolean isElsewhere(ActionType type, KeySpec key) {
    return type == ActionType.REQUESTS
        || type == ActionType.NETWORK && NetworkKeys.CONDITIONS.contains(key);
  }

  private void words() {
    keys.heading("##", "Who");
    keys.paragraph(
        "The target replicas of an action: one of these words, or a list, in which a word chooses "
            + "none that an earlier word chose. They are resolved when the action runs.");
    for (TargetSelector.SelectorKind kind : TargetSelector.SelectorKind.values()) {
      keys.meaning(
          written(kind.word(), kind == TargetSelector.SelectorKind.ID), kind.description());
    }
    keys.heading("###", "Ends of a message");
    for (MessagePattern.PartyKind kind : MessagePattern.PartyKind.values()) {
      keys.meaning(written(kind.word(), kind == MessagePattern.PartyKind.ID), kind.description());
    }
  }

  private static String written(String word, boolean id) {
    return word.isEmpty() ? id ? "0003" : "@name" : word;
  }
}
