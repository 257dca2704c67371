package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Pattern LEADER = Pattern.compile("leader ([0-9A-F]{4})");
  private final TestConsole console = TestConsole.simulated();

  @AfterEach
  void close() {
    console.close();
  }

  private String leader() {
    Matcher matcher = LEADER.matcher(console.obey("status"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private String follower() {
    return leader().equals("0000") ? "0001" : "0000";
  }

  @Test
  void what_was_put_is_got() {
    console.obey("start 3", "wait leader");
    assertThat(console.obey("put 'a key' \"a\\nvalue\"")).startsWith("ok  from " + leader());
    assertThat(console.obey("get 'a key'")).startsWith("\"a\\nvalue\"  from " + leader());
  }

  @Test
  void a_key_that_was_never_put_says_so() {
    assertThat(console.obey("start 3", "wait leader", "get x")).startsWith("\"\" ");
  }

  @Test
  void a_value_that_looks_like_a_target_is_a_value() {
    assertThat(console.obey("start 3", "wait leader", "put x @1", "get x")).startsWith("\"@1\"");
  }

  @Test
  void a_put_before_an_election_waits_for_the_leader() {
    assertThat(console.obey("start 5", "put x 1")).contains("the leader is", "ok  from");
  }

  @Test
  void after_a_crash_of_the_leader_another_one_has_the_value() {
    console.obey("start 5", "wait leader", "put x 1");
    String first = leader();
    assertThat(console.obey("crash leader"))
        .startsWith("leader " + first + " killed")
        .contains("no leader is known");
    assertThat(console.obey("wait leader")).contains("the leader is").doesNotContain(first);
    assertThat(console.obey("get x")).startsWith("\"1\"");
    assertThat(console.obey("status")).containsPattern(first + "\\s+crashed");
  }

  @Test
  void a_follower_that_is_asked_alone_redirects() {
    console.obey("start 3", "wait leader", "put x 1", "wait 1");
    String follower = follower();
    assertThat(console.obey("get x @" + follower))
        .startsWith("redirect to " + leader() + "  from " + follower);
    assertThat(console.obey("put x 2 @" + Integer.parseInt(follower))).startsWith("redirect to");
  }

  @Test
  void a_minority_answers_nothing_and_the_late_answer_is_shown_after_healing() {
    console.obey("start 5", "wait leader", "put x 1");
    String old = leader();
    assertThat(console.obey("partition leader"))
        .contains(": " + old + " | ")
        .contains("no leader is known");
    assertThat(console.obey("put x 2 @" + old)).contains("no answer within 5.00 s from " + old);
    assertThat(console.obey("put x 3")).startsWith("ok");
    assertThat(console.obey("status"))
        .contains("partitioned: " + old + " | ")
        .doesNotContain("leader " + old);
    assertThat(console.obey("heal", "wait 3")).contains("late answer to put \"x\"");
    assertThat(console.obey("get x")).startsWith("\"3\"");
  }

  @Test
  void without_a_majority_nothing_is_put() {
    console.obey("start 5", "wait leader", "partition 0 1 | 2 3");
    String said = console.obey("put x 1");
    assertThat(said).contains("within 5.00 s", "may still take effect");
    assertThat(console.obey("status")).containsPattern("0004  ready .* none\\R");
  }

  @Test
  void the_replicas_not_named_in_a_single_group_form_the_other() {
    assertThat(console.obey("start 5", "partition 0 1")).contains(": 0000 0001 | 0002 0003 0004");
    assertThat(console.obey("partition 0,1|2 , 3|4")).contains("0000 0001 | 0002 0003 | 0004");
  }

  @Test
  void a_crashed_replica_starts_again() {
    console.obey("start 3", "wait leader", "crash 2", "put x 1");
    assertThat(console.obey("start @2")).contains("0002 is ready");
    assertThat(console.obey("wait 1", "status"))
        .containsPattern("0002  ready .* " + leader() + "  ");
  }

  @Test
  void a_second_start_ends_the_first_cluster_after_saying_so() {
    console.obey("start 3", "wait leader", "put x 1", "crash 2");
    assertThat(console.obey("start 2")).contains("0002: start @2)").contains("0000 0001 are ready");
    assertThat(console.obey("wait leader", "get x")).startsWith("\"\"");
    assertThat(console.obey("start")).contains("0000 0001 are ready");
  }

  @Test
  void losses_are_counted_and_shown() {
    console.obey("start 5", "drop 50%", "wait 5");
    assertThat(console.obey("status")).contains("drops 50 %").doesNotContain(" 0 lost");
    assertThat(console.obey("drop 0")).startsWith("0 %");
  }

  @Test
  void the_log_shows_what_was_done_and_what_happened() {
    console.obey("start 3", "wait leader", "put x 1", "partition leader", "crash all");
    assertThat(console.obey("timeline 50"))
        .contains(
            "replica 0000 started",
            "votes for",
            "the leader is",
            "put x = 1",
            "partition:",
            "killed");
    assertThat(console.obey("timeline 2")).hasLineCount(2);
  }

  @Test
  void time_passes_only_by_commands_in_the_simulated_world() {
    console.obey("start 3", "wait 2");
    assertThat(console.obey("status")).contains("2.0 s, seed 7");
    assertThat(console.obey("status")).contains("2.0 s, seed 7");
  }

  @Test
  void the_same_seed_gives_the_same_transcript() throws IOException {
    String script =
        "start 5\nput x 1\ncrash random\ncrash leader\nput y 2\nget x\nstatus\ntimeline 100\n";
    console.play(script);
    try (TestConsole other = TestConsole.simulated()) {
      other.play(script);
      assertThat(other.printed()).isEqualTo(console.printed());
    }
  }

  @Test
  void a_scenario_is_played_and_judged_beside_the_cluster() {
    console.obey("start 3", "wait leader", "put x 1");
    assertThat(console.obey("run simple-1")).contains("Correctness checks", "PASS  simple-1");
    assertThat(console.obey("get x")).startsWith("\"1\"");
  }

  @Test
  void a_script_goes_on_after_a_mistake_and_the_worst_decides() throws IOException {
    assertThat(console.play("start 3\n\n# wait\nwiat leader\nwait leader\nput x 1\nquit\nget y\n"))
        .isEqualTo(ConsoleCommandResult.WRONG);
    assertThat(console.complaints()).startsWith("script:4:1: found \"wiat\"").hasLineCount(1);
    assertThat(console.printed()).contains("> put x 1", "ok  from").doesNotContain("get y");
  }

  @Test
  void a_script_without_a_mistake_is_done() throws IOException {
    assertThat(console.play("start 3\nput x 1\nget x\n")).isEqualTo(ConsoleCommandResult.DONE);
    assertThat(console.complaints()).isEmpty();
  }

  @Test
  void a_request_that_is_not_done_fails_the_script() throws IOException {
    assertThat(console.play("start 3\npartition 0 | 1 | 2\nput x 1\nexti\n"))
        .isEqualTo(ConsoleCommandResult.FAILED);
    assertThat(console.complaints()).contains("script:3:1: command failed: put x 1");
  }

  @Test
  void a_command_that_waits_can_be_stopped() throws Exception {
    console.obey("start 3");
    CompletableFuture<String> said =
        CompletableFuture.supplyAsync(() -> console.obey("wait 86400"));
    console.await("the leader is");
    console.console().stop();
    assertThat(said.get(20, TimeUnit.SECONDS)).contains("stopped after");
  }

  @Test
  void a_suite_can_be_stopped() throws Exception {
    CompletableFuture<String> said =
        CompletableFuture.supplyAsync(() -> console.obey("suite course"));
    console.await("world: sim, seed: 7");
    console.console().stop();
    assertThat(said.get(20, TimeUnit.SECONDS)).contains("stopped; ");
  }

  @Test
  void help_lists_every_command_and_describes_each() {
    String help = console.obey("help");
    assertThat(console.console().commands().names())
        .contains("start", "put", "quit")
        .allSatisfy(
            name -> {
              assertThat(help).contains("  " + name);
              assertThat(console.obey("help " + name)).startsWith(name);
            });
  }
}
