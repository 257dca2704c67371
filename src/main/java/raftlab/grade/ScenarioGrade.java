package raftlab.grade;

import java.util.Optional;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;

/**
 * A team's result in one scenario.
 *
 * @param outcome the run; empty if it wasn't played
 * @param why why it wasn't played; empty if it was
 */
public record ScenarioGrade(
    Scenario scenario, Mark mark, Optional<RunOutcome> outcome, String why) {
  /** The marks in the table. */
  public enum Mark {
    /** It passed. */
    PASS,
    /** It failed, or was not played because it could only fail. */
    FAIL,
    /** It did not reach the behaviour that it tests, because something else failed first. */
    BLOCKED,
    /** The verdict is unknown. */
    UNKNOWN,
    /** There was no program to play. */
    NONE;

    /** The mark in the table. */
    public String label() {
      return this == NONE ? "-" : name();
    }
  }

  static ScenarioGrade of(RunOutcome outcome) {
    Mark mark =
        switch (outcome.status()) {
          case PASS -> Mark.PASS;
          case FAIL -> Mark.FAIL;
          case BLOCKED -> Mark.BLOCKED;
          case UNKNOWN -> Mark.UNKNOWN;
        };
    return new ScenarioGrade(outcome.scenario(), mark, Optional.of(outcome), "");
  }

  static ScenarioGrade notPlayed(Scenario scenario, Mark mark, String why) {
    return new ScenarioGrade(scenario, mark, Optional.empty(), why);
  }
}
