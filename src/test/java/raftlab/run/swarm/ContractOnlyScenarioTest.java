package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random scenarios for programs of which nothing is known but the contract. */
class ContractOnlyScenarioTest {
  @Test
  void they_need_nothing_that_a_replica_may_lack() {
    for (long seed = 1; seed <= 200; seed++) {
      assertThat(RandomScenario.text(seed, true))
          .as("seed %d", seed)
          .doesNotContain(
              "\"transfer\"",
              "\"add\"",
              "\"remove\"",
              "\"append\"",
              "\"cas\"",
              "\"torn\"",
              "\"sessions\"");
    }
  }

  @Test
  void others_have_all_of_these() {
    StringBuilder all = new StringBuilder();
    for (long seed = 1; seed <= 50; seed++) {
      all.append(RandomScenario.text(seed));
    }
    assertThat(all.toString())
        .contains(
            "\"transfer\"",
            "\"add\"",
            "\"remove\"",
            "\"append\"",
            "\"cas\"",
            "\"torn\"",
            "\"sessions\"");
  }
}
