package raftlab.grade.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.report.html.MarkupText;

/**
 * A team's grade as Gradescope reads it: {@code results.json}. A result that is open has no points,
 * so that Gradescope shows it as information only. Of a scenario that isn't visible, the test shows
 * title, likely cause and section, since Gradescope may show the test later.
 */
public final class GradescopeResults {
  private static final String FORMAT = "text";

  private GradescopeResults() {}

  /** Returns the text of the file. */
  public static String of(GradeBook book, TeamGrade grade) {
    JsonObject json = new JsonObject();
    json.addProperty("score", rounded(grade.points()));
    json.addProperty("execution_time", rounded(grade.seconds()));
    json.addProperty("output", MarkupText.clean(String.join("\n", output(book, grade))));
    json.addProperty("output_format", FORMAT);
    json.addProperty("test_output_format", FORMAT);
    json.addProperty("test_name_format", FORMAT);
    json.addProperty("visibility", "visible");
    json.addProperty("stdout_visibility", "hidden");
    json.add("tests", tests(book, grade));
    json.add("leaderboard", leaderboard(grade));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static List<String> output(GradeBook book, TeamGrade grade) {
    List<String> lines = new ArrayList<>();
    lines.add(
        GradeNumbers.points(grade.points())
            + " of "
            + GradeNumbers.points(grade.max())
            + " points");
    book.grading().suites().forEach(suite -> lines.add(suite.name() + ": " + suite.title()));
    if (!grade.note().isEmpty()) {
      lines.add(grade.status().title() + ": " + grade.note());
    }
    grade
        .handIn()
        .flatMap(handIn -> handIn.buildResult())
        .filter(build -> !build.good())
        .ifPresent(build -> lines.addAll(build.output()));
    if (grade.late().percent() > 0) {
      lines.add(
          GradeNumbers.points(grade.late().percent()) + " % are taken off for handing in late.");
    }
    List<String> open =
        grade.scenarios().stream()
            .filter(GradescopeResults::isOpen)
            .map(
                each ->
                    ScenarioFeedback.isShown(each)
                        ? each.scenario().key()
                        : each.scenario().title())
            .toList();
    if (!open.isEmpty()) {
      lines.add(
          GradeNumbers.points(grade.open())
              + " more points are open, since these scenarios have no result yet, or proved nothing"
              + " for reasons that are not the hand-in's: "
              + String.join(", ", open));
    }
    return lines;
  }

  private static boolean isOpen(ScenarioGrade grade) {
    return grade.mark() == Mark.OPEN || grade.mark() == Mark.UNKNOWN;
  }

  private static JsonArray tests(GradeBook book, TeamGrade grade) {
    JsonArray tests = new JsonArray();
    List<String> suites = book.grading().suites().stream().map(suite -> suite.name()).toList();
    int[] numbers = new int[suites.size() + 1];
    for (ScenarioGrade each : grade.scenarios()) {
      int suite = suites.indexOf(each.scenario().suite()) + 1;
      numbers[suite]++;
      tests.add(test(each, suite + "." + numbers[suite]));
    }
    return tests;
  }

  private static JsonObject test(ScenarioGrade grade, String number) {
    boolean isShown = ScenarioFeedback.isShown(grade);
    JsonObject test = new JsonObject();
    if (!isOpen(grade)) {
      test.addProperty("score", rounded(grade.points()));
      test.addProperty("max_score", rounded(grade.max()));
      test.addProperty("status", grade.mark() == Mark.PASS ? "passed" : "failed");
    }
    String title = grade.scenario().title();
    test.addProperty(
        "name",
        MarkupText.clean(
            !isShown || title.isEmpty()
                ? isShown ? grade.scenario().key() : title
                : grade.scenario().key() + ": " + title));
    test.addProperty("name_format", FORMAT);
    test.addProperty("number", number);
    List<String> lines = new ArrayList<>();
    if (grade.mark() != Mark.OPEN && grade.mark() != Mark.NONE) {
      lines.add(grade.mark().label());
    }
    lines.addAll(ScenarioFeedback.forTeam(grade));
    test.addProperty("output", MarkupText.clean(String.join("\n", lines)));
    test.addProperty("output_format", FORMAT);
    JsonArray tags = new JsonArray();
    tags.add(grade.scenario().suite());
    String cause = grade.hasFailure() ? ScenarioFeedback.causeName(grade) : "";
    if (!cause.isEmpty()) {
      tags.add(cause);
    }
    test.add("tags", tags);
    test.addProperty("visibility", grade.visibility().key());
    return test;
  }

  /** Only teams that passed everything are compared; the others would profit from their gaps. */
  private static JsonArray leaderboard(TeamGrade grade) {
    JsonArray board = new JsonArray();
    JsonObject passed = new JsonObject();
    passed.addProperty("name", "Scenarios passed");
    passed.addProperty("value", grade.count(Mark.PASS));
    passed.addProperty("order", "desc");
    board.add(passed);
    for (LeaderboardMetric metric : LeaderboardMetric.values()) {
      OptionalDouble value = metric.value(grade);
      if (value.isPresent()) {
        JsonObject row = new JsonObject();
        row.addProperty("name", metric.title() + metric.unit());
        row.addProperty("value", value.getAsDouble());
        row.addProperty("order", "asc");
        board.add(row);
      }
    }
    return board;
  }

  private static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }
}
