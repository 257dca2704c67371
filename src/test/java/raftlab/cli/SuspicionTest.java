package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.RaftlabCommandTest.raftlab;

import org.junit.jupiter.api.Test;
import raftlab.cli.RaftlabCommandTest.Result;

/** What no judge may fail a replica for is said all the same. */
class SuspicionTest {
  private static Result play(String replica, String command, String... more) {
    String[] words = {command, "--world", "sim", "--seed", "1", "--replica", replica};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return raftlab(all);
  }

  @Test
  void a_wrong_hint_that_reports_show_is_suspicious_though_nothing_came_of_it() {
    String replica = "reference --bug conflict-hint-off-by-one";
    Result run = play(replica, "run", "leads-again");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern(
            "suspicious, though no check failed: .* replica 000. rejected entries after");
    Result suite = play(replica, "suite", "leads-again");
    assertThat(suite.exitCode()).isZero();
    assertThat(suite.out()).contains("suspicious: conflict-hint-off-by-one: ");
    Result often = play(replica, "suite", "--repeat", "3", "leads-again");
    assertThat(often.exitCode()).isZero();
    assertThat(often.out()).containsOnlyOnce("suspicious: conflict-hint-off-by-one: ");
  }

  @Test
  void a_suspicion_from_messages_alone_is_not_reported() {
    String silent = "reference --bug votes-twice --silent";
    assertThat(play(silent, "run", "equal-patience").out()).doesNotContain("suspicious");
  }

  @Test
  void a_correct_replica_is_not_suspicious() {
    for (String replica : new String[] {"reference", "reference --silent"}) {
      assertThat(play(replica, "run", "equal-patience").out()).doesNotContain("suspicious");
      assertThat(play(replica, "suite", "equal-patience").out()).doesNotContain("suspicious");
    }
  }
}
