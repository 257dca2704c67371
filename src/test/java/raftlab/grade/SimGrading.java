package raftlab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import raftlab.cluster.sim.SimWorld;
import raftlab.grade.HandInBuilder.BuiltHandIn;
import raftlab.grade.book.Rubric;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;
import raftlab.replica.ReplicaOptions;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/**
 * Gradings in the simulated world, which are fast and always give the same results. The name of a
 * team is the planted bug of its replica, or begins with "good".
 */
public final class SimGrading {
  private static final String SCENARIO =
      """
      {"lifetime": 6, "start_wait": 1, "end_wait": 0.5, "replicas": 3, "requests": 60, "mix": 0.5, \
      "events": [{"type": "kill_leader", "time": 3}]}""";

  private SimGrading() {}

  static Suite suite(Path root, int scenarios) throws IOException, ScenarioException {
    Path folder = Files.createDirectories(root.resolve("quick"));
    for (int i = 1; i <= scenarios; i++) {
      Files.writeString(folder.resolve("q-" + i + ".json"), SCENARIO);
    }
    return SuiteReader.read(folder.toString(), root);
  }

  /** Begins a grading of these teams in a folder, or opens it if it is there. */
  public static GradingFolder folder(
      Path root, String name, int scenarios, int repeats, List<String> teams)
      throws IOException, ScenarioException {
    Path folder = root.resolve(name);
    if (GradingFolder.isGrading(folder)) {
      return GradingFolder.open(folder);
    }
    GradingRecord grading =
        GradingRecord.of(List.of(suite(root, scenarios)), 1, true, repeats, MachineRecord.of(2, 1))
            .withTeams(teams.stream().map(StoredGrading::team).toList());
    return GradingFolder.create(folder, grading);
  }

  static Map<String, HandIn> handIns(GradingFolder folder) {
    Map<String, HandIn> handIns = new HashMap<>();
    for (TeamRecord team : folder.grading().teams()) {
      handIns.put(
          team.folder(), new HandIn(team.team(), Path.of(team.source()), team.folder() + ".txt"));
    }
    return handIns;
  }

  static GradingPlan plan(GradingFolder folder) {
    return GradingPlan.of(folder, handIns(folder), (team, scenario) -> true);
  }

  static GradingTables tables(GradingFolder folder) {
    return new GradingTables(folder, Rubric.DEFAULT, folder.file(GradingTables.JSON));
  }

  /** A grading; the listener receives the name of each run that begins. */
  public static GradingRun run(GradingFolder folder, int jobs, Consumer<String> begins) {
    return run(folder, jobs, begins, SimGrading::build);
  }

  /** The same, with further reports. */
  public static GradingRun run(
      GradingFolder folder, int jobs, Consumer<String> begins, Consumer<GradingTables> reports) {
    GradingTables tables = tables(folder);
    reports.accept(tables);
    return run(folder, jobs, begins, SimGrading::build, tables);
  }

  static GradingRun run(
      GradingFolder folder, int jobs, Consumer<String> begins, HandInBuilder builder) {
    return run(folder, jobs, begins, builder, tables(folder));
  }

  private static GradingRun run(
      GradingFolder folder,
      int jobs,
      Consumer<String> begins,
      HandInBuilder builder,
      GradingTables tables) {
    return new GradingRun(
        folder,
        tables,
        new GradingRun.GradingListener() {
          @Override
          public void stage(TeamRecord team, String what) {
            begins.accept(team.team() + " " + what);
          }

          @Override
          public void ended(TeamGrade grade) {}
        },
        RunBudget.fixed(jobs),
        builder);
  }

  /** Grades all that is left to do. */
  public static boolean gradeAll(GradingRun run, GradingFolder folder)
      throws IOException, InterruptedException {
    return run.grade(plan(folder));
  }

  static BuiltHandIn build(HandIn handIn, Path copy, Consumer<String> stage) {
    return new BuiltHandIn(StoredGrading.ready(handIn.team()), player(handIn.team()));
  }

  static RunPlayer player(String team) {
    List<String> words = team.startsWith("good") ? List.of() : List.of("--bug", team);
    ReplicaOptions options = ReplicaOptions.parse(null, words);
    return new WorldPlayer(new SimWorld(options.nodeFactory(), List.of("reference")));
  }

  /** What a grading found, without what differs between equal runs: how long they took. */
  public static List<String> results(GradingFolder folder) throws IOException {
    List<String> results = new ArrayList<>();
    GradingFolder read = GradingFolder.open(folder.path());
    for (TeamRecord team : read.grading().teams()) {
      results.add(team.team() + " " + read.handIn(team).map(its -> its.status().name()));
      for (ScenarioRecord scenario : read.grading().scenarios()) {
        for (int i = 0; i < read.grading().repeats(); i++) {
          Optional<RunRecord> run = read.run(team, scenario, i);
          results.add(
              run.map(
                      its ->
                          team.team()
                              + " "
                              + its.name()
                              + " "
                              + its.status()
                              + " "
                              + its.reason()
                              + " "
                              + its.figures())
                  .orElse("missing"));
        }
      }
    }
    results.addAll(read.problems());
    return results;
  }
}
