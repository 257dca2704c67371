package raftlab.grade;

import java.util.List;
import java.util.Optional;
import raftlab.handin.BuildResult;
import raftlab.handin.HandIn;

/**
 * The grade of one hand-in.
 *
 * @param note a note for readers of the table; may be empty
 * @param leftOut what is wrong with the files: those that were left out, each with the reason, or
 *     why the hand-in was refused
 * @param build the result of the build; empty if the hand-in was not built
 * @param scenarios the result of each scenario of the suite, in its order
 */
public record TeamGrade(
    HandIn handIn,
    GradingStatus status,
    String note,
    List<String> leftOut,
    Optional<BuildResult> build,
    List<ScenarioGrade> scenarios,
    double seconds) {

  /** The status of a hand-in. */
  public enum GradingStatus {
    /** Its scenarios were played. */
    GRADED("graded"),
    /** It could not be copied. */
    NOT_COPIED("not copied"),
    /** Its build failed or took too long. */
    NOT_BUILT("not built"),
    /** There was no program in it. */
    NO_PROGRAM("no program"),
    /** Its replicas exit, or send nothing, before a scenario begins. */
    NEVER_STARTED("never started"),
    /** The kit itself failed. */
    KIT_FAILED("kit failed");

    private final String title;

    GradingStatus(String title) {
      this.title = title;
    }

    /** Its name in reports. */
    public String title() {
      return title;
    }
  }

  /** Copies the lists. */
  public TeamGrade {
    leftOut = List.copyOf(leftOut);
    scenarios = List.copyOf(scenarios);
  }

  /** One point for each passed scenario. */
  public int points() {
    return count(ScenarioGrade.Mark.PASS);
  }

  /** The number of scenarios with this mark. */
  public int count(ScenarioGrade.Mark mark) {
    return (int) scenarios.stream().filter(each -> each.mark() == mark).count();
  }
}
