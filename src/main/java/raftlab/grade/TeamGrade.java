package raftlab.grade;

import java.util.List;
import java.util.Optional;

/**
 * What came of one hand-in.
 *
 * @param note what a reader of the table should know; may be empty
 * @param leftOut what of the hand-in was not copied, and why
 * @param build what came of the build; empty if it didn't get so far
 * @param scenarios what came of each scenario of the suite, in its order
 */
public record TeamGrade(
    HandIn handIn,
    Status status,
    String note,
    List<String> leftOut,
    Optional<BuildResult> build,
    List<ScenarioGrade> scenarios,
    double seconds) {

  /** How far a hand-in came. */
  public enum Status {
    /** Its scenarios were played. */
    GRADED("graded"),
    /** It could not be copied. */
    NOT_COPIED("not copied"),
    /** Its build failed or took too long. */
    NOT_BUILT("not built"),
    /** There was no program in it. */
    NO_PROGRAM("no program"),
    /** Its replicas end, or stay mute, before any scenario begins. */
    NEVER_STARTED("never started"),
    /** The kit itself failed. */
    KIT_FAILED("kit failed");

    private final String title;

    Status(String title) {
      this.title = title;
    }

    /** Its name for people. */
    public String title() {
      return title;
    }
  }

  /** Takes copies of the lists. */
  public TeamGrade {
    leftOut = List.copyOf(leftOut);
    scenarios = List.copyOf(scenarios);
  }

  /** One point for each scenario passed. */
  public int points() {
    return count(ScenarioGrade.Mark.PASS);
  }

  /** How many scenarios have this mark. */
  public int count(ScenarioGrade.Mark mark) {
    return (int) scenarios.stream().filter(each -> each.mark() == mark).count();
  }
}
