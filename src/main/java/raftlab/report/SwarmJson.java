package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.run.findings.FailureGroups;

/** Writes a swarm as JSON. */
public final class SwarmJson {
  private SwarmJson() {}

  /**
   * The complete result.
   *
   * @param firstSeed the lowest seed; the others follow it
   */
  public static JsonObject of(
      FailureGroups findings, List<String> replicaCommand, long firstSeed, double seconds) {
    JsonObject json = new JsonObject();
    JsonArray command = new JsonArray();
    replicaCommand.forEach(command::add);
    json.add("replica", command);
    json.addProperty("firstSeed", firstSeed);
    FailureGroupsJson.addCounts(findings, seconds, json);
    json.add("causes", FailureGroupsJson.ofSwarm(findings));
    return json;
  }
}
