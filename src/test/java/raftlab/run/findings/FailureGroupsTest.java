package raftlab.run.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.run.swarm.Swarm;

class FailureGroupsTest {
  private final FailureGroups findings = new FailureGroups();

  private List<Boolean> play(NodeFactory replica, int count) throws InterruptedException {
    List<Boolean> news = new ArrayList<>();
    new Swarm(new SimWorld(replica), 2)
        .play(1, count, outcome -> news.add(findings.add(outcome)) || true);
    return news;
  }

  @Test
  void failures_in_the_same_words_but_for_figures_are_one_group() throws InterruptedException {
    assertThat(play(host -> new FailingNode(), 3)).containsExactly(true, false, false);
    assertThat(findings.failed()).isEqualTo(3);
    assertThat(findings.groups()).hasSize(1);
    FailureGroup group = findings.groups().get(0);
    assertThat(group.count()).isEqualTo(3);
    assertThat(group.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(group.cause().status()).isEqualTo(Status.FAIL);
    assertThat(group.cause().check()).contains(CheckName.DIED);
    assertThat(group.cause().text()).contains("replica # exited").doesNotContain("0000");
  }

  @Test
  void runs_that_pass_are_only_counted() throws InterruptedException {
    assertThat(play(RaftNode::new, 3)).containsExactly(false, false, false);
    assertThat(findings.played()).isEqualTo(3);
    assertThat(findings.groups()).isEmpty();
  }

  @Test
  void a_group_names_the_scenarios_and_seeds_of_its_runs() {
    for (long seed = 1; seed <= 12; seed++) {
      findings.add(
          TestOutcomes.outcome(
              seed,
              Status.FAIL,
              TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "late by " + seed)));
    }
    FailureGroup group = findings.groups().get(0);
    assertThat(group.first().played().seed()).isEqualTo(1);
    assertThat(group.shares()).hasSize(1);
    assertThat(group.shares().get(0).scenario()).isEqualTo("small");
    assertThat(group.shares().get(0).count()).isEqualTo(12);
    assertThat(group.shares().get(0).seeds()).hasSize(10).startsWith(1L, 2L);
  }

  @Test
  void unknowns_are_listed_after_failures_and_apart_from_them() {
    findings.add(
        TestOutcomes.outcome(
            1, Status.UNKNOWN, TestOutcomes.verdict(CheckName.LIMITS, Status.UNKNOWN, "late")));
    findings.add(
        TestOutcomes.outcome(
            2, Status.FAIL, TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "late")));
    assertThat(findings.groups())
        .extracting(group -> group.cause().status())
        .containsExactly(Status.FAIL, Status.UNKNOWN);
  }

  @Test
  void the_cause_of_most_runs_comes_first() {
    findings.add(
        TestOutcomes.outcome(
            1, Status.FAIL, TestOutcomes.verdict(CheckName.STEPS, Status.FAIL, "rare")));
    findings.add(
        TestOutcomes.outcome(
            2, Status.FAIL, TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "frequent")));
    findings.add(
        TestOutcomes.outcome(
            3, Status.FAIL, TestOutcomes.verdict(CheckName.LIMITS, Status.FAIL, "frequent")));
    assertThat(findings.groups())
        .extracting(group -> group.cause().check().orElseThrow())
        .containsExactly(CheckName.LIMITS, CheckName.STEPS);
  }

  /** A replica that breaks down at once. */
  private static final class FailingNode implements raftlab.node.Node {
    @Override
    public void start() {
      throw new IllegalStateException("no");
    }

    @Override
    public void receive(raftlab.wire.Message message) {
      throw new IllegalStateException("no");
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no");
    }
  }
}
