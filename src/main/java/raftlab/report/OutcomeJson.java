package raftlab.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.figures.RunStatistics;
import raftlab.run.RunOutcome;
import raftlab.suite.Points;

/** Writes runs as JSON. */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** One run. */
  public static JsonObject of(RunOutcome outcome) {
    Judgement judgement = outcome.judgement();
    JsonObject json = new JsonObject();
    json.addProperty("scenario", outcome.scenario().name());
    json.addProperty("title", outcome.scenario().title());
    json.addProperty("file", outcome.scenario().file().toString());
    json.addProperty("section", outcome.scenario().credit().section());
    json.addProperty("points", Points.of(List.of(outcome)).earned());
    json.addProperty("pointsPossible", outcome.scenario().credit().points());
    json.addProperty("world", outcome.played().world());
    json.addProperty("seed", outcome.played().seed());
    json.add("replica", ResultJson.strings(outcome.played().replicaCommand()));
    json.addProperty("status", ResultJson.lower(judgement.status()));
    json.addProperty("why", judgement.reason());
    outcome.cause().ifPresent(cause -> json.add("cause", cause(cause)));
    outcome.suspicion().ifPresent(found -> json.add("suspicion", cause(found)));
    json.addProperty("wallSeconds", Math.round(outcome.wallSeconds() * 1000) / 1000.0);
    json.addProperty("repeatedAlone", outcome.isRepetition());
    json.add("checks", checks(judgement));
    JsonObject tiers = new JsonObject();
    judgement.tiers().forEach((metric, tier) -> tiers.addProperty(metric.key(), tier.ordinal()));
    json.add("tiers", tiers);
    json.add("statistics", statistics(judgement.statistics()));
    json.add("remarks", ResultJson.strings(outcome.remarks()));
    json.addProperty("again", ReplayCommandLine.command(outcome));
    return json;
  }

  private static JsonObject cause(LikelyCause cause) {
    return ResultJson.cause(cause.name(), cause.text(), cause.section(), cause.certainty());
  }

  private static JsonArray checks(Judgement judgement) {
    JsonArray checks = new JsonArray();
    for (Verdict verdict : judgement.verdicts()) {
      checks.add(
          ResultJson.check(
              verdict.check().key(),
              verdict.status(),
              verdict.requirement(),
              verdict.section(),
              verdict.text()));
    }
    return checks;
  }

  private static JsonObject statistics(RunStatistics s) {
    JsonObject json = new JsonObject();
    json.addProperty("end", ResultJson.lower(s.end()));
    json.addProperty("messages", s.messages());
    json.addProperty("dropped", s.dropped());
    json.addProperty("gets", s.gets());
    json.addProperty("getsNotGenerated", s.getsNotGenerated());
    json.addProperty("getsDone", s.okGets());
    json.addProperty("getsFailed", s.failedGets());
    json.addProperty("getsUnanswered", s.unansweredGets());
    json.addProperty("puts", s.puts());
    json.addProperty("putsDone", s.okPuts());
    json.addProperty("putsFailed", s.failedPuts());
    json.addProperty("putsUnanswered", s.unansweredPuts());
    json.addProperty("failures", s.failures());
    json.addProperty("redirects", s.redirects());
    json.addProperty("duplicates", s.duplicates());
    json.addProperty("malformed", s.malformed().size());
    json.addProperty("leaders", s.leaderChanges());
    s.medianLatencySeconds().ifPresent(v -> json.addProperty("medianLatencySeconds", v));
    s.medianDoneSeconds().ifPresent(v -> json.addProperty("medianDoneSeconds", v));
    JsonArray failovers = new JsonArray();
    s.failoversMillis().forEach(failovers::add);
    json.add("failoversMillis", failovers);
    json.addProperty("harnessLateMillis", s.load().mostLateMillis());
    json.addProperty("starvedSeconds", s.load().starvedSeconds());
    json.addProperty("starvedByReplicasSeconds", s.load().starvedByReplicasSeconds());
    JsonObject busy = new JsonObject();
    s.load()
        .busyWaiting()
        .forEach((replica, percent) -> busy.addProperty(replica.toString(), percent));
    json.add("busyWaitingPercent", busy);
    return json;
  }

  /** Writes JSON to a file atomically. */
  public static void write(JsonElement json, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path half = Files.createTempFile(parent, file.getFileName().toString(), ".part");
    try {
      String text =
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
      // Not as a string: an unpaired surrogate, which a scenario may contain, would be refused.
      Files.write(half, (text + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
