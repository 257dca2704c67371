package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import raftlab.run.findings.FailureGroup;
import raftlab.run.findings.FailureGroups;

/** Writes causes as JSON. */
final class FailureGroupsJson {
  private FailureGroupsJson() {}

  /** Adds the number of runs and of each status. */
  static void addCounts(FailureGroups findings, double seconds, JsonObject json) {
    json.addProperty("played", findings.played());
    json.addProperty("passed", findings.passed());
    json.addProperty("failed", findings.failed());
    json.addProperty("unknown", findings.unknown());
    json.addProperty("wallSeconds", Math.round(seconds * 1000) / 1000.0);
  }

  /** The causes of random scenarios' failures. */
  static JsonArray ofSwarm(FailureGroups findings) {
    JsonArray causes = new JsonArray();
    for (FailureGroup group : findings.groups()) {
      JsonObject cause = of(group);
      JsonArray replica = new JsonArray();
      group.first().played().replicaCommand().forEach(replica::add);
      cause.add("replica", replica);
      cause.addProperty("again", ReplayCommandLine.ofSwarm(group.first().played()));
      causes.add(cause);
    }
    return causes;
  }

  /** The causes of a suite's failures, each with its scenarios. */
  static JsonArray ofSuite(FailureGroups findings) {
    JsonArray causes = new JsonArray();
    for (FailureGroup group : findings.groups()) {
      JsonObject cause = of(group);
      JsonArray scenarios = new JsonArray();
      group.shares().forEach(share -> scenarios.add(of(share)));
      cause.add("scenarios", scenarios);
      cause.addProperty("again", ReplayCommandLine.command(group.first()));
      causes.add(cause);
    }
    return causes;
  }

  private static JsonObject of(FailureGroup group) {
    JsonObject json = new JsonObject();
    json.addProperty("likely", group.cause().likelyCause());
    json.addProperty("check", group.cause().checkKey());
    json.addProperty("text", group.cause().text());
    json.addProperty("status", group.cause().status().name().toLowerCase(Locale.ROOT));
    json.addProperty("count", group.count());
    json.add("seeds", array(group.seeds()));
    return json;
  }

  private static JsonObject of(FailureGroup.ScenarioShare share) {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", share.scenario());
    json.addProperty("count", share.count());
    json.add("seeds", array(share.seeds()));
    return json;
  }

  private static JsonArray array(List<Long> seeds) {
    JsonArray array = new JsonArray();
    seeds.forEach(array::add);
    return array;
  }
}
