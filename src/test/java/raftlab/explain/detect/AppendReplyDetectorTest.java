package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.explain.SilentTraceBuilder;

/** What the acknowledgements of followers that report nothing show (§5.1, §5.3). */
class AppendReplyDetectorTest extends SilentTraceBuilder {
  /** A leads term 1, of which B and C have acknowledged three entries. */
  private void aLeads() {
    silentRun();
    append(C, 1, "0/0", "1 1 1", 0);
    agree(C, 1, 3);
  }

  /** B leads term 2, of which C has acknowledged entry 4. */
  private void bLeads() {
    lead(B, C, 2, 3, 1, 2);
    agreeWith(B, C, 2, 4);
  }

  @Test
  void entries_of_an_old_leader_must_not_be_acknowledged_in_a_later_term() {
    aLeads();
    bLeads();
    append(C, 1, "3/1", "1 1 1", 0);
    agree(C, 2, 6);
    assertThat(certainByNames()).containsExactly("accepts-old-term");
  }

  @Test
  void other_entries_than_those_of_the_old_leader_were_never_sent() {
    aLeads();
    bLeads();
    append(C, 1, "3/1", "1 1 1", 0);
    agree(C, 2, 7);
    assertThat(certainByNames()).containsExactly("claims-unverified");
  }

  @Test
  void what_the_old_leader_sent_before_the_later_term_shows_no_accepted_message() {
    aLeads();
    append(C, 1, "3/1", "1 1 1", 0);
    bLeads();
    agreeWith(B, C, 2, 6);
    assertThat(certainByNames()).containsExactly("claims-unverified");
  }

  @Test
  void entries_of_the_new_leader_may_be_acknowledged() {
    aLeads();
    bLeads();
    append(C, 1, "3/1", "1 1 1", 0);
    tell(C, A, "appendReply", "'term': 2, 'success': false");
    agreeWith(B, C, 2, 4);
    assertThat(certainByNames()).isEmpty();
  }
}
