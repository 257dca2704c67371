package raftlab.grade;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import raftlab.handin.BuildResult;
import raftlab.report.OutcomeJson;

/** Grades in JSON, for programs. */
final class GradesJson {
  private GradesJson() {}

  /** One team. */
  static JsonObject of(TeamGrade grade) {
    JsonObject json = new JsonObject();
    json.addProperty("team", grade.handIn().team());
    json.addProperty("status", grade.status().title());
    json.addProperty("points", grade.points());
    json.addProperty("of", grade.scenarios().size());
    json.addProperty("note", grade.note());
    json.addProperty("seconds", rounded(grade.seconds()));
    json.addProperty("feedback", grade.handIn().feedbackFile());
    json.add("leftOut", strings(grade.leftOut()));
    grade.build().ifPresent(build -> json.add("build", of(build)));
    JsonArray scenarios = new JsonArray();
    grade.scenarios().forEach(scenario -> scenarios.add(of(scenario)));
    json.add("scenarios", scenarios);
    return json;
  }

  private static JsonObject of(BuildResult build) {
    JsonObject json = new JsonObject();
    json.addProperty("status", build.status().name().toLowerCase(Locale.ROOT));
    json.addProperty("exitCode", build.exitCode());
    json.addProperty("seconds", rounded(build.seconds()));
    json.add("output", strings(build.output()));
    return json;
  }

  private static JsonObject of(ScenarioGrade grade) {
    if (grade.outcome().isPresent()) {
      return OutcomeJson.of(grade.outcome().get());
    }
    JsonObject json = new JsonObject();
    json.addProperty("scenario", grade.scenario().name());
    json.addProperty("title", grade.scenario().title());
    json.addProperty(
        "status",
        grade.mark() == ScenarioGrade.Mark.NONE
            ? "not played"
            : grade.mark().name().toLowerCase(Locale.ROOT));
    json.addProperty("why", grade.why());
    return json;
  }

  /** All teams so far, as text. */
  static String of(GradingSettings settings, int handIns, List<JsonObject> teams) {
    JsonObject json = new JsonObject();
    json.addProperty("suite", settings.suite().name());
    json.addProperty("seed", settings.seed());
    json.addProperty("handIns", handIns);
    json.addProperty("graded", teams.size());
    JsonArray array = new JsonArray();
    teams.forEach(array::add);
    json.add("teams", array);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private static JsonArray strings(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
