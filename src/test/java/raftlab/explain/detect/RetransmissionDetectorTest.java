package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.explain.SilentTraceBuilder;
import raftlab.wire.Id;

/** What endless rejections of replicas that report nothing show (§5.3). */
class RetransmissionDetectorTest extends SilentTraceBuilder {
  private static final int MANY = 25;
  private static final String NO_MORE_FIELDS = "";
  private static final long LATER_MICROS = 20_000;

  /** A sends an entry after entry 3 of term 1 this often, and each time it is rejected. */
  private void reject(Id follower, int times, String fields) {
    reject(follower, "3/1", times, fields);
  }

  private void reject(Id follower, String previous, int times, String fields) {
    for (int i = 0; i < times; i++) {
      append(follower, 1, previous, "1", 0);
      tell(follower, A, "appendReply", "'term': 1, 'success': false" + fields);
    }
  }

  @Test
  void entries_that_were_acknowledged_and_then_rejected_were_not_deleted_at_a_conflict() {
    silentRun();
    reject(B, MANY, NO_MORE_FIELDS);
    assertThat(byNames()).containsExactly("keeps-conflicting-entries");
  }

  @Test
  void a_few_rejections_show_nothing() {
    silentRun();
    reject(B, MANY - 1, NO_MORE_FIELDS);
    assertThat(byNames()).isEmpty();
  }

  @Test
  void a_follower_that_has_acknowledged_nothing_shows_a_leader_that_does_not_go_back() {
    silentRun();
    reject(C, MANY, NO_MORE_FIELDS);
    assertThat(byNames()).containsExactly("endless-rejections");
  }

  @Test
  void a_follower_that_was_restarted_may_have_lost_what_it_acknowledged() {
    silentRun();
    restart(B);
    reject(B, MANY, NO_MORE_FIELDS);
    assertThat(byNames()).containsExactly("endless-rejections");
  }

  @Test
  void a_leader_that_gives_the_acknowledged_entry_another_term_is_at_fault() {
    silentRun();
    reject(B, "3/0", MANY, NO_MORE_FIELDS);
    assertThat(byNames())
        .contains("endless-rejections")
        .doesNotContain("keeps-conflicting-entries");
  }

  @Test
  void a_follower_that_has_received_an_older_message_since_has_deleted_the_entry() {
    silentRun();
    append(B, 1, "0/0", "1", 0);
    agree(B, 1, 1);
    reject(B, MANY, NO_MORE_FIELDS);
    assertThat(byNames())
        .contains("truncates-on-old-append")
        .doesNotContain("keeps-conflicting-entries", "endless-rejections");
  }

  @Test
  void a_leader_goes_on_with_an_entry_that_rejections_name() {
    silentRun();
    reject(C, MANY, ", 'next': 3");
    assertThat(byNames()).isEmpty();
  }

  @Test
  void the_number_may_count_from_another_base() {
    silentRun();
    reject(C, MANY, ", 'next': 4");
    assertThat(byNames()).isEmpty();
  }

  @Test
  void a_leader_that_does_not_go_back_to_the_entry_that_rejections_name_is_at_fault() {
    silentRun();
    reject(C, MANY, ", 'next': 5");
    assertThat(byNames()).containsExactly("endless-rejections");
  }

  /** An older answer with entry 1 arrives, and A continues after that entry. */
  private void goBackAfterOldAnswer() {
    agree(B, 1, 1);
    now += LATER_MICROS;
    append(B, 1, "1/1", "1", 0);
  }

  @Test
  void a_leader_that_goes_back_to_an_older_answer_lowers_its_match_index() {
    silentRun();
    goBackAfterOldAnswer();
    goBackAfterOldAnswer();
    assertThat(byNames()).contains("match-goes-back");
  }

  @Test
  void a_leader_goes_back_below_the_match_index_after_a_late_rejection() {
    silentRun();
    for (int i = 0; i < 2; i++) {
      agree(B, 1, 1);
      tell(B, A, "appendReply", "'term': 1, 'success': false");
      now += LATER_MICROS;
      append(B, 1, "1/1", "1", 0);
    }
    assertThat(byNames()).doesNotContain("match-goes-back");
  }
}
