package raftlab.grade.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.TeamRecord;

/** A form of the results besides the tables and the feedback, which are always written. */
public enum ReportFormat {
  /** A page for the grader and one for each team, with evidence files. */
  HTML("index.html", true),
  /** JUnit XML for all teams. */
  JUNIT("junit.xml", false),
  /** A file for Gradescope for each team. */
  GRADESCOPE("results.json", true),
  /** A file for Classroom 50 for each team. */
  CLASSROOM50("result.json", true),
  /** A step summary of GitHub Actions for all teams. */
  GITHUB("summary.md", false);

  /** The formats that are written if none is chosen. */
  public static final List<ReportFormat> DEFAULT = List.of(HTML, JUNIT);

  private final String file;
  private final boolean isForTeam;

  ReportFormat(String file, boolean isForTeam) {
    this.file = file;
    this.isForTeam = isForTeam;
  }

  /** Returns its name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names of all. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(ReportFormat::key).toList();
  }

  /** Returns the one with this name. */
  public static Optional<ReportFormat> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }

  /** Whether it has a file for each team, in the team's folder. */
  public boolean isForTeam() {
    return isForTeam;
  }

  /** Whether all of it is in one file, for one team or for all. */
  public boolean hasOneFile() {
    return this != HTML;
  }

  /** Returns the name of its file. */
  public String file() {
    return file;
  }

  /**
   * Writes what has changed.
   *
   * @param teams the teams whose results may have changed
   */
  public void write(GradeBook book, GradingFolder folder, List<TeamRecord> teams)
      throws IOException {
    if (this == HTML) {
      GradePages.write(book, folder, teams);
      return;
    } else if (!isForTeam) {
      folder.writeText(folder.file(file), text(book));
      return;
    }
    for (TeamGrade grade : book.teams()) {
      if (teams.contains(grade.team()) && grade.status() != TeamStatus.WAITING) {
        folder.writeText(folder.file(grade.team(), file), text(book, grade));
      }
    }
  }

  /** Writes it to this file only; if it has a file for each team, that of the first team. */
  public void write(GradeBook book, GradingFolder folder, Path to) throws IOException {
    folder.writeText(to, isForTeam ? text(book, book.teams().get(0)) : text(book));
  }

  private String text(GradeBook book) {
    return this == JUNIT ? JunitXml.of(book) : GithubSummary.of(book);
  }

  private String text(GradeBook book, TeamGrade grade) {
    return this == GRADESCOPE
        ? GradescopeResults.of(book, grade)
        : ClassroomResult.of(grade, System.getenv(), Instant.now());
  }
}
