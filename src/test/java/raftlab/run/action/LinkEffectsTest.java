package raftlab.run.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.network.Network;
import raftlab.network.SeededGenerators;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.LinkState;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** The links in the trace are those of the emulated network. */
class LinkEffectsTest {
  private static final long SECOND = 1_000_000;
  private static final int MOST_REPLICAS = 8;

  private final Trace trace =
      new Trace(
          new TraceHeader(
              "test", "", "sim", 1, List.of(), ScenarioRunner.replicas(5), List.of(Id.of(0x15))));
  private final Lab lab = new Lab(new SimWorld(RaftNode::new), trace, 0, true);
  private final ActionExecutor actions = new ActionExecutor(lab, new TargetResolver(lab), null);

  @AfterEach
  void close() {
    lab.close();
  }

  private void start() {
    lab.replicas().forEach(lab::start);
    lab.runUntil(3 * SECOND);
    assertThat(lab.leader()).isPresent();
  }

  private void play(String json, RandomGenerator random) {
    Action action = action(json);
    if (actions.obstacle(action) == null) {
      actions.play(action, TargetResolver.TriggerMessage.NONE, random);
    }
  }

  private static Action action(String json) {
    String event = json.replaceFirst("\\{", "{\"time\": 1, ");
    String scenario =
        "{\"replicas\": 5, \"lifetime\": 9, \"requests\": 0, \"mix\": 0, \"events\": ["
            + event
            + "]}";
    try {
      return ScenarioReader.read("faults", scenario).events().get(0).action();
    } catch (ScenarioException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private LinkState recordedLinks() {
    LinkState state = LinkState.INITIAL;
    for (Event event : trace.events()) {
      if (event instanceof Event.Effect done) {
        state = state.after(done.effect());
      }
    }
    return state;
  }

  private void assertLinksAsTold(String when) {
    LinkState recorded = recordedLinks();
    Network network = lab.links().network();
    for (Id from : lab.replicas()) {
      for (Id to : lab.replicas()) {
        if (!from.equals(to)) {
          String link = when + ": " + from + " to " + to;
          assertThat(recorded.connects(from, to))
              .as(link)
              .isEqualTo(network.topology().connects(from, to));
          assertThat(recorded.conditions(from, to))
              .as(link)
              .isEqualTo(network.conditions(from, to));
        }
      }
    }
    assertThat(recorded.clients()).as(when).isEqualTo(network.clientConditions());
  }

  private static <T> T oneOf(List<T> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  private static String who(RandomGenerator random) {
    return oneOf(
        List.of(
            "\"leader\"",
            "\"2 random\"",
            "\"0003\"",
            "\"0005\"", // it may join later
            "\"crashed\"",
            "\"old_leader\"",
            "\"all\"",
            "[\"0001\", \"rest\"]",
            "\"majority_without_leader\""),
        random);
  }

  private static String conditions(RandomGenerator random) {
    return oneOf(
        List.of(
            "\"loss\": 0.2",
            "\"delay\": [0.001, 0.01], \"duplicate\": 0.1",
            "\"delay\": {\"exponential\": 0.002}",
            "\"reorder\": 0.1, \"reorder_by\": 0.01, \"bandwidth\": 100000",
            "\"loss\": 0"),
        random);
  }

  private static String randomAction(RandomGenerator random) {
    String who = "\"who\": " + who(random) + ", ";
    String ending = random.nextBoolean() ? "\"for\": 1." + random.nextInt(1, 9) + ", " : "";
    String from = random.nextBoolean() ? "\"from\": " + who(random) + ", " : "";
    String to = random.nextBoolean() ? "\"to\": " + who(random) + ", " : "";
    return switch (random.nextInt(12)) {
      case 0 -> "{" + ending + "\"type\": \"part_easy\"}";
      case 1 -> "{" + ending + "\"type\": \"part_hard\"}";
      case 2 -> "{\"type\": \"part_end\"}";
      case 3 -> "{" + (random.nextBoolean() ? who : "") + "\"type\": \"heal\"}";
      case 4, 5 ->
          "{"
              + ending
              + who
              + from
              + "\"way\": \""
              + oneOf(List.of("both", "in", "out"), random)
              + "\", \"type\": \"cut\"}";
      case 6 ->
          "{"
              + ending
              + "\"groups\": ["
              + who(random)
              + ", "
              + who(random)
              + "], \"type\": \"partition\"}";
      case 7 -> "{" + ending + (random.nextBoolean() ? who : "") + "\"type\": \"bridge\"}";
      case 8 -> "{" + ending + "\"type\": \"ring\"}";
      case 9 ->
          "{" + ending + who + "\"delay\": 0.0" + random.nextInt(1, 9) + ", \"type\": \"slow\"}";
      default -> "{" + ending + from + to + conditions(random) + ", \"type\": \"network\"}";
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void the_effects_of_random_faults_give_the_links_of_the_network(long seed) {
    RandomGenerator random = SeededGenerators.generator(seed, "faults", 0);
    start();
    boolean everCut = false;
    boolean everOwn = false;
    for (int i = 0; i < 60; i++) {
      String what = randomAction(random);
      play(what, random);
      if (random.nextInt(12) == 0 && lab.replicas().size() < MOST_REPLICAS) {
        lab.join(lab.nextId().orElseThrow());
      }
      if (random.nextInt(12) == 0) {
        lab.restart(oneOf(lab.replicas(), random));
      }
      assertLinksAsTold(String.format(Locale.ROOT, "seed %d, action %d: %s", seed, i, what));
      lab.runUntil(lab.nowMicros() + random.nextLong(SECOND));
      assertLinksAsTold(String.format(Locale.ROOT, "seed %d, after action %d", seed, i));
      everCut |= !recordedLinks().cut().isEmpty();
      everOwn |= !recordedLinks().own().isEmpty();
    }
    assertThat(everCut).isTrue();
    assertThat(everOwn).isTrue();
  }

  private List<FaultEffect> effectsSince(int from) {
    List<FaultEffect> effects = new ArrayList<>();
    for (Event event : trace.events().subList(from, trace.events().size())) {
      if (event instanceof Event.Effect done) {
        effects.add(done.effect());
      }
    }
    return effects;
  }

  @Test
  void a_replica_that_joins_a_cut_network_has_the_links_of_its_neighbour_in_the_trace() {
    start();
    Id leader = lab.leader().orElseThrow();
    List<Id> others = lab.replicas().stream().filter(id -> !id.equals(leader)).toList();
    lab.links().cut(List.of(leader), others.subList(0, 1), true);
    Id newcomer = lab.nextId().orElseThrow();
    lab.join(newcomer);
    assertThat(recordedLinks().connects(newcomer, leader)).isTrue();
    assertThat(recordedLinks().connects(newcomer, others.get(0))).isFalse();
    assertThat(recordedLinks().connects(others.get(0), newcomer)).isFalse();
    assertLinksAsTold("after the join");
  }

  @Test
  void what_leaves_the_links_as_they_are_is_not_recorded() {
    start();
    int before = trace.events().size();
    lab.links().heal();
    lab.links().conditions(LinkConditions.PERFECT);
    lab.links().clientConditions(LinkConditions.PERFECT);
    assertThat(effectsSince(before)).isEmpty();
    lab.links().conditions(LinkConditions.loss(0.1));
    assertThat(effectsSince(before))
        .containsExactly(new FaultEffect.AllLinkConditions(LinkConditions.loss(0.1)));
  }
}
