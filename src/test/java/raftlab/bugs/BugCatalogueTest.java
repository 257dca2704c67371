package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.NodeFactory;
import raftlab.replica.ReplicaOptions;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.trace.Trace;

class BugCatalogueTest {
  private static NodeFactory nodes(String... words) {
    return ReplicaOptions.parse(List.of(words)).nodeFactory();
  }

  private static Trace play(NodeFactory nodes, long seed) {
    return new ScenarioRunner(RandomScenario.of(seed), new SimWorld(nodes), seed).play();
  }

  private static List<String> texts(Trace trace) {
    return trace.events().stream().map(Object::toString).toList();
  }

  @Test
  void every_bug_has_a_sentence_and_changes_some_class() {
    assertThat(BugCatalogue.all())
        .hasSizeGreaterThanOrEqualTo(76)
        .allSatisfy(
            bug -> {
              assertThat(bug.title()).endsWith(".");
              assertThat(bug.edits()).isNotEmpty();
              assertThat(bug.name()).matches("[a-z]+(-[a-z]+)*");
            });
  }

  @Test
  void every_bug_can_be_loaded() {
    for (String name : BugCatalogue.names()) {
      assertThat(play(nodes("--bug", name), 1).events()).as(name).isNotEmpty();
    }
  }

  @Test
  void a_planted_replica_has_the_settings_that_were_asked_for() {
    Trace planted =
        play(nodes("--bug", "snapshot-without-term", "--no-pre-vote", "--heartbeat", "100"), 3);
    Trace same = play(nodes("--no-pre-vote", "--heartbeat", "100"), 3);
    assertThat(texts(planted)).isEqualTo(texts(same));
  }

  @Test
  void a_name_that_is_wrong_gets_the_nearest() {
    assertThatThrownBy(() -> BugCatalogue.find("vote-twice"))
        .hasMessageContaining("\"vote-twice\"")
        .hasMessageContaining("`raftlab bugs --list`")
        .hasMessageContaining("did you mean votes-twice?");
  }
}
