package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.explain.SilentTraceBuilder;

/** When a get that a replica without reports answered shows that it reads as a follower (§8). */
class ReadDetectorTest extends SilentTraceBuilder {
  /** C, which has followed A, answers a get at once. */
  private void readAtC() {
    silentRun();
    append(C, 1, "0/0", "1 1 1", 0);
    agree(C, 1, 3);
    answer(ask(C, "get", null), "");
  }

  private void followIn(long term) {
    append(C, term, "3/1", "", 0);
    agree(C, term, 3);
  }

  @Test
  void a_replica_that_goes_on_following_read_as_a_follower() {
    readAtC();
    followIn(1);
    assertThat(certainByNames()).containsExactly("reads-anywhere");
  }

  @Test
  void nothing_is_known_before_its_next_acknowledgement() {
    readAtC();
    append(C, 1, "3/1", "", 0);
    assertThat(byNames()).isEmpty();
  }

  @Test
  void a_rejection_does_not_show_that_it_follows() {
    readAtC();
    append(C, 1, "3/1", "", 0);
    tell(C, A, "appendReply", "'term': 1, 'success': false");
    assertThat(byNames()).isEmpty();
  }

  @Test
  void a_replica_that_becomes_leader_first_may_have_been_elected_by_then() {
    readAtC();
    appendFrom(C, B, 2, 3, 1, "");
    followIn(3);
    assertThat(certainByNames()).doesNotContain("reads-anywhere");
  }

  @Test
  void a_replica_that_was_restarted_first_shows_nothing() {
    readAtC();
    restart(C);
    followIn(1);
    assertThat(certainByNames()).doesNotContain("reads-anywhere");
  }
}
