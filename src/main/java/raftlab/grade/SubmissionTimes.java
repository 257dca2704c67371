package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import raftlab.grade.store.TeamRecord;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.LocatedJson;
import raftlab.scenario.file.ScenarioFileChecker;
import raftlab.wire.NearestWord;

/** When teams handed in, by a CSV file with a team and a time in each line. */
public final class SubmissionTimes {
  private static final String EXPECTED =
      "a date and time with its zone, such as 2026-11-20T23:59:00+01:00";

  private final String file;
  private final Map<String, String> times;

  private SubmissionTimes(String file, Map<String, String> times) {
    this.file = file;
    this.times = times;
  }

  /** Reads the file; throws all its problems. A first line without a time is a header. */
  public static SubmissionTimes read(Path path) throws ScenarioException, IOException {
    String file = path.toString();
    List<FileProblem> problems = new ArrayList<>();
    Map<String, String> times = new LinkedHashMap<>();
    int number = 0;
    for (String line : ScenarioFileChecker.text(path).replace("\uFEFF", "").lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      List<String> cells = cells(line);
      if (cells.size() < 2) {
        problems.add(
            new FileProblem(
                file,
                number,
                1,
                "found " + LocatedJson.quoted(line),
                "a team, a comma and a time"));
      } else if (isTime(cells.get(1))) {
        if (times.put(cells.get(0).strip(), cells.get(1).strip()) != null) {
          problems.add(
              new FileProblem(
                  file,
                  number,
                  1,
                  LocatedJson.quoted(cells.get(0)) + " is given twice",
                  "each team once"));
        }
      } else if (number > 1) {
        problems.add(
            new FileProblem(
                file, number, 1, "found " + LocatedJson.quoted(cells.get(1)), EXPECTED));
      }
    }
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems);
    }
    return new SubmissionTimes(file, times);
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text.strip());
      return true;
    } catch (DateTimeException other) {
      return false;
    }
  }

  /** The cells of a line of CSV, as in RFC 4180 but without line breaks in cells. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /**
   * Returns the teams with their times.
   *
   * @param warnings receives a line for each team in the file that is not in the grading
   */
  public List<TeamRecord> applyTo(List<TeamRecord> teams, Consumer<String> warnings) {
    List<String> names = teams.stream().map(TeamRecord::team).toList();
    for (String name : times.keySet()) {
      if (!names.contains(name)) {
        warnings.accept(
            "warning: "
                + file
                + ": found "
                + LocatedJson.quoted(name)
                + ", which is no team here"
                + NearestWord.of(name, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(""));
      }
    }
    return teams.stream()
        .map(
            team ->
                new TeamRecord(
                    team.team(),
                    team.folder(),
                    team.source(),
                    times.getOrDefault(team.team(), team.submitted())))
        .toList();
  }
}
