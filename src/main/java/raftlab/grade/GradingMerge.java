package raftlab.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.MachineRecord;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.TeamRecord;

/** Puts the parts of a grading together: the union of their records and traces. */
public final class GradingMerge {
  /**
   * The result.
   *
   * @param folder the merged results
   * @param runs the number of runs that were added
   * @param notes what the reader should know, one line each
   */
  public record MergeResult(GradingFolder folder, int runs, List<String> notes) {
    /** Copies the list. */
    public MergeResult {
      notes = List.copyOf(notes);
    }
  }

  private final GradingFolder out;
  private final List<String> notes = new ArrayList<>();
  private int added;

  private GradingMerge(GradingFolder out) {
    this.out = out;
  }

  /**
   * Merges parts into a folder. If that holds a grading already, the parts are added to it.
   *
   * @throws IOException if the parts are not of the same grading, or something can't be read or
   *     written
   */
  public static MergeResult merge(Path into, List<GradingFolder> parts) throws IOException {
    List<GradingFolder> all = new ArrayList<>(parts);
    if (GradingFolder.isGrading(into)) {
      all.add(0, GradingFolder.open(into));
    }
    GradingRecord first = all.get(0).grading();
    for (GradingFolder part : all) {
      requireSame(all.get(0), part);
    }
    GradingRecord settings =
        first.withShard("").withTeams(teams(all)).withMachine(weakestIsolation(all));
    GradingFolder out;
    if (GradingFolder.isGrading(into)) {
      out = all.get(0);
      out.write(settings);
    } else {
      out = GradingFolder.create(into, settings);
    }
    GradingMerge merge = new GradingMerge(out);
    for (GradingFolder part : parts) {
      for (TeamRecord team : part.grading().teams()) {
        merge.add(part, team);
      }
      merge.notes.addAll(part.problems());
    }
    return new MergeResult(out, merge.added, merge.notes);
  }

  private static void requireSame(GradingFolder first, GradingFolder part) throws IOException {
    GradingRecord a = first.grading();
    GradingRecord b = part.grading();
    String differs = "";
    if (a.seed() != b.seed()) {
      differs = "seed";
    } else if (!played(a).equals(played(b))) {
      differs = "set of scenarios";
    } else if (a.repeats() != b.repeats()) {
      differs = "number of repeats";
    } else if (!a.policy().rubric().equals(b.policy().rubric())
        || !a.policy().late().equals(b.policy().late())) {
      differs = "rubric or late policy";
    }
    if (!differs.isEmpty()) {
      throw new IOException(
          "found another "
              + differs
              + " in "
              + part.path()
              + " than in "
              + first.path()
              + ", expected parts of the same grading");
    }
  }

  /** What is played, without the folders of the files, which differ between machines. */
  private static List<String> played(GradingRecord grading) {
    return grading.scenarios().stream()
        .map(each -> each.key() + " " + each.seed() + " " + each.text())
        .toList();
  }

  /** The settings of the first machine, with the weakest isolation of all. */
  private static MachineRecord weakestIsolation(List<GradingFolder> parts) {
    MachineRecord weakest = parts.get(0).grading().machine();
    for (GradingFolder part : parts) {
      MachineRecord its = part.grading().machine();
      if (!its.isolationText().isEmpty()) {
        weakest = weakest.withIsolation(its.isolation(), its.isolationText());
      }
    }
    return weakest;
  }

  /** All teams, each once, in the order in which they appear. */
  private static List<TeamRecord> teams(List<GradingFolder> parts) throws IOException {
    Map<String, TeamRecord> teams = new LinkedHashMap<>();
    for (GradingFolder part : parts) {
      for (TeamRecord team : part.grading().teams()) {
        TeamRecord known = teams.putIfAbsent(team.folder(), team);
        if (known != null && !known.team().equals(team.team())) {
          throw new IOException(
              "found the folder "
                  + team.folder()
                  + " for the team "
                  + team.team()
                  + " in "
                  + part.path()
                  + ", expected "
                  + known.team()
                  + " as in another part: the parts must be of the same hand-ins");
        }
      }
    }
    return List.copyOf(teams.values());
  }

  private void add(GradingFolder part, TeamRecord team) throws IOException {
    for (RunRecord run : part.runs(team)) {
      Optional<RunRecord> known =
          out.runs(team).stream().filter(each -> each.name().equals(run.name())).findFirst();
      boolean isBetter = known.isEmpty() || !known.get().isDecided() && run.isDecided();
      if (isBetter) {
        copyTrace(part, team, run);
        out.write(team, run);
        added++;
      } else if (run.isDecided() && known.get().status() != run.status()) {
        notes.add(
            team.team()
                + ", "
                + run.name()
                + ": "
                + run.status()
                + " in "
                + part.path()
                + ", but "
                + known.get().status()
                + " in an earlier part, which is kept");
      }
    }
    Optional<HandInRecord> handIn = part.handIn(team);
    if (handIn.isPresent() && isBetter(handIn.get(), out.handIn(team))) {
      out.write(team, handIn.get());
    }
  }

  /**
   * Whether a record of the hand-in says more. A team that was played in one part started there,
   * though the few runs of another part may all have failed to start.
   */
  private static boolean isBetter(HandInRecord its, Optional<HandInRecord> known) {
    return known.isEmpty() || rank(its) > rank(known.get());
  }

  private static int rank(HandInRecord handIn) {
    return handIn.fault().fault().isExcused()
        ? 0
        : handIn.status() == HandInStatus.READY
            ? 3
            : handIn.status() == HandInStatus.NEVER_STARTED ? 2 : 1;
  }

  private void copyTrace(GradingFolder part, TeamRecord team, RunRecord run) throws IOException {
    Path trace = part.trace(team, run);
    if (!run.trace().isEmpty() && Files.isRegularFile(trace)) {
      out.copy(trace, out.trace(team, run));
    }
  }
}
