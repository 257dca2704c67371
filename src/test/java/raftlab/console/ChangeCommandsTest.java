package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import raftlab.run.ReconfigurableCluster;

/** Restart, transfer, add and remove; with a cluster that is changed at once. */
class ChangeCommandsTest {
  private static TestConsole changeable() {
    TestConsole console = new TestConsole(ReconfigurableCluster.world(0));
    console.obey("start 3", "wait 1");
    return console;
  }

  @Test
  void a_restart_kills_and_starts_again_and_shows_what_was_restored() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("restart leader"))
          .contains(
              "leader 0000 killed",
              "0000 is ready",
              "stored data",
              "0000 restored term 1, its vote for 0000, a log that ends at entry 4 of term 1");
    }
  }

  @Test
  void a_crashed_replica_is_started_again_by_restart_too() {
    try (TestConsole console = changeable()) {
      console.obey("crash 2");
      assertThat(console.obey("restart 2")).startsWith("0002 is ready").contains("0002 restored");
    }
  }

  @Test
  void start_with_an_id_shows_what_was_restored_as_well() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("crash 2", "start @2"))
          .contains("0002 is ready", "0002 restored term 1");
    }
  }

  @Test
  void a_restart_of_all_first_kills_all_of_them() {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader", "put x 1");
      assertThat(console.obey("restart all")).contains("0000 0001 0002 are ready");
      assertThat(console.obey("get x")).contains("\"1\"  from");
    }
  }

  @Test
  void an_added_replica_is_a_member_like_the_others() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("add"))
          .contains("0003 is ready", "0003 is a member of the cluster after");
      assertThat(console.obey("wait 1", "status")).containsPattern("0003  ready .* all\\R");
      assertThat(console.obey("crash 3")).startsWith("0003 killed");
      assertThat(console.obey("add 3")).contains("0003 is a member already");
      assertThat(console.obey("start")).contains("0000 0001 0002 are ready");
    }
  }

  @Test
  void a_replica_that_was_not_added_can_be_added_later() {
    try (TestConsole console = new TestConsole(ReconfigurableCluster.world(100))) {
      console.obey("start 3", "wait 1");
      assertThat(console.obey("add"))
          .contains(
              "0003 is not a member within 10.0",
              "replica 0000 answered fail: another change of members is under way",
              "`add 0003`");
      assertThat(console.obey("status")).containsPattern("0003  ready .*not a member");
      assertThat(console.obey("add 3")).contains("0003 is a member of the cluster after");
    }
  }

  @Test
  void a_removed_replica_runs_on_and_is_not_removed_twice() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("remove 2")).startsWith("0002 removed ").contains("`crash 0002`");
      assertThat(console.obey("status")).containsPattern("0002  ready .*not a member");
      assertThat(console.obey("remove 2")).contains("0002", "removed");
      assertThat(console.obey("restart all")).contains("0000 0001 are ready");
      assertThat(console.obey("crash 2")).startsWith("0002 killed");
    }
  }

  @Test
  void the_leader_can_be_removed() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("remove leader")).contains("0000 removed ");
      assertThat(console.obey("wait leader")).contains("the leader is 0001");
    }
  }

  @Test
  void leadership_is_transferred_to_the_named_replica() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("transfer 0")).contains("0000 is the leader already");
      assertThat(console.obey("transfer 2")).contains("0002 is the leader after");
      assertThat(console.obey("wait 1", "status")).contains("leader 0002");
      assertThat(console.obey("transfer")).contains("0000 is the leader after");
    }
  }

  @Test
  void a_request_without_answer_within_its_bound_fails_the_script() throws IOException {
    try (TestConsole console = TestConsole.simulated()) {
      assertThat(console.play("start 3\ncrash 0\ncrash 1\nremove 0\n"))
          .isEqualTo(ConsoleCommandResult.FAILED);
      assertThat(console.complaints()).contains("0000 was not removed within 10.0");
    }
  }

  @Test
  void the_log_shows_members_and_the_requests_of_the_operator() {
    try (TestConsole console = changeable()) {
      console.obey("restart 2", "remove 2");
      assertThat(console.obey("timeline 100"))
          .contains(
              "replica 0002 restored term 1",
              "the operator (0023) asks replica 0000: remove 0002",
              "uses the members 0000 0001 (entry 7)");
    }
  }

  @Test
  void an_append_goes_to_the_end_and_a_cas_only_changes_what_it_expects() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("append x ab")).startsWith("ok");
      assertThat(console.obey("append x c", "get x")).startsWith("\"abc\"");
      assertThat(console.obey("cas x abc z")).startsWith("ok");
      assertThat(console.obey("cas x abc y")).startsWith("mismatch: the value is \"z\"");
      assertThat(console.obey("cas new '' 1", "get new")).startsWith("\"1\"");
      assertThat(console.obey("cas x z y @1")).startsWith("redirect to 0000");
    }
  }

  @Test
  void a_fail_is_shown_with_the_reason_that_it_gives() {
    try (TestConsole console = changeable()) {
      assertThat(console.obey("append " + ReconfigurableCluster.REFUSED + " 1 @0"))
          .startsWith("fail (this key is read-only)");
      assertThat(console.obey("put " + ReconfigurableCluster.REFUSED + " 1"))
          .contains("no ok within 5.00 s", "(this key is read-only)");
    }
  }

  @Test
  void the_status_fits_a_terminal_and_names_its_columns() {
    try (TestConsole console = TestConsole.simulated()) {
      console.obey("start 3", "wait leader", "put x 1", "crash leader", "wait leader");
      String status = console.obey("status");
      assertThat(status)
          .startsWith(
              "ID    state    role           term  vote    log commit applied  leader links")
          .containsPattern("crashed  - +1 +000\\d +\\d+ +- +- ")
          .containsPattern("ready    leader +2 +000\\d +\\d+ +\\d+ ");
      assertThat(status.lines().map(String::length)).allMatch(length -> length <= 80);
    }
  }

  @Test
  void the_same_seed_gives_the_same_transcript() throws IOException {
    String script =
        "start 3\n"
            + "wait leader\n"
            + "add\n"
            + "restart random\n"
            + "transfer\n"
            + "remove random\n"
            + "append x 1\n"
            + "status\n"
            + "timeline 100\n";
    try (TestConsole one = new TestConsole(ReconfigurableCluster.world(2));
        TestConsole other = new TestConsole(ReconfigurableCluster.world(2))) {
      one.play(script);
      other.play(script);
      assertThat(one.printed()).isEqualTo(other.printed()).contains("is a member of the cluster");
    }
  }
}
