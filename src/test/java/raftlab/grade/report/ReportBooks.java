package raftlab.grade.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.grade.StoredGrading;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.RepeatPolicy;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.Visibility;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.FigureRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunFigures;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.ScenarioException;

/** Grade books for tests of reports: a hostile team, one without a program, and good ones. */
final class ReportBooks {
  /** Control characters, a terminal sequence, an unpaired surrogate, and markup. */
  static final String HOSTILE = "<script>alert(1)</script>\"'&\u001b[31m\u0001\ud800]]>\r\n\t|x";

  /** The name of the hostile team. */
  static final String HOSTILE_TEAM = "a<b>\"&'";

  private ReportBooks() {}

  /**
   * A folder with the teams hostile (a pass, a failure, an unknown), absent (no program), good and
   * better (two passes, the third scenario not played).
   */
  static GradingFolder folder(Path root) throws IOException, ScenarioException {
    GradingFolder folder = StoredGrading.create(root, 1, "hostile", "absent", "good", "better");
    List<TeamRecord> teams = folder.grading().teams();
    TeamRecord hostile = new TeamRecord(HOSTILE_TEAM, "hostile", "/handin/hostile", "");
    folder.write(
        folder.grading().withTeams(List.of(hostile, teams.get(1), teams.get(2), teams.get(3))));
    folder.write(hostile, StoredGrading.ready(HOSTILE_TEAM));
    List<ScenarioRecord> scenarios = folder.grading().scenarios();
    folder.write(hostile, StoredGrading.run(scenarios.get(0), 0, Status.PASS));
    folder.write(hostile, failed(scenarios.get(1), HOSTILE));
    folder.write(hostile, StoredGrading.run(scenarios.get(2), 0, Status.UNKNOWN));
    folder.write(
        teams.get(1),
        StoredGrading.handIn(
            "absent",
            HandInStatus.NO_PROGRAM,
            FaultRecord.of(Fault.SUBMISSION, "found no 4700kvstore")));
    for (TeamRecord team : teams.subList(2, 4)) {
      folder.write(team, StoredGrading.ready(team.team()));
      for (ScenarioRecord scenario : scenarios.subList(0, 2)) {
        folder.write(team, passed(scenario, 1000, 0.010));
      }
    }
    return folder;
  }

  static GradeBook book(GradingFolder folder) {
    return GradeBook.of(folder, Rubric.DEFAULT);
  }

  /** A rubric in which the second scenario is hidden. */
  static Rubric hidingSecond() {
    return new Rubric(
        "",
        RepeatPolicy.MEAN,
        Visibility.VISIBLE,
        Map.of(),
        Map.of(
            "a-2", new Rubric.Rule(OptionalDouble.empty(), Optional.of(Visibility.AFTER_DUE_DATE))),
        List.of(),
        Optional.empty());
  }

  static RunRecord passed(ScenarioRecord scenario, double messages, double latency) {
    return with(
        StoredGrading.run(scenario, 0, Status.PASS),
        List.of(),
        null,
        List.of(
            new FigureRecord(RunFigures.MESSAGES, messages),
            new FigureRecord(RunFigures.MEDIAN_LATENCY, latency)));
  }

  /** A run that failed with this output. */
  static RunRecord failed(ScenarioRecord scenario, String output) {
    return with(
        StoredGrading.run(scenario, 0, Status.FAIL),
        List.of(
            new CheckRecord(
                "died",
                Status.FAIL,
                "no replica exits",
                "§5.2",
                "replica 0001 exited: " + output,
                "a replica exited",
                List.of("1.500 s  replica 0001 exited", "| " + output))),
        new CauseRecord("votes-twice", "it voted " + output, "§5.4.1", Certainty.LIKELY, List.of()),
        List.of(new FigureRecord(RunFigures.MESSAGES, 50)));
  }

  static RunRecord with(
      RunRecord run,
      List<CheckRecord> checks,
      @org.jspecify.annotations.Nullable CauseRecord cause,
      List<FigureRecord> figures) {
    return new RunRecord(
        run.format(),
        run.kit(),
        run.scenario(),
        run.seed(),
        run.repetition(),
        run.status(),
        run.fault(),
        run.observed(),
        run.reason(),
        checks,
        run.passed(),
        cause,
        null,
        run.tiers(),
        figures,
        run.remarks(),
        run.end(),
        run.wallSeconds(),
        run.repeatedAlone(),
        "test-scripts/raftlab run --seed 7 secret.json",
        run.trace());
  }
}
