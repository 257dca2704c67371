package raftlab.grade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.HandIn;

/** The teams of a grading, with their hand-ins. */
public final class GradingTeams {
  private final List<TeamRecord> teams = new ArrayList<>();
  private final Map<String, HandIn> handIns = new HashMap<>();

  /**
   * Combines the teams that a grading has with the hand-ins that are there now. Teams keep their
   * order and their folders; new ones follow.
   */
  public GradingTeams(List<TeamRecord> known, List<HandIn> found) {
    Set<String> folders = new HashSet<>();
    Map<String, TeamRecord> bySource = new HashMap<>();
    for (TeamRecord team : known) {
      teams.add(team);
      folders.add(team.folder());
      bySource.put(nameOf(team.source()), team);
    }
    for (HandIn handIn : found) {
      TeamRecord team = bySource.get(nameOf(source(handIn)));
      if (team == null) {
        team = new TeamRecord(handIn.team(), unused(folder(handIn), folders), source(handIn), "");
        teams.add(team);
      }
      handIns.put(team.folder(), handIn);
    }
  }

  private static String nameOf(String source) {
    return source.substring(source.lastIndexOf('/') + 1);
  }

  private static String source(HandIn handIn) {
    return handIn.source().toAbsolutePath().normalize().toString();
  }

  private static String folder(HandIn handIn) {
    return handIn.fileName();
  }

  private static String unused(String name, Set<String> folders) {
    String unused = name;
    for (int i = 2; !folders.add(unused); i++) {
      unused = name + "-" + i;
    }
    return unused;
  }

  /** Returns all teams, in the order of the tables. */
  public List<TeamRecord> teams() {
    return List.copyOf(teams);
  }

  /** Returns the hand-ins by the folders of their teams. */
  public Map<String, HandIn> handIns() {
    return Map.copyOf(handIns);
  }
}
