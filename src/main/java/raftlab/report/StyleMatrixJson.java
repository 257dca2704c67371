package raftlab.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import raftlab.explain.LikelyCause;
import raftlab.run.RunOutcome;
import raftlab.suite.CauseReview;

/** The matrix of bugs and styles as JSON. */
public final class StyleMatrixJson {
  private StyleMatrixJson() {}

  /** One object for each replica, with the runs that show something. */
  public static JsonArray of(StyleMatrixText matrix) {
    JsonArray all = new JsonArray();
    for (StyleMatrixText.Cell cell : matrix.cells()) {
      JsonObject json = new JsonObject();
      json.addProperty("style", cell.replica().style());
      json.addProperty("bug", cell.replica().bugName());
      json.addProperty("result", lower(cell.result()));
      if (cell.hunt() != null) {
        json.addProperty("runs", cell.hunt().runs());
        json.addProperty("wallSeconds", cell.hunt().wallSeconds());
        json.add("caught", runs(cell, cell.hunt().caught()));
        json.add("suspicious", runs(cell, cell.hunt().suspicious()));
        json.add("blocked", runs(cell, cell.hunt().blocked()));
        json.add("unknown", runs(cell, cell.hunt().unknown()));
      }
      all.add(json);
    }
    return all;
  }

  private static JsonArray runs(StyleMatrixText.Cell cell, List<RunOutcome> runs) {
    JsonArray all = new JsonArray();
    for (RunOutcome run : runs) {
      JsonObject json = new JsonObject();
      json.addProperty("scenario", BugsText.nameOf(run.scenario()));
      json.addProperty("seed", run.played().seed());
      json.addProperty("why", run.judgement().reason());
      json.addProperty("isWrong", CauseReview.isWrong(cell.replica(), run));
      run.cause().or(run::suspicion).ifPresent(cause -> addCause(json, cause));
      all.add(json);
    }
    return all;
  }

  private static void addCause(JsonObject json, LikelyCause cause) {
    json.addProperty("cause", cause.name());
    json.addProperty("certainty", lower(cause.certainty()));
    json.addProperty("text", cause.text());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
