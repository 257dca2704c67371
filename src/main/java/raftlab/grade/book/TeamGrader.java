package raftlab.grade.book;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.grade.store.Fault;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.suite.PassRate;

/** Computes the grade of one team at a time. */
record TeamGrader(
    GradingFolder folder, GradingRecord grading, Rubric rubric, Map<String, ScenarioWorth> worth) {
  private static final List<Status> WORST_FIRST =
      List.of(Status.FAIL, Status.BLOCKED, Status.UNKNOWN, Status.PASS);

  TeamGrade grade(TeamRecord team) {
    Optional<HandInRecord> handIn = folder.handIn(team);
    List<ScenarioGrade> scenarios = new ArrayList<>();
    int missing = 0;
    for (ScenarioRecord scenario : grading.scenarios()) {
      List<RunRecord> runs = new ArrayList<>();
      for (int i = 0; i < grading.repeats(); i++) {
        folder.run(team, scenario, i).ifPresent(runs::add);
      }
      missing += grading.repeats() - runs.size();
      scenarios.add(grade(scenario, runs, handIn));
    }
    TeamStatus status = status(handIn, missing);
    double earned = scenarios.stream().mapToDouble(ScenarioGrade::points).sum();
    LatePenalty late = late(team, handIn);
    return new TeamGrade(
        team,
        status,
        handIn.map(HandInRecord::note).orElse(""),
        handIn,
        scenarios,
        earned,
        scenarios.stream().mapToDouble(ScenarioGrade::max).sum(),
        scenarios.stream().mapToDouble(ScenarioGrade::open).sum(),
        late,
        earned * (1 - late.percent() / 100));
  }

  private TeamStatus status(Optional<HandInRecord> handIn, int missing) {
    if (handIn.isEmpty()) {
      return TeamStatus.WAITING;
    }
    return switch (handIn.get().status()) {
      case READY -> missing == 0 ? TeamStatus.GRADED : TeamStatus.PARTIAL;
      case NOT_COPIED -> TeamStatus.NOT_COPIED;
      case NOT_BUILT -> TeamStatus.NOT_BUILT;
      case NO_PROGRAM -> TeamStatus.NO_PROGRAM;
      case NEVER_STARTED -> TeamStatus.NEVER_STARTED;
      case NOT_GRADED ->
          handIn.get().fault().fault() == Fault.MACHINE
              ? TeamStatus.MACHINE_FAILED
              : TeamStatus.KIT_FAILED;
    };
  }

  private ScenarioGrade grade(
      ScenarioRecord scenario, List<RunRecord> runs, Optional<HandInRecord> handIn) {
    ScenarioWorth its = worth.getOrDefault(scenario.key(), new ScenarioWorth(0, List.of()));
    List<RunRecord> decided = runs.stream().filter(RunRecord::isDecided).toList();
    int passed = (int) decided.stream().filter(RunRecord::hasPassed).count();
    PassRate rate = new PassRate(passed, decided.size());
    Mark mark = mark(runs, rate, handIn);
    boolean isOpen = mark == Mark.OPEN || mark == Mark.UNKNOWN;
    double points =
        decided.isEmpty()
            ? 0
            : rubric.repeatPolicy().points(decided.stream().map(its::points).toList(), passed);
    return new ScenarioGrade(
        scenario,
        rubric.visibility(scenario),
        mark,
        rate,
        points,
        isOpen ? 0 : its.max(),
        isOpen ? its.max() : 0,
        runs,
        decisive(runs),
        runs.isEmpty() ? why(handIn) : "");
  }

  private static Mark mark(List<RunRecord> runs, PassRate rate, Optional<HandInRecord> handIn) {
    if (rate.runs() > 0) {
      boolean isBlocked =
          runs.stream()
              .filter(RunRecord::isDecided)
              .allMatch(run -> run.status() == Status.BLOCKED);
      return rate.passes() == rate.runs()
          ? Mark.PASS
          : rate.passes() > 0 ? Mark.FLAKY : isBlocked ? Mark.BLOCKED : Mark.FAIL;
    } else if (!runs.isEmpty()) {
      return Mark.UNKNOWN;
    } else if (handIn.isEmpty() || handIn.get().status() == HandInStatus.READY) {
      return Mark.OPEN;
    } else if (handIn.get().fault().fault().isExcused()) {
      return Mark.UNKNOWN;
    }
    return handIn.get().status() == HandInStatus.NEVER_STARTED ? Mark.FAIL : Mark.NONE;
  }

  private String why(Optional<HandInRecord> handIn) {
    TeamStatus status = status(handIn, 1);
    return switch (status) {
      case WAITING, PARTIAL, GRADED -> "not played yet";
      default -> "not played: " + status.title();
    };
  }

  private static Optional<RunRecord> decisive(List<RunRecord> runs) {
    for (Status status : WORST_FIRST) {
      for (RunRecord run : runs) {
        if (run.status() == status) {
          return Optional.of(run);
        }
      }
    }
    return Optional.empty();
  }

  private LatePenalty late(TeamRecord team, Optional<HandInRecord> handIn) {
    if (rubric.late().isEmpty()) {
      return LatePenalty.NONE;
    }
    String listed = team.submitted();
    String time = listed.isEmpty() ? handIn.map(HandInRecord::submitted).orElse("") : listed;
    return time(time)
        .map(submitted -> rubric.late().get().penalty(team.team(), submitted))
        .orElse(LatePenalty.UNKNOWN);
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }
}
