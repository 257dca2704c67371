package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.cli.CommandLineToolTest.raftlab;

import org.junit.jupiter.api.Test;
import raftlab.cli.CommandLineToolTest.Result;

/** What no judge may fail a replica for is said all the same. */
class SuspicionTest {
  private static Result play(String replica, String command, String... more) {
    String[] words = {command, "--world", "sim", "--seed", "1", "--replica", replica};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return raftlab(all);
  }

  @Test
  void whoever_votes_twice_is_suspicious_though_nothing_came_of_it() {
    String liar = "reference --bug votes-twice --silent";
    Result run = play(liar, "run", "equal-patience");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern(
            "suspicious, though no check failed: Replica 000. voted for 000. and then");
    Result suite = play(liar, "suite", "equal-patience");
    assertThat(suite.exitCode()).isZero();
    assertThat(suite.out()).contains("suspicious: votes-twice: Replica 000");
    Result often = play(liar, "suite", "--repeat", "3", "equal-patience");
    assertThat(often.exitCode()).isZero();
    assertThat(often.out()).containsOnlyOnce("suspicious: votes-twice: Replica 000");
  }

  @Test
  void a_correct_replica_is_not_suspicious() {
    for (String replica : new String[] {"reference", "reference --silent"}) {
      assertThat(play(replica, "run", "equal-patience").out()).doesNotContain("suspicious");
      assertThat(play(replica, "suite", "equal-patience").out()).doesNotContain("suspicious");
    }
  }
}
