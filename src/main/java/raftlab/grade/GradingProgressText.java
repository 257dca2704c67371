package raftlab.grade;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.grade.book.Mark;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.report.GradeNumbers;
import raftlab.grade.store.TeamRecord;
import raftlab.report.TerminalStyle;
import raftlab.wire.PrintableText;

/** The progress of a grading: one line per team; on a terminal also the current activity. */
public final class GradingProgressText implements GradingRun.GradingListener {
  private static final String CLEAR = "\r\033[K";
  private static final int WIDTH = 110;

  private final PrintStream out;
  private final TerminalStyle style;
  private final int teams;
  private final Map<String, String> stages = new TreeMap<>();
  private int ended;

  /** Creates the text. */
  public GradingProgressText(PrintStream out, TerminalStyle style, int teams) {
    this.out = out;
    this.style = style;
    this.teams = teams;
  }

  @Override
  public synchronized void stage(TeamRecord team, String what) {
    stages.put(team.team(), what);
    status();
  }

  private void status() {
    if (style.terminal() && !stages.isEmpty()) {
      StringBuilder line = new StringBuilder("team " + Math.min(teams, ended + 1) + " of " + teams);
      stages.forEach((team, what) -> line.append("  ").append(team).append(": ").append(what));
      String shown = line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line.toString();
      out.print(CLEAR + style.faint(shown));
      out.flush();
    }
  }

  @Override
  public synchronized void ended(TeamGrade grade) {
    ended++;
    stages.remove(grade.team().team());
    clear();
    String points =
        String.format(
            Locale.ROOT,
            "%4s of %4s",
            GradeNumbers.points(grade.points()),
            GradeNumbers.points(grade.max()));
    int unknown = grade.count(Mark.UNKNOWN);
    out.println(
        String.format(
            Locale.ROOT,
            "  %s  %-28s %-13s %6.1f s%s%s",
            grade.isPerfect() ? style.success(points) : style.error(points),
            grade.team().team(),
            grade.status().title(),
            grade.seconds(),
            unknown == 0 ? "" : "  " + style.warning(unknown + " unknown"),
            grade.note().isEmpty() ? "" : "  " + style.faint(PrintableText.of(grade.note(), 160))));
    status();
  }

  private void clear() {
    out.print(style.terminal() ? CLEAR : "");
  }

  /** The grading was interrupted. */
  public synchronized void interrupted() {
    clear();
    out.println(
        "Interrupted: "
            + ended
            + " of "
            + teams
            + " hand-ins are graded; what is recorded stays, and --resume continues.");
    // The program may exit before a buffer is flushed.
    out.flush();
    stages.clear();
  }
}
