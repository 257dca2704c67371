package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import raftlab.grade.GradingTeams;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.HandInFinder;
import raftlab.wire.NearestWord;

/** The parameters and options that say which hand-ins are graded. */
final class HandInPlaces {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Not required by the parser, which would also require it before a subcommand. */
  @Parameters(
      paramLabel = "DIR|ARCHIVE",
      arity = "0..*",
      description =
          "folders with the hand-ins, a folder or an archive each; or single archives (.tar.gz, .tgz, .tar, .zip)")
  private @Nullable List<Path> places;

  @Option(
      names = "--only",
      paramLabel = "TEAM",
      description = "grade only this team; may be given several times")
  private @Nullable List<String> only;

  /**
   * Finds all hand-ins.
   *
   * @param out the results folder, which is none
   * @param programs the names under which their programs are looked for
   */
  List<HandIn> find(Path out, List<String> programs) throws IOException {
    if (places == null) {
      throw new ParameterException(
          spec.commandLine(), "found no DIR, expected the folder with the hand-ins");
    }
    for (Path place : places) {
      if (Files.isDirectory(place) ? HandInFinder.isHandIn(place) : !Files.isRegularFile(place)) {
        throw new UsageException(
            Files.isDirectory(place)
                ? "found the hand-in " + place + ", expected the folder that contains it"
                : "found no folder or archive " + place + ", expected hand-ins");
      }
    }
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(out)) {
      throw new UsageException("found the file " + out + ", expected a folder for the results");
    }
    String earlier = out.toAbsolutePath().normalize().getFileName() + GradingSetup.OLD;
    List<HandIn> handIns =
        HandInFinder.find(places, out, programs).stream()
            .filter(each -> !each.source().getFileName().toString().startsWith(earlier))
            .toList();
    if (handIns.isEmpty()) {
      throw new UsageException(
          "found no hand-ins in " + text() + ", expected a folder or an archive per team");
    }
    // Else every team would fail because of this machine.
    if (!HandInBuild.isPossible()
        && handIns.stream().anyMatch(each -> HandInBuild.isNeeded(each.source()))) {
      throw new UsageException("found hand-ins with a Makefile, but make is not installed");
    }
    return handIns;
  }

  /** The hand-ins of the teams to grade, by the folders of the teams. */
  Map<String, HandIn> selected(GradingTeams teams) {
    if (only == null) {
      return teams.handIns();
    }
    Map<String, HandIn> selected = new HashMap<>();
    for (String name : only) {
      TeamRecord team =
          teams.teams().stream()
              .filter(
                  each ->
                      each.team().equals(name)
                          || each.folder().equals(name)
                          || each.source().equals(name))
              .filter(each -> teams.handIns().containsKey(each.folder()))
              .findFirst()
              .orElseThrow(() -> unknownTeam(name, teams));
      selected.put(team.folder(), Objects.requireNonNull(teams.handIns().get(team.folder())));
    }
    return selected;
  }

  private UsageException unknownTeam(String name, GradingTeams teams) {
    List<String> names = teams.teams().stream().map(TeamRecord::team).toList();
    return new UsageException(
        "found no hand-in of "
            + name
            + " in "
            + text()
            + ", expected a team's name"
            + NearestWord.of(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  /** The places in one line. */
  String text() {
    return places == null ? "" : String.join(", ", places.stream().map(Path::toString).toList());
  }
}
