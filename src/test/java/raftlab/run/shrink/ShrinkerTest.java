package raftlab.run.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.invariant.CheckName;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.run.FailingWorld;
import raftlab.run.ScenarioRunner;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

class ShrinkerTest {
  private static final World FORGETFUL = new SimWorld(ForgetfulNode::new);
  private static final World STALE = world(Setting.READ_INDEX, Setting.LEASE, Setting.CHECK_QUORUM);
  private static final List<String> WANTED = List.of("incorrect", "steps");
  private static final double LONG = 600;

  private static final String TROUBLE =
      """
      {"lifetime": 30, "replicas": 5, "network": {"loss": 0.01},
       "traffic": [{"clients": 8, "rate": 17, "mix": {"get": 2, "put": 1}, "keys": 6, "to": "any"}],
       "events": [
        {"type": "kill_non_leader", "time": 2}, {"type": "restart", "time": 4},
        {"type": "part_easy", "time": 5}, {"type": "part_end", "time": 8},
        {"type": "crash", "who": "0000", "time": 10}, {"type": "restart", "time": 12},
        {"type": "part_hard", "time": 15}, {"type": "part_end", "time": 22},
        {"type": "pause", "who": "non_leader", "time": 24, "for": 1}]}
      """;

  private static World world(Setting... off) {
    RaftSettings settings = RaftSettings.DEFAULT;
    for (Setting setting : off) {
      settings = settings.without(setting);
    }
    RaftSettings these = settings;
    return new SimWorld(host -> new RaftNode(host, these));
  }

  /** The first run that fails. */
  private static Trace failing(String json, World world) throws Exception {
    Scenario scenario = ScenarioReader.read("trouble", json);
    for (long seed = 1; seed < 100; seed++) {
      Trace trace = new ScenarioRunner(scenario, world, seed).play();
      if (failedChecks(scenario, trace).stream().anyMatch(WANTED::contains)) {
        return trace;
      }
    }
    throw new AssertionError("no run fails");
  }

  private static List<String> failedChecks(Scenario scenario, Trace trace) {
    return Shrinker.failedChecks(Judgement.of(scenario, trace)).stream()
        .map(CheckName::key)
        .toList();
  }

  private static List<String> failedChecks(ScenarioDraft draft, World world) throws Exception {
    Scenario scenario = draft.read("shrunk");
    return failedChecks(
        scenario, new ScenarioRunner(scenario, world, scenario.seed().orElseThrow()).play());
  }

  private static ShrinkResult shrink(String json, World world, int jobs) throws Exception {
    return new Shrinker(world, jobs, LONG)
        .shrink(
            failing(json, world), json.contains("steps") ? CheckName.STEPS : CheckName.INCORRECT)
        .orElseThrow();
  }

  @Test
  void what_is_left_fails_and_without_any_one_event_it_does_not() throws Exception {
    ShrinkResult shrunk = shrink(TROUBLE, FORGETFUL, 2);
    assertThat(failedChecks(shrunk.draft(), FORGETFUL)).contains("incorrect");
    List<JsonObject> events = shrunk.draft().events();
    for (int i = 0; i < events.size(); i++) {
      List<JsonObject> others = new ArrayList<>(events);
      others.remove(i);
      assertThat(failedChecks(shrunk.draft().withEvents(others), FORGETFUL))
          .as("%d", i)
          .doesNotContain("incorrect");
    }
  }

  @Test
  void lost_data_is_shrunk_to_a_put_a_restart_and_a_get() throws Exception {
    ShrinkResult shrunk = shrink(TROUBLE, FORGETFUL, 2);
    assertThat(shrunk.draft().events())
        .extracting(event -> event.get("type").getAsString())
        .containsExactly("put", "restart", "get");
    assertThat(shrunk.isConcrete()).isTrue();
    assertThat(shrunk.isDone()).isTrue();
    assertThat(shrunk.shrunkSize().replicas()).isEqualTo(3);
    assertThat(shrunk.shrunkSize().millis()).isLessThan(2000);
    assertThat(shrunk.originalSize().requests()).isGreaterThan(400);
  }

  @Test
  void a_deposed_leader_that_answers_with_old_values_is_shown_in_a_few_events() throws Exception {
    ShrinkResult shrunk = shrink(TROUBLE, STALE, 2);
    assertThat(shrunk.check().key()).isEqualTo("incorrect");
    assertThat(shrunk.shrunkSize().events()).isLessThanOrEqualTo(10);
    assertThat(failedChecks(shrunk.draft(), STALE)).contains("incorrect");
  }

  @Test
  void the_result_does_not_depend_on_how_many_are_played_at_a_time() throws Exception {
    ShrinkResult alone = shrink(TROUBLE, FORGETFUL, 1);
    ShrinkResult together = shrink(TROUBLE, FORGETFUL, 3);
    assertThat(together.draft().text()).isEqualTo(alone.draft().text());
    assertThat(together.runs()).isEqualTo(alone.runs());
  }

  @Test
  void a_failed_step_is_shrunk_with_the_scenario_as_it_is_written() throws Exception {
    String json =
        """
        {"lifetime": 30, "replicas": 5, "traffic": [{"clients": 3, "rate": 5}],
         "steps": [{"until": "agreed"}, {"wait": 2}, {"type": "cut", "who": "non_leader"},
          {"steps": [{"wait": 1}, {"type": "heal"}], "repeat": 3},
          {"wait": 2, "at_most": {"leader_changes": 0}}, {"type": "kill_leader"},
          {"until": "no_leader", "within": 1}, {"until": "ended", "who": "0000", "within": 2}]}
        """;
    ShrinkResult shrunk = shrink(json, new SimWorld(RaftNode::new), 2);
    assertThat(shrunk.isConcrete()).isFalse();
    assertThat(shrunk.check().key()).isEqualTo("steps");
    assertThat(shrunk.draft().head().getAsJsonArray("steps")).hasSize(1);
    assertThat(shrunk.draft().head().has("traffic")).isFalse();
  }

  @Test
  void a_run_that_passed_gives_nothing() throws Exception {
    Scenario scenario = ScenarioReader.read("trouble", TROUBLE);
    World good = new SimWorld(RaftNode::new);
    Trace passed = new ScenarioRunner(scenario, good, 1).play();
    assertThat(new Shrinker(good, 2, LONG).shrink(passed)).isEmpty();
  }

  @Test
  void when_the_time_is_over_there_is_what_was_found_so_far() throws Exception {
    Shrinker shrinker = new Shrinker(FORGETFUL, 1, LONG);
    Trace failed = failing(TROUBLE, FORGETFUL);
    shrinker.stop();
    Optional<ShrinkResult> shrunk = shrinker.shrink(failed);
    assertThat(shrunk).isEmpty();
    assertThat(shrinker.bestSoFar()).isEmpty();
  }

  @Test
  void the_file_says_what_fails_and_from_where_and_has_an_event_a_line() throws Exception {
    ShrinkResult shrunk = shrink(TROUBLE, FORGETFUL, 2);
    assertThat(shrunk.draft().text().lines())
        .anyMatch(
            line ->
                line.matches(" *\"title\": \"incorrect fails: shrunk from trouble, seed \\d+\",?"))
        .filteredOn(line -> line.contains("\"type\""))
        .hasSize(shrunk.shrunkSize().events());
  }

  @Test
  void drafts_that_the_kit_fails_to_play_are_passed_over() throws Exception {
    Trace failed = failing(TROUBLE, FORGETFUL);
    AtomicInteger opened = new AtomicInteger();
    World world = new FailingWorld(FORGETFUL, seed -> opened.incrementAndGet() % 5 == 0);
    ShrinkResult shrunk =
        new Shrinker(world, 2, LONG).shrink(failed, CheckName.INCORRECT).orElseThrow();
    assertThat(failedChecks(shrunk.draft(), FORGETFUL)).contains("incorrect");
    assertThat(shrunk.broken()).isPositive();
    assertThat(shrunk.shrunkSize().events()).isLessThan(shrunk.originalSize().requests());
  }
}
