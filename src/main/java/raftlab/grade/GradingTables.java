package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  /** The shortest time between two times when tables are written. */
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Writing tables takes at most a twentieth of the time. */
  private static final int PAUSE_FACTOR = 20;

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
  private final Set<TeamRecord> changed = new LinkedHashSet<>();
  private long nextNanos = System.nanoTime();

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

  /** The results of a team have changed; its files are written with the next tables. */
  public synchronized void changed(TeamRecord team) {
    changed.add(team);
  }

  /**
   * Writes what has changed, unless tables were written a moment ago: with many teams that takes
   * long. With one team, all is written after each run: a course platform may kill the grader.
   *
   * @return the grades that were written; null if nothing was
   */
  public synchronized @Nullable GradeBook writeIfDue() throws IOException {
    return changed.isEmpty() || System.nanoTime() < nextNanos ? null : flush();
  }

  /**
   * Writes what has changed.
   *
   * @return the grades that were written
   */
  public synchronized GradeBook flush() throws IOException {
    return write(List.copyOf(changed));
  }

  /**
   * Writes the tables, and the feedback of these teams.
   *
   * @return the grades that were written
   */
  public synchronized GradeBook write(Collection<TeamRecord> teams) throws IOException {
    long from = System.nanoTime();
    GradeBook book = book();
    for (TeamGrade grade : book.teams()) {
      if (teams.contains(grade.team()) && grade.status() != TeamStatus.WAITING) {
        folder.writeText(folder.file(grade.team(), FEEDBACK), TeamFeedback.of(book, grade));
      }
    }
    folder.writeText(folder.file(CSV), GradesCsv.of(book));
    folder.writeText(jsonFile, GradesJson.of(book));
    for (Report report : reports) {
      report.write(book, folder, List.copyOf(teams));
    }
    changed.removeAll(teams);
    long now = System.nanoTime();
    boolean isQuick = book.teams().size() == 1;
    nextNanos = now + (isQuick ? 0 : Math.max(INTERVAL_NANOS, PAUSE_FACTOR * (now - from)));
    return book;
  }
}
