package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScheduledTime;

class RandomScenarioTest {
  private static final int SEEDS = 500;

  private static Set<FaultKind> kinds(long seed) {
    return FaultKind.draw(new RandomChoices(seed, "scenario"));
  }

  @Test
  void the_same_seed_gives_the_same_text_and_another_seed_another() {
    assertThat(RandomScenario.text(7))
        .isEqualTo(RandomScenario.text(7))
        .isNotEqualTo(RandomScenario.text(8));
  }

  @Test
  void every_text_can_be_read_without_a_warning() {
    for (long seed = -5; seed < SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      assertThat(scenario.warnings()).as("seed " + seed).isEmpty();
      assertThat(scenario.name()).isEqualTo("swarm-" + seed);
      assertThat(scenario.seed()).hasValue(seed);
      assertThat(scenario.json()).isEqualTo(RandomScenario.text(seed));
    }
  }

  @Test
  void clusters_have_three_to_seven_replicas() {
    Set<Integer> sizes = new HashSet<>();
    LongStream.range(0, SEEDS).forEach(seed -> sizes.add(RandomScenario.of(seed).replicas()));
    assertThat(sizes).containsExactlyInAnyOrder(3, 4, 5, 6, 7);
  }

  @Test
  void every_kind_of_fault_is_on_in_some_runs_and_off_in_most() {
    Map<FaultKind, Integer> on = new EnumMap<>(FaultKind.class);
    LongStream.range(0, SEEDS)
        .forEach(seed -> kinds(seed).forEach(kind -> on.merge(kind, 1, Integer::sum)));
    assertThat(on.keySet()).containsExactlyInAnyOrder(FaultKind.values());
    assertThat(on.values()).allMatch(count -> count > SEEDS / 50 && count < SEEDS / 2);
  }

  @Test
  void any_two_kinds_come_up_together() {
    Set<Set<FaultKind>> pairs = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      for (FaultKind one : kinds(seed)) {
        kinds(seed).forEach(other -> pairs.add(EnumSet.of(one, other)));
      }
    }
    int kinds = FaultKind.values().length;
    assertThat(pairs).hasSize(kinds * (kinds + 1) / 2);
  }

  @Test
  void no_event_waits_for_a_leader_except_those_that_name_it_and_additions() {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (PlannedAction event : RandomScenario.of(seed).events()) {
        Action action = event.action();
        if (action.type() != ActionType.CHOOSE && action.type() != ActionType.ADD) {
          assertThat(action.needsLeader()).as("seed " + seed + ", " + action).isFalse();
        }
      }
    }
  }

  @Test
  void what_is_done_for_a_time_is_undone_before_the_cluster_is_to_recover() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Scenario scenario = RandomScenario.of(seed);
      long storm = scenario.lifetimeMillis() - RecoveryPhase.MAX_SECONDS * 1000L;
      for (PlannedAction event : scenario.events()) {
        if (event.time() instanceof ScheduledTime.At at) {
          assertThat(at.atMicros() / 1000 + event.action().durationMillis())
              .as("seed " + seed + ", event " + event.number())
              .isLessThanOrEqualTo(storm);
        }
      }
    }
  }
}
