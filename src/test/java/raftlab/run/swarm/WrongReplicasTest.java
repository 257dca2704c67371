package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.NodeFactory;
import raftlab.run.findings.FailureCause;

/** A swarm finds what is wrong with replicas that make one mistake each. */
class WrongReplicasTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("reads without asking", WrongReplicas.readingWithoutQuorum(), 250),
        Arguments.of("too long a lease", WrongReplicas.withTooLongLease(), 250),
        Arguments.of("votes for all candidates", WrongReplicas.votingForAllCandidates(), 250),
        Arguments.of("claims to have more than it has", WrongReplicas.claimingExtraEntry(), 250),
        Arguments.of("acknowledges at once", WrongReplicas.acknowledgingEarly(), 5),
        Arguments.of("loses sessions", WrongReplicas.losingSessions(), 250),
        Arguments.of("stores nothing", WrongReplicas.storingNothing(), 100),
        Arguments.of("sends nothing after a restart", WrongReplicas.silentAfterRestart(), 100),
        Arguments.of("ends over an odd key", WrongReplicas.failingOnUnusualKey(), 150));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void a_mistake_is_found_within_the_given_number_of_seeds(
      String mistake, NodeFactory wrong, int seeds) throws InterruptedException {
    List<FailureCause> found = new ArrayList<>();
    new Swarm(new SimWorld(wrong), 2)
        .play(
            1,
            seeds,
            outcome -> {
              if (outcome.status() == Status.FAIL) {
                found.add(FailureCause.of(outcome));
              }
              return found.isEmpty();
            });
    assertThat(found).as(mistake).isNotEmpty();
  }
}
