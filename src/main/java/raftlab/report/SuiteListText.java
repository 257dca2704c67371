package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;

/** Prints suites and their scenarios, one line each. */
public final class SuiteListText {
  private SuiteListText() {}

  /** The list as text. */
  public static List<String> of(List<Suite> suites, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    for (Suite suite : suites) {
      int names = width(suite.scenarios(), Scenario::name);
      int sections = width(suite.scenarios(), scenario -> scenario.credit().section());
      int points = width(suite.scenarios(), SuiteListText::points);
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(style.bold(suite.name()) + "  " + suite.title() + style.faint("  " + total(suite)));
      suite.warnings().forEach(warning -> lines.add(style.warning("warning: ") + warning));
      for (Suite.Group group : suite.groups()) {
        lines.add("  " + group.title());
        for (Scenario scenario : group.scenarios()) {
          lines.add(line(scenario, names, sections, points));
        }
      }
    }
    return lines;
  }

  private static int width(List<Scenario> scenarios, Function<Scenario, String> column) {
    return scenarios.stream().map(column).mapToInt(String::length).max().orElse(0);
  }

  private static String total(Suite suite) {
    double points =
        suite.scenarios().stream().mapToDouble(scenario -> scenario.credit().points()).sum();
    int count = suite.scenarios().size();
    return (count == 1 ? "1 scenario" : count + " scenarios")
        + (points > 0 ? ", " + ScenarioText.points(points) : "");
  }

  private static String points(Scenario scenario) {
    double points = scenario.credit().points();
    return points > 0 ? ScenarioText.points(points) : "";
  }

  private static String line(Scenario scenario, int names, int sections, int points) {
    return "    "
        + column(scenario.name(), names)
        + column(scenario.credit().section(), sections)
        + column(points(scenario), points)
        + scenario.title()
        + (scenario.onlyWorld().isPresent() ? " (" + ScenarioText.world(scenario) + ")" : "");
  }

  private static String column(String text, int width) {
    return width == 0 ? "" : text + " ".repeat(width - text.length() + 2);
  }

  /** The list as JSON. */
  public static JsonArray json(List<Suite> suites) {
    JsonArray all = new JsonArray();
    for (Suite suite : suites) {
      JsonObject json = new JsonObject();
      json.addProperty("name", suite.name());
      json.addProperty("title", suite.title());
      JsonArray groups = new JsonArray();
      for (Suite.Group group : suite.groups()) {
        JsonObject its = new JsonObject();
        its.addProperty("title", group.title());
        JsonArray scenarios = new JsonArray();
        group.scenarios().forEach(scenario -> scenarios.add(ScenarioJson.head(scenario)));
        its.add("scenarios", scenarios);
        groups.add(its);
      }
      json.add("groups", groups);
      all.add(json);
    }
    return all;
  }
}
