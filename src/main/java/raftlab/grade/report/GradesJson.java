package raftlab.grade.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.BuildRecord;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.FigureRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.TierRecord;
import raftlab.report.ResultJson;

/** Grades in JSON, for programs. */
public final class GradesJson {
  private GradesJson() {}

  /** Returns the text of the file, with all teams that are not waiting. */
  public static String of(GradeBook book) {
    JsonObject json = new JsonObject();
    JsonArray suites = new JsonArray();
    book.grading().suites().forEach(suite -> suites.add(suite.name()));
    json.add("suites", suites);
    json.addProperty("seed", book.grading().seed());
    json.addProperty("repeats", book.grading().repeats());
    json.addProperty("repeatPolicy", book.rubric().repeatPolicy().key());
    json.addProperty("unsafe", book.grading().machine().isolation().isUnsafe());
    json.addProperty("isolation", book.grading().machine().isolationKey());
    json.addProperty("isolationText", book.grading().machine().isolationText());
    json.addProperty("handIns", book.teams().size());
    json.addProperty("graded", book.finished());
    json.addProperty("max", rounded(book.max()));
    JsonArray teams = new JsonArray();
    book.teams().stream()
        .filter(grade -> grade.status() != TeamStatus.WAITING)
        .forEach(grade -> teams.add(team(grade)));
    json.add("teams", teams);
    json.add("excused", excused(book));
    json.add("problems", ResultJson.strings(book.problems()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static JsonArray excused(GradeBook book) {
    JsonArray all = new JsonArray();
    for (GradeBook.ExcusedResult result : book.excused()) {
      JsonObject json = new JsonObject();
      json.addProperty("team", result.team().team());
      result.scenario().ifPresent(scenario -> json.addProperty("scenario", scenario.key()));
      result.run().ifPresent(run -> json.addProperty("seed", run.seed()));
      json.add("fault", fault(result.fault()));
      all.add(json);
    }
    return all;
  }

  private static JsonObject team(TeamGrade grade) {
    JsonObject json = new JsonObject();
    json.addProperty("team", grade.team().team());
    json.addProperty("folder", "teams/" + grade.team().folder());
    json.addProperty("status", grade.status().title());
    json.addProperty("points", rounded(grade.points()));
    json.addProperty("of", rounded(grade.max()));
    json.addProperty("open", rounded(grade.open()));
    json.addProperty("earned", rounded(grade.earned()));
    json.addProperty("latePercent", rounded(grade.late().percent()));
    json.addProperty("lateMinutes", grade.late().minutes());
    json.addProperty("note", grade.note());
    json.addProperty("seconds", rounded(grade.seconds()));
    grade
        .handIn()
        .ifPresent(
            handIn -> {
              json.add("fault", fault(handIn.fault()));
              json.add("leftOut", ResultJson.strings(handIn.leftOut()));
              handIn.buildResult().ifPresent(build -> json.add("build", build(build)));
            });
    JsonArray scenarios = new JsonArray();
    grade.scenarios().forEach(scenario -> scenarios.add(scenario(scenario)));
    json.add("scenarios", scenarios);
    return json;
  }

  private static JsonObject build(BuildRecord build) {
    JsonObject json = new JsonObject();
    json.addProperty("good", build.good());
    json.addProperty("text", build.text());
    json.addProperty("exitCode", build.exitCode());
    json.addProperty("seconds", rounded(build.seconds()));
    json.add("output", ResultJson.strings(build.output()));
    return json;
  }

  private static JsonObject scenario(ScenarioGrade grade) {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", grade.scenario().key());
    json.addProperty("suite", grade.scenario().suite());
    json.addProperty("title", grade.scenario().title());
    json.addProperty("visibility", grade.visibility().key());
    json.addProperty("mark", ResultJson.lower(grade.mark()));
    json.addProperty("passes", grade.rate().passes());
    json.addProperty("runs", grade.rate().runs());
    json.addProperty("points", rounded(grade.points()));
    json.addProperty("of", rounded(grade.max()));
    json.addProperty("open", rounded(grade.open()));
    json.addProperty("why", grade.why());
    json.addProperty("section", grade.section());
    grade.cause().ifPresent(cause -> json.add("cause", cause(cause)));
    JsonArray played = new JsonArray();
    grade.runs().forEach(run -> played.add(run(run)));
    json.add("played", played);
    return json;
  }

  private static JsonObject run(RunRecord run) {
    JsonObject json = new JsonObject();
    json.addProperty("seed", run.seed());
    json.addProperty("status", ResultJson.lower(run.status()));
    json.addProperty("why", run.reason());
    json.add("fault", fault(run.fault()));
    run.likelyCause().ifPresent(cause -> json.add("cause", cause(cause)));
    if (run.suspicion() != null) {
      json.add("suspicion", cause(run.suspicion()));
    }
    JsonArray checks = new JsonArray();
    run.checks().forEach(check -> checks.add(check(check)));
    json.add("checks", checks);
    json.add("passedChecks", ResultJson.strings(run.passed()));
    JsonObject tiers = new JsonObject();
    for (TierRecord tier : run.tiers()) {
      tiers.addProperty(tier.metric().key(), tier.tier().ordinal());
    }
    json.add("tiers", tiers);
    JsonObject figures = new JsonObject();
    for (FigureRecord figure : run.figures()) {
      figures.addProperty(figure.name(), figure.value());
    }
    json.add("figures", figures);
    json.add("remarks", ResultJson.strings(run.remarks()));
    json.addProperty("wallSeconds", rounded(run.wallSeconds()));
    json.addProperty("repeatedAlone", run.repeatedAlone());
    json.addProperty("again", run.replay());
    json.addProperty("trace", run.trace());
    return json;
  }

  private static JsonObject check(CheckRecord check) {
    return ResultJson.check(
        check.check(), check.status(), check.requirement(), check.section(), check.text());
  }

  private static JsonObject cause(CauseRecord cause) {
    return ResultJson.cause(cause.name(), cause.text(), cause.section(), cause.certainty());
  }

  private static JsonObject fault(FaultRecord fault) {
    JsonObject json = new JsonObject();
    json.addProperty("of", ResultJson.lower(fault.fault()));
    json.addProperty("text", fault.text());
    if (fault.exitCode() >= 0) {
      json.addProperty("exitCode", fault.exitCode());
    }
    if (fault.signal() > 0) {
      json.addProperty("signal", fault.signal());
    }
    if (!fault.limit().isEmpty()) {
      json.addProperty("limit", fault.limit());
    }
    return json;
  }

  private static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }
}
