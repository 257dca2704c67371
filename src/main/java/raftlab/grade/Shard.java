package raftlab.grade;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamRecord;

/**
 * A part of a grading, so that several machines can share it. The parts are disjoint, depend only
 * on the teams and scenarios, and together are all runs.
 *
 * <p>With at most as many parts as teams, each part has whole teams: so each hand-in is built once.
 * With more parts, the scenarios of a team are distributed over several.
 *
 * @param number the number of the part, from 1
 * @param parts the number of parts
 */
public record Shard(int number, int parts) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** All of it. */
  public static final Shard ALL = new Shard(1, 1);

  /** Parses {@code 2/4}; empty if it is no part. */
  public static Optional<Shard> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Shard shard = new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return shard.number >= 1 && shard.number <= shard.parts ? Optional.of(shard) : Optional.empty();
  }

  /** Returns whether a scenario of a team belongs to this part. */
  public BiPredicate<TeamRecord, ScenarioRecord> of(
      List<TeamRecord> teams, List<ScenarioRecord> scenarios) {
    Map<String, Integer> teamPlaces = new HashMap<>();
    teams.forEach(team -> teamPlaces.put(team.folder(), teamPlaces.size()));
    Map<String, Integer> scenarioPlaces = new HashMap<>();
    scenarios.forEach(scenario -> scenarioPlaces.put(scenario.key(), scenarioPlaces.size()));
    boolean wholeTeams = parts <= teams.size();
    return (team, scenario) -> {
      int place = teamPlaces.getOrDefault(team.folder(), 0);
      int run =
          wholeTeams
              ? place
              : place * scenarios.size() + scenarioPlaces.getOrDefault(scenario.key(), 0);
      return run % parts == number - 1;
    };
  }

  /** Returns {@code 2/4}. */
  @Override
  public String toString() {
    return number + "/" + parts;
  }
}
