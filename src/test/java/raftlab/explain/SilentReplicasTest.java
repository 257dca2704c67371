package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** What the messages of replicas that report nothing prove, and what they don't. */
class SilentReplicasTest extends SilentTraceBuilder {
  private static Scenario durable() {
    try {
      return ScenarioReader.read(
          "made",
          "{'lifetime': 10, 'replicas': 3, 'requests': 1, 'mix': 0.5, 'events': [{'type': 'crash', 'who': 'leader', 'time': 1, 'for': 1}]}"
              .replace('\'', '"'));
    } catch (ScenarioException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private List<String> found() {
    return Explanation.certain(durable(), trace).stream().map(LikelyCause::name).toList();
  }

  private List<String> unusual() {
    return Explanation.likely(durable(), trace).stream().map(LikelyCause::name).toList();
  }

  @Test
  void nothing_is_held_against_a_good_run() {
    silentRun();
    restart(B);
    canvass(B, C, 2, 3, 1);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_log_that_is_empty_after_a_restart() {
    silentRun();
    restart(B);
    canvass(B, C, 2, 0, 0);
    assertThat(found()).containsExactly("forgets-log");
  }

  @Test
  void a_log_that_lacks_its_end_after_a_restart() {
    silentRun();
    restart(B);
    canvass(B, C, 2, 2, 1);
    assertThat(found()).containsExactly("stores-late");
  }

  @Test
  void a_vote_after_a_restart_for_a_log_that_lacks_what_was_acknowledged() {
    silentRun();
    restart(B);
    canvass(C, B, 2, 0, 0);
    vote(B, C, 2);
    assertThat(found()).containsExactly("forgets-log");
  }

  @Test
  void a_vote_for_a_shorter_log_without_a_restart() {
    silentRun();
    canvass(C, B, 2, 0, 0);
    vote(B, C, 2);
    assertThat(found()).containsExactly("votes-for-old-log");
  }

  @Test
  void a_vote_for_a_shorter_log_after_an_older_message_is_not_certain() {
    silentRun();
    append(B, 1, "0/0", "1", 0);
    agree(B, 1, 1);
    canvass(C, B, 2, 1, 1);
    vote(B, C, 2);
    assertThat(found()).isEmpty();
    assertThat(unusual()).containsExactly("truncates-on-old-append");
  }

  @Test
  void a_leader_that_has_other_entries_than_it_acknowledged() {
    silentRun();
    lead(B, C, 2, 1, 1, 2);
    assertThat(found()).isEmpty(); // its log is known by what it acknowledged only
    assertThat(unusual()).containsExactly("drops-log-at-winning");
  }

  @Test
  void a_leader_that_has_other_entries_after_an_older_message_may_have_deleted_them() {
    silentRun();
    append(B, 1, "0/0", "1", 0);
    agree(B, 1, 1);
    lead(B, C, 2, 1, 1, 2);
    assertThat(found()).isEmpty();
    assertThat(unusual()).containsExactly("truncates-on-old-append");
  }

  @Test
  void a_success_in_a_later_term_that_answers_a_deposed_leader_accepts_an_old_term() {
    silentRun();
    canvass(C, B, 2, 3, 1);
    vote(B, C, 2);
    now += 600_000;
    append(B, 1, "3/1", "", 0);
    tell(B, A, "appendReply", "'term': 2, 'success': true, 'matchIndex': 3");
    assertThat(found()).containsExactly("accepts-old-term");
  }

  @Test
  void a_late_success_may_answer_a_message_of_before_the_later_term() {
    silentRun();
    append(B, 1, "3/1", "", 0);
    canvass(C, B, 2, 3, 1);
    vote(B, C, 2);
    now += 600_000;
    tell(B, A, "appendReply", "'term': 2, 'success': true, 'matchIndex': 3");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_log_that_ends_earlier_after_a_restart_was_stored_late() {
    silentRun();
    restart(B);
    lead(B, C, 2, 2, 1, 2);
    assertThat(unusual()).containsExactly("stores-late");
  }

  @Test
  void a_leader_that_rejects_what_a_deposed_one_sends_leads_on() {
    silentRun();
    append(C, 1, "0/0", "1 1 1", 0);
    agree(C, 1, 3);
    lead(B, C, 2, 3, 1, 2);
    tell(C, B, "appendReply", "'term': 2, 'success': true, 'matchIndex': 4");
    append(B, 1, "3/1", "", 0);
    tell(B, A, "appendReply", "'term': 2, 'success': false");
    lead(B, C, 2, 4, 2, 2);
    ok(ask(B, "get", null));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_heartbeat_that_comes_first_shows_only_a_part_of_the_log() {
    silentRun();
    append(B, 1, "0/0", "1", 0);
    agree(B, 1, 1);
    vote(C, B, 2);
    tell(
        B,
        C,
        "appendEntries",
        "'term': 2, 'prevLogIndex': 1, 'prevLogTerm': 1, 'entries': [], 'leaderCommit': 0");
    lead(B, C, 2, 1, 1, 2);
    assertThat(found()).isEmpty();
    assertThat(unusual()).containsExactly("truncates-on-old-append");
  }

  @Test
  void a_leader_that_has_other_entries_after_a_restart_may_have_forgotten_its_log() {
    silentRun();
    restart(B);
    lead(B, C, 2, 0, 0, 2);
    assertThat(found()).isEmpty();
    assertThat(unusual()).containsExactly("forgets-log");
  }

  @Test
  void a_term_that_is_lower_after_a_restart() {
    silentRun();
    restart(B);
    canvass(B, C, 1, 3, 1);
    assertThat(found()).contains("forgets-term");
  }

  @Test
  void entries_agreed_to_that_follow_one_which_nobody_has_sent() {
    silentRun();
    append(C, 1, "2/1", "1", 0);
    agree(C, 1, 3);
    assertThat(found()).containsExactly("skips-consistency-check");
  }

  @Test
  void a_heartbeat_agreed_to_that_follows_an_entry_which_nobody_has_sent() {
    silentRun();
    append(C, 1, "2/1", "", 0);
    agree(C, 1, 2);
    assertThat(found()).containsExactly("heartbeat-without-check");
  }

  @Test
  void an_entry_that_came_after_the_message_which_follows_it_may_be_agreed_to() {
    silentRun();
    append(C, 1, "2/1", "1", 0);
    append(C, 1, "0/0", "1 1", 0);
    agree(C, 1, 3);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_snapshot_without_the_term_of_its_last_entry() {
    silentRun();
    tell(A, C, "installSnapshot", "'term': 1, 'lastIncludedIndex': 2, 'lastIncludedTerm': 0");
    assertThat(found()).containsExactly("snapshot-without-term");
  }

  @Test
  void a_leader_that_commits_an_entry_of_an_earlier_term_by_counting() {
    silentRun();
    append(B, 3, "3/1", "", 0);
    append(B, 3, "3/1", "", 3);
    assertThat(byNames()).contains("commits-old-term");
  }

  @Test
  void entries_of_an_earlier_term_may_be_committed_with_one_of_the_leaders_own_term() {
    silentRun();
    append(B, 3, "3/1", "3", 0);
    agree(B, 3, 4);
    append(B, 3, "4/3", "", 4);
    assertThat(byNames()).doesNotContain("commits-old-term");
  }

  @Test
  void what_an_earlier_leader_sent_as_committed_may_be_committed() {
    start();
    canvass(B, C, 1, 0, 0);
    vote(C, B, 1);
    tell(
        B,
        A,
        "appendEntries",
        "'term': 1, 'prevLogIndex': 0, 'prevLogTerm': 0, 'entries': [{'term': 1}], 'leaderCommit': 1");
    append(C, 2, "1/1", "", 0);
    append(C, 2, "1/1", "", 1);
    assertThat(byNames()).doesNotContain("commits-old-term");
  }

  @Test
  void a_get_answered_by_a_leader_without_any_entry_of_its_term() {
    silentRun();
    append(B, 3, "3/1", "", 1);
    ok(ask(A, "get", null));
    assertThat(byNames()).contains("reads-before-own-commit");
  }

  @Test
  void a_get_may_be_answered_if_all_entries_are_known_to_be_committed() {
    silentRun();
    append(B, 3, "3/1", "", 3);
    ok(ask(A, "get", null));
    assertThat(byNames()).doesNotContain("reads-before-own-commit");
  }
}
