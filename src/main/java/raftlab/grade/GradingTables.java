package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.report.GradesCsv;
import raftlab.grade.report.GradesJson;
import raftlab.grade.report.TeamFeedback;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.TeamRecord;

/** Writes the tables of a grading, and the feedback of teams, from what is in its folder. */
public final class GradingTables {
  /** The file with the table. */
  public static final String CSV = "grades.csv";

  /** The file with the table for programs. */
  public static final String JSON = "grades.json";

  /** The file with a team's feedback, in its folder. */
  public static final String FEEDBACK = "feedback.md";

  /** Further reports that are made from the grade book, such as pages. */
  @FunctionalInterface
  public interface Report {
    /**
     * Writes what has changed.
     *
     * @param teams the teams whose results may have changed since the last call
     */
    void write(GradeBook book, GradingFolder folder, List<TeamRecord> teams) throws IOException;
  }

  private final GradingFolder folder;
  private final Rubric rubric;
  private final Path jsonFile;
  private final List<Report> reports = new ArrayList<>();

  /**
   * Creates a writer.
   *
   * @param jsonFile the file for the JSON
   */
  public GradingTables(GradingFolder folder, Rubric rubric, Path jsonFile) {
    this.folder = folder;
    this.rubric = rubric;
    this.jsonFile = jsonFile;
  }

  /** Adds a report that is written together with the tables. */
  public void add(Report report) {
    reports.add(report);
  }

  /** Returns the grades now. */
  public GradeBook book() {
    return GradeBook.of(folder, rubric);
  }

  /**
   * Writes the tables, and the feedback of these teams.
   *
   * @return the grades that were written
   */
  public synchronized GradeBook write(List<TeamRecord> teams) throws IOException {
    GradeBook book = book();
    for (TeamRecord team : teams) {
      for (TeamGrade grade : book.teams()) {
        if (grade.team().equals(team) && grade.status() != TeamStatus.WAITING) {
          folder.writeText(folder.file(team, FEEDBACK), TeamFeedback.of(book, grade));
        }
      }
    }
    folder.writeText(folder.file(CSV), GradesCsv.of(book));
    folder.writeText(jsonFile, GradesJson.of(book));
    for (Report report : reports) {
      report.write(book, folder, teams);
    }
    return book;
  }
}
