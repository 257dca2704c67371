package raftlab.grade.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.report.html.MarkupText;

/**
 * A team's grade as Classroom 50 reads it: {@code result.json}. Its points are integers: points
 * with digits after the point are multiplied, all by the same factor. What is open has no points.
 */
public final class ClassroomResult {
  private static final String SCHEMA = "classroom50/result/v1";
  private static final double TOLERANCE = 1e-6;
  private static final int MAX_FACTOR = 1_000;

  /** The field of the result, and the variable of the environment that has its value. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "classroom", "CLASSROOM",
          "assignment", "ASSIGNMENT",
          "submission", "SUBMISSION_TAG",
          "commit", "COMMIT_URL",
          "release", "RELEASE_URL",
          "review", "REVIEW_URL");

  private ClassroomResult() {}

  /**
   * Returns the text of the file.
   *
   * @param environment the variables that Classroom 50 sets
   * @param now the time of the grading
   */
  public static String of(TeamGrade grade, Map<String, String> environment, Instant now) {
    double kept = 1 - grade.late().percent() / 100;
    int factor = factor(grade, kept);
    JsonArray tests = new JsonArray();
    long score = 0;
    long max = 0;
    for (ScenarioGrade each : grade.scenarios()) {
      long its = Math.round(each.points() * kept * factor);
      long itsMax = Math.round(each.max() * factor);
      tests.add(test(each, its, itsMax));
      score += its;
      max += itsMax;
    }
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    VARIABLES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> json.addProperty(each.getKey(), environment.getOrDefault(each.getValue(), "")));
    json.addProperty("datetime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    json.addProperty("score", score);
    json.addProperty("max-score", max);
    json.add("tests", tests);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static JsonObject test(ScenarioGrade grade, long score, long max) {
    boolean isShown = ScenarioFeedback.isShown(grade);
    JsonObject test = new JsonObject();
    test.addProperty(
        "test-name", isShown ? grade.scenario().key() : MarkupText.clean(grade.scenario().title()));
    test.addProperty("passed", grade.mark() == Mark.PASS);
    test.addProperty("score", score);
    test.addProperty("max-score", max);
    if (grade.mark() == Mark.UNKNOWN || grade.mark() == Mark.OPEN) {
      test.addProperty("open", true);
    }
    test.addProperty(
        "output", MarkupText.clean(String.join("\n", ScenarioFeedback.forTeam(grade))));
    return test;
  }

  /** The least power of ten by which all points become integers, at most 1000. */
  private static int factor(TeamGrade grade, double kept) {
    List<Double> points = new ArrayList<>();
    for (ScenarioGrade each : grade.scenarios()) {
      points.add(each.points() * kept);
      points.add(each.max());
    }
    int factor = 1;
    while (factor < MAX_FACTOR && !areIntegers(points, factor)) {
      factor *= 10;
    }
    return factor;
  }

  private static boolean areIntegers(List<Double> points, int factor) {
    return points.stream()
        .allMatch(each -> Math.abs(each * factor - Math.round(each * factor)) < TOLERANCE);
  }
}
