package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.SilentNode;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftSettings;
import raftlab.wire.Id;

/** What the console shows of a cluster. */
class LookTest {
  private final TestConsole console = TestConsole.simulated();

  @AfterEach
  void close() {
    console.close();
  }

  private Map<Id, ShownState> states() {
    return ShownState.of(console.console().session().cluster());
  }

  private Id leader() {
    return leader(console);
  }

  private static Id leader(TestConsole console) {
    return console.console().session().cluster().lab().leader().orElseThrow();
  }

  @Test
  void the_log_shows_terms_commands_and_what_is_committed() {
    console.obey("start 3", "put x 1", "put y 2", "run 1s");
    assertThat(console.obey("log leader"))
        .containsPattern("2  term 1 +√ put x=1")
        .containsPattern("3  term 1 +√ put y=2");
    assertThat(console.obey("log")).containsPattern(leader() + " +1  1  1\\|");
  }

  @Test
  void an_entry_that_is_not_committed_is_not_marked() {
    console.obey("start 3", "run until leader", "run 1s");
    String old = leader().toString();
    console.obey("partition leader", "put x 1 @" + old);
    assertThat(console.obey("log " + old)).containsPattern("term 1 +put x=1");
  }

  @Test
  void a_difference_between_logs_is_found() {
    console.obey("start 3", "put x 1", "run 1s");
    assertThat(console.obey("diff 0 1")).contains("are equal, up to entry 2");
    String follower = leader().equals(Id.of(0)) ? "1" : "0";
    console.obey("crash " + follower, "put y 2", "run 1s");
    assertThat(console.obey("diff leader " + follower)).contains("entry 3", "put y=2 √");
  }

  @Test
  void the_data_of_a_replica_that_is_behind_differs() {
    console.obey("start 3", "put x 1", "run 1s", "append x 2", "run 1s", "cas x 12 3", "run 1s");
    assertThat(console.obey("data")).containsPattern("x +3 +3 +3");
    assertThat(console.obey("data unknown")).contains("no replica has applied");
  }

  @Test
  void the_state_of_replicas_that_report_nothing_is_inferred_and_marked() {
    try (TestConsole silent = new TestConsole(new SimWorld(SilentNode::of))) {
      silent.obey("start 3", "put x 1", "run 1s");
      String status = silent.obey("status");
      assertThat(status).contains("leader*", "follower*", "report no state");
      Map<Id, ShownState> states = ShownState.of(silent.console().session().cluster());
      assertThat(states.values()).allMatch(ShownState::inferred);
      assertThat(states.values())
          .filteredOn(s -> s.role().equals(java.util.Optional.of(Role.LEADER)))
          .hasSize(1)
          .allMatch(s -> s.term() == 1);
    }
  }

  @Test
  void a_run_without_a_mistake_passes_and_a_bug_is_explained() {
    console.obey("start 3", "put x 1", "get x", "crash leader", "put x 2");
    assertThat(console.obey("explain")).startsWith("PASS");
    try (TestConsole buggy =
        new TestConsole(
            new SimWorld(
                BuggyNodeFactory.of(
                    BugCatalogue.find("acks-before-commit"), RaftSettings.DEFAULT)))) {
      buggy.obey("start 3", "put x 1", "run 1s");
      String old = leader(buggy).toString();
      buggy.obey("partition leader", "put x 2 @" + old);
      buggy.obey("run 2s", "get x", "run 1s");
      assertThat(buggy.obey("why")).startsWith("FAIL").contains("early_ok");
    }
  }

  @Test
  void messages_are_printed_as_they_go_by_and_heartbeats_only_on_demand() {
    console.obey("start 3", "put x 1", "run 1s", "trace on");
    assertThat(console.obey("run 1s")).doesNotContain("appendEntries");
    assertThat(console.obey("put x 2")).contains("appendEntries", "entries[1]");
    console.obey("trace on --heartbeats");
    assertThat(console.obey("run 1s")).contains("appendEntries");
    console.obey("trace off");
    assertThat(console.obey("put x 3")).doesNotContain("appendEntries");
  }

  @Test
  void columns_show_the_run_so_far() {
    assertThat(console.obey("start 3", "put x 1", "columns 100"))
        .contains("LEADER t1", "←c put x=1", "→c ok")
        .doesNotContain("heartbeat");
  }
}
