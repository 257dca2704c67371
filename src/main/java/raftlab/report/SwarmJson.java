package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import raftlab.run.swarm.Findings;

/** A swarm in JSON, for programs. */
public final class SwarmJson {
  private SwarmJson() {}

  /**
   * The whole of it.
   *
   * @param firstSeed the others follow it
   */
  public static JsonObject of(
      Findings findings, List<String> replicaCommand, long firstSeed, double seconds) {
    JsonObject json = new JsonObject();
    JsonArray command = new JsonArray();
    replicaCommand.forEach(command::add);
    json.add("replica", command);
    json.addProperty("firstSeed", firstSeed);
    json.addProperty("played", findings.played());
    json.addProperty("failed", findings.failed());
    json.addProperty("unknown", findings.unknown());
    json.addProperty("wallSeconds", Math.round(seconds * 1000) / 1000.0);
    JsonArray groups = new JsonArray();
    findings.groups().forEach(group -> groups.add(of(group)));
    json.add("causes", groups);
    return json;
  }

  private static JsonObject of(Findings.Group group) {
    JsonObject json = new JsonObject();
    json.addProperty("likely", group.cause().likely());
    json.addProperty("check", group.cause().check());
    json.addProperty("text", group.cause().text());
    json.addProperty("status", group.status().name().toLowerCase(java.util.Locale.ROOT));
    json.addProperty("count", group.count());
    JsonArray seeds = new JsonArray();
    group.seeds().forEach(seeds::add);
    json.add("seeds", seeds);
    return json;
  }
}
