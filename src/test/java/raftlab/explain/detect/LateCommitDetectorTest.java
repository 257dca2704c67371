package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.node.StateChange.Committed;
import raftlab.wire.Id;

/** What a leader seems to count that does not commit what a majority has acknowledged. */
class LateCommitDetectorTest extends ExplainTraceBuilder {
  private static final Id D = Id.of(3);
  private static final long LATER_MICROS = 300_000;

  private void repliesAgainLater(long match) {
    now += LATER_MICROS;
    agree(B, 1, match);
  }

  /** B acknowledges an entry, and then an older answer arrives. */
  private void acknowledgesAndOlderAnswerArrives(long index) {
    agree(B, 1, index);
    agree(B, 1, index - 1);
  }

  @Test
  void a_leader_that_needs_more_than_a_majority_still_counts_a_removed_replica() {
    goodRun();
    say(A, members(0, A, B, C, D), members(2, A, B, C));
    agree(B, 1, 2);
    repliesAgainLater(2);
    assertThat(likely()).contains("removed-still-counts");
  }

  @Test
  void but_not_if_it_commits_at_once() {
    goodRun();
    say(A, members(0, A, B, C, D), members(2, A, B, C));
    agree(B, 1, 2);
    say(A, new Committed(2));
    repliesAgainLater(2);
    assertThat(likely()).doesNotContain("removed-still-counts");
  }

  @Test
  void and_not_if_no_replica_was_removed() {
    goodRun();
    say(A, members(0, A, B, C));
    agree(B, 1, 2);
    repliesAgainLater(2);
    assertThat(likely()).doesNotContain("removed-still-counts");
  }

  @Test
  void a_leader_that_waits_after_older_answers_lowers_its_match_indexes() {
    goodRun();
    acknowledgesAndOlderAnswerArrives(2);
    repliesAgainLater(1);
    say(A, new Committed(2), entry(3, 1));
    acknowledgesAndOlderAnswerArrives(3);
    repliesAgainLater(2);
    assertThat(likely()).contains("match-goes-back");
  }

  @Test
  void but_not_if_it_has_committed_what_was_acknowledged() {
    goodRun();
    agree(B, 1, 2);
    say(A, new Committed(2));
    agree(B, 1, 1);
    repliesAgainLater(1);
    say(A, entry(3, 1));
    agree(B, 1, 3);
    say(A, new Committed(3));
    agree(B, 1, 2);
    repliesAgainLater(2);
    assertThat(likely()).doesNotContain("match-goes-back");
  }
}
