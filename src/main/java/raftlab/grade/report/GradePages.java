package raftlab.grade.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.book.TeamStatus;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.TeamRecord;

/** Writes the pages of a grading: that of the grader, those of the teams, and their evidence. */
final class GradePages {
  /** The name of the grader's page, and of a team's page in its folder. */
  static final String INDEX = "index.html";

  private GradePages() {}

  /** Writes all pages that may have changed. */
  static void write(GradeBook book, GradingFolder folder, List<TeamRecord> teams)
      throws IOException {
    for (TeamGrade grade : book.teams()) {
      if (teams.contains(grade.team()) && grade.status() != TeamStatus.WAITING) {
        Map<String, EvidenceFile> evidence = new EvidenceFiles().write(folder, grade);
        folder.writeText(
            folder.file(grade.team(), INDEX),
            TeamPage.of(book, grade, evidence, EvidencePages.write(folder, grade, evidence)));
      }
    }
    folder.writeText(folder.file(INDEX), IndexPage.of(book));
    folder.writeText(folder.file("class.html"), ClassPage.html(book));
    folder.writeText(folder.file("class.md"), ClassPage.markdown(book));
  }
}
