package raftlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import raftlab.grade.SubmissionTimes;
import raftlab.grade.book.RubricFile;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.PolicyRecord;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioFileChecker;

/** The options that say how results become points. */
final class PolicyOptions {
  @Option(
      names = "--rubric",
      paramLabel = "FILE",
      description =
          "the rubric: points, visibility, repeats, late penalties; kept with the results")
  private @Nullable Path rubric;

  @Option(
      names = "--late-policy",
      paramLabel = "FILE",
      description = "what handing in late costs, instead of \"late\" in the rubric")
  private @Nullable Path late;

  @Option(
      names = "--submitted",
      paramLabel = "FILE",
      description =
          "a CSV file with team and time of submission in each line; default: the times of the files")
  private @Nullable Path times;

  /** Returns these settings with what was given; throws all problems of the files. */
  GradingRecord applyTo(GradingRecord grading) throws ScenarioException, IOException {
    PolicyRecord old = grading.policy();
    GradingRecord changed =
        grading.withPolicy(
            new PolicyRecord(
                rubric == null ? old.rubricFile() : rubric.toString(),
                rubric == null ? old.rubric() : ScenarioFileChecker.text(rubric),
                late == null ? old.lateFile() : late.toString(),
                late == null ? old.late() : ScenarioFileChecker.text(late)));
    RubricFile.of(changed);
    return times == null
        ? changed
        : changed.withTeams(
            SubmissionTimes.read(times).applyTo(changed.teams(), System.err::println));
  }

  /** Changes the settings of a grading, if anything was given. */
  void apply(GradingFolder folder) throws ScenarioException, IOException {
    GradingRecord changed = applyTo(folder.grading());
    if (!changed.equals(folder.grading())) {
      folder.write(changed);
    }
  }
}
