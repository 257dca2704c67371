package raftlab.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.explain.LikelyCause;
import raftlab.judge.Verdict.Status;
import raftlab.run.Outcome;
import raftlab.run.Run;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.SuiteReader;
import raftlab.trace.Trace;

/**
 * Correct replicas pass whatever their messages are called, and nothing is held against them. They
 * report no change of their state, as replicas of students do. {@code -Draftlab.misjudged=true}
 * plays those that are misjudged in place of the others; {@code -Draftlab.seeds=N} plays more
 * seeds.
 */
class StrangersTest {
  private static final int SEEDS = Integer.getInteger("raftlab.seeds", 1);

  /**
   * Correct replicas that the kit does not judge fairly yet. A style that it judges rightly moves
   * out of here.
   *
   * <ul>
   *   <li>No leader is found where followers name none (FFFF) or say nothing: NESTED_ARGS,
   *       NESTED_DATA, UNRELATED, ALL_SILENT, WHOLE_LOG.
   *   <li>Index -1 of an empty log whose first index is 0, or of a heartbeat that is not checked,
   *       counts as an index below the first: LENGTH, VOTE_ACK, UPPER_CASE, YES_NO, NUMBERED.
   *   <li>Last term -1, or last index -1 with term 0, counts as a log behind the voter's empty one:
   *       OWN_LEADER, TERM_ONLY, WHOLE_MESSAGE, WHOLE_LOG, NESTED_ARGS.
   *   <li>Votes without a term are not counted: TRUE_FALSE.
   * </ul>
   */
  static final Set<Style> KNOWN_MISJUDGED =
      EnumSet.of(
          Style.NESTED_ARGS,
          Style.NESTED_DATA,
          Style.UNRELATED,
          Style.ALL_SILENT,
          Style.WHOLE_LOG,
          Style.LENGTH,
          Style.VOTE_ACK,
          Style.UPPER_CASE,
          Style.YES_NO,
          Style.NUMBERED,
          Style.OWN_LEADER,
          Style.TERM_ONLY,
          Style.WHOLE_MESSAGE,
          Style.TRUE_FALSE);

  static Stream<Style> styles() {
    return Boolean.getBoolean("raftlab.misjudged")
        ? KNOWN_MISJUDGED.stream()
        : EnumSet.complementOf(EnumSet.copyOf(KNOWN_MISJUDGED)).stream();
  }

  @ParameterizedTest
  @MethodSource("styles")
  void nothing_is_held_against_a_correct_replica(Style style) throws ScenarioException {
    List<String> held = new ArrayList<>();
    for (Scenario scenario : SuiteReader.read("probe", Path.of("configs")).in("sim").scenarios()) {
      LongStream.rangeClosed(1, SEEDS).forEach(seed -> held.addAll(play(style, scenario, seed)));
    }
    assertThat(held).as(style.toString()).isEmpty();
  }

  /** What is held against the replicas of a run. */
  private static List<String> play(Style style, Scenario scenario, long seed) {
    SimWorld world = new SimWorld(host -> new PlainRaft(host, style, PlainBug.NONE));
    Trace trace = new Run(scenario, world, seed).play();
    Outcome outcome = Outcome.of(scenario, trace, 0).suspecting(trace);
    List<String> held = new ArrayList<>();
    String where = scenario.name() + ", seed " + seed + ": ";
    if (outcome.status() != Status.PASS) {
      held.add(where + outcome.status() + " " + outcome.judgement().why());
    }
    outcome.cause().map(LikelyCause::text).ifPresent(text -> held.add(where + "cause: " + text));
    outcome
        .suspicion()
        .map(LikelyCause::text)
        .ifPresent(text -> held.add(where + "suspicious: " + text));
    return held;
  }
}
