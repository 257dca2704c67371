package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Each property has a liar that is caught, and a run like it in which nothing is wrong. */
class ReviewTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);

  private final Trace trace =
      new Trace(new Header("made", "{}", "sim", 1, List.of(), List.of(A, B, C), List.of()));
  private long now;

  private void say(Id replica, StateChange... changes) {
    for (StateChange change : changes) {
      trace.add(new Event.Reported(++now, replica, change));
    }
  }

  /** The replica sends a message: what it reported before is owed from now on. */
  private void send(Id replica) {
    Id to = replica.equals(A) ? B : A;
    Message message = Message.of(replica, to, A, "word", null, new JsonObject());
    trace.add(new Event.Sent(++now, now, replica, to, message));
  }

  private void start(Id... replicas) {
    for (Id replica : replicas) {
      trace.add(new Event.Started(++now, replica));
    }
  }

  private void restart(Id replica) {
    trace.add(new Event.Crashed(++now, replica));
    start(replica);
  }

  private static StateChange leader(long term) {
    return new RoleChanged(Role.LEADER, term, A);
  }

  private static StateChange follower(long term) {
    return new RoleChanged(Role.FOLLOWER, term, Id.BROADCAST);
  }

  private static StateChange entry(long index, long term, String command) {
    return new Appended(index, term, command);
  }

  /** A leads term 1; A and B have entries 1 to 3, of which two are committed. */
  private void goodRun() {
    start(A, B, C);
    say(A, new TermChanged(1), new Voted(1, A), leader(1));
    say(B, new TermChanged(1), new Voted(1, A), follower(1));
    for (Id replica : List.of(A, B)) {
      say(replica, entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"), new Committed(2));
      say(replica, new Applied(1, 1), new Applied(2, 1));
      send(replica);
    }
  }

  private Findings review() {
    return Review.of(trace, true);
  }

  private void assertNothingWrong() {
    Findings findings = review();
    assertThat(Arrays.stream(Property.values()).map(findings::first)).containsOnlyNulls();
    assertThat(findings.remarks()).isEmpty();
  }

  private Violation assertOnly(Property property, String text) {
    Findings findings = review();
    for (Property other : Property.values()) {
      if (other != property) {
        assertThat(findings.first(other)).isNull();
      }
    }
    Violation first = findings.first(property);
    assertThat(first).isNotNull();
    assertThat(first.text()).isEqualTo(text);
    assertThat(first.evidence()).isNotEmpty();
    assertThat(first.evidence().stream().map(Event::atMicros)).isSorted();
    return first;
  }

  @ParameterizedTest
  @EnumSource
  void a_good_run_breaks_no_property(Property property) {
    goodRun();
    assertThat(review().first(property)).isNull();
    assertThat(review().isAnythingReported()).isTrue();
  }

  @Test
  void two_leaders_of_a_term_are_caught() {
    goodRun();
    say(C, leader(1));
    Violation found =
        assertOnly(Property.ELECTION_SAFETY, "replicas 0000 and 0002 both became leader of term 1");
    assertThat(found.evidence()).hasSize(2);
  }

  @Test
  void leaders_of_different_terms_are_none_of_one() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, B), leader(2));
    assertNothingWrong();
  }

  @Test
  void a_second_vote_in_a_term_is_caught() {
    goodRun();
    say(B, new Voted(1, C));
    assertOnly(Property.ONE_VOTE, "replica 0001 voted in term 1 for 0000, and then for 0002");
  }

  @Test
  void a_second_vote_after_a_restart_is_caught() {
    goodRun();
    restart(B);
    say(B, new TermChanged(1), new Voted(1, C));
    assertOnly(Property.ONE_VOTE, "replica 0001 voted in term 1 for 0000, and then for 0002");
  }

  @Test
  void a_vote_that_was_never_told_to_anybody_may_be_lost_in_a_crash() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, C));
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1), new TermChanged(2), new Voted(2, A));
    assertNothingWrong();
  }

  @Test
  void a_term_that_goes_back_is_caught() {
    goodRun();
    say(B, new TermChanged(4), new TermChanged(3));
    assertOnly(Property.ONLY_FORWARD, "replica 0001 went back from term 4 to term 3");
  }

  @Test
  void a_commit_index_that_goes_back_is_caught() {
    goodRun();
    say(B, new Committed(1));
    assertOnly(Property.ONLY_FORWARD, "the commit index of replica 0001 went from 2 back to 1");
  }

  @Test
  void after_a_restart_commit_index_and_applied_entries_begin_anew() {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1), new Committed(1), new Applied(1, 1));
    assertNothingWrong();
  }

  @Test
  void an_entry_that_is_applied_twice_is_caught() {
    goodRun();
    say(B, new Applied(2, 1));
    assertOnly(
        Property.ONLY_FORWARD, "the last applied entry of replica 0001 went from 2 back to 2");
  }

  @Test
  void a_follower_that_deletes_what_it_knows_to_be_committed_is_caught() {
    goodRun();
    say(B, new Truncated(2));
    assertOnly(
        Property.ONLY_FORWARD,
        "replica 0001 deleted its log from entry 2 on, though it knew entries up to 2 to be"
            + " committed");
  }

  @Test
  void a_follower_may_delete_what_is_not_committed() {
    goodRun();
    say(B, new TermChanged(2), follower(2), new Truncated(3), entry(3, 2, "other"));
    assertNothingWrong();
  }

  @Test
  void a_leader_that_deletes_an_entry_and_leads_on_is_caught() {
    goodRun();
    say(A, new Truncated(3));
    send(A);
    Violation found =
        assertOnly(
            Property.LEADER_APPEND_ONLY,
            "replica 0000, leader of term 1, deleted its log from entry 3 on");
    assertThat(found.evidence()).hasSize(3);
  }

  @Test
  void who_tells_only_afterwards_that_it_leads_no_more_is_not_accused() {
    goodRun();
    say(A, new Truncated(3), new TermChanged(2), follower(2));
    send(A);
    assertNothingWrong();
  }

  @Test
  void entries_of_the_same_index_and_term_that_differ_are_caught() {
    goodRun();
    say(C, new TermChanged(1), entry(1, 1, "a"), entry(2, 1, "x"));
    assertOnly(
        Property.LOG_MATCHING,
        "entry 2 of term 1 is \"b\" at replica 0000, but \"x\" at replica 0002");
  }

  @Test
  void logs_that_differ_before_an_entry_that_they_share_are_caught() {
    goodRun();
    say(B, new TermChanged(3), entry(4, 3, "d"));
    say(C, new TermChanged(3), entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 2, "y"));
    say(C, entry(4, 3, "d"));
    assertOnly(
        Property.LOG_MATCHING,
        "replicas 0001 and 0002 both have entry 4 of term 3, but before it 0001 has one of term 1"
            + " and 0002 one of term 2");
  }

  @Test
  void a_leader_without_a_committed_entry_is_caught() {
    goodRun();
    say(C, new TermChanged(1), entry(1, 1, "a"));
    say(C, new TermChanged(2), new Voted(2, C), leader(2));
    Violation found =
        assertOnly(
            Property.LEADER_COMPLETENESS,
            "replica 0002 became leader of term 2 without entry 2 of term 1, \"b\", which replica"
                + " 0000 knew to be committed: its log ends at entry 1");
    assertThat(found.evidence()).hasSize(3);
  }

  @Test
  void a_leader_with_an_empty_log_is_caught_when_it_appends_the_first_entry_anew() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), leader(2));
    assertNothingWrong();
    say(C, entry(1, 2, ""));
    assertThat(review().first(Property.LEADER_COMPLETENESS).text())
        .endsWith("its log ends at entry 0");
  }

  @Test
  void who_never_told_of_its_log_is_not_taken_to_have_none() {
    goodRun();
    say(C, new TermChanged(2), new Voted(2, C), leader(2), entry(4, 2, ""));
    Findings findings = review();
    assertThat(findings.first(Property.LEADER_COMPLETENESS)).isNull();
    assertThat(findings.remarks())
        .containsExactly(
            "replica 0002 reported what makes no sense: it appended entry 4 to a log that ended at"
                + " entry 0");
  }

  @Test
  void a_leader_of_the_term_in_which_an_entry_was_committed_or_of_an_earlier_one_may_lack_it() {
    goodRun();
    say(A, new TermChanged(5), leader(5), entry(4, 5, "e"), new Committed(4));
    say(C, new TermChanged(1), entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"));
    say(C, new TermChanged(4), leader(4));
    assertNothingWrong();
  }

  @Test
  void different_entries_applied_at_an_index_are_caught() {
    goodRun();
    say(B, new Truncated(3), entry(3, 2, "z"));
    say(A, new Committed(3), new Applied(3, 1));
    say(B, new Committed(3), new Applied(3, 2));
    assertThat(review().first(Property.STATE_MACHINE_SAFETY).text())
        .isEqualTo(
            "at index 3 replica 0000 has the entry of term 1, \"c\", for good, but replica 0001"
                + " that of term 2, \"z\",");
  }

  @Test
  void a_snapshot_of_another_entry_is_caught() {
    goodRun();
    say(C, new SnapshotInstalled(2, 7, 2));
    assertThat(review().first(Property.STATE_MACHINE_SAFETY)).isNotNull();
  }

  @Test
  void after_a_snapshot_the_log_is_the_one_that_others_have_told_of() {
    goodRun();
    say(C, new TermChanged(1), new SnapshotInstalled(2, 1, 2), entry(3, 1, "c"), new Committed(3));
    say(C, new TermChanged(2), leader(2));
    assertNothingWrong();
  }

  @Test
  void a_term_lost_in_a_restart_is_caught() {
    goodRun();
    say(B, new TermChanged(6));
    send(B);
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1));
    assertOnly(
        Property.DURABILITY, "replica 0001 had been in term 6; started again, it found term 1");
  }

  @Test
  void a_vote_lost_in_a_restart_is_caught() {
    goodRun();
    restart(B);
    say(B, new Restored(1, Id.BROADCAST, 0, 3, 1));
    assertOnly(
        Property.DURABILITY,
        "replica 0001 had voted for 0000 in term 1; started again, it found no vote in that term");
  }

  @Test
  void entries_lost_in_a_restart_are_caught() {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 0, 1, 1));
    assertOnly(
        Property.DURABILITY,
        "replica 0001 had a log up to entry 3 of term 1, of which it knew 2 to be committed;"
            + " started again, it found one that ends at entry 1 of term 1");
  }

  @Test
  void entries_that_no_message_followed_may_be_lost_in_a_crash() {
    goodRun();
    say(B, entry(4, 1, "d"), entry(5, 1, "e"));
    restart(B);
    say(B, new Restored(1, A, 0, 4, 1));
    assertNothingWrong();
  }

  @Test
  void a_later_leader_may_have_had_entries_deleted_just_before_the_crash() {
    goodRun();
    restart(B);
    say(B, new Restored(2, Id.BROADCAST, 0, 2, 1), entry(3, 2, "other"));
    assertNothingWrong();
  }

  @Test
  void without_a_place_to_store_anything_nothing_is_judged_after_a_restart() {
    goodRun();
    restart(B);
    say(B, new TermChanged(1), new Voted(1, C));
    Findings findings = Review.of(trace, false);
    assertThat(Arrays.stream(Property.values()).map(findings::first)).containsOnlyNulls();
  }

  @Test
  void who_finds_nothing_in_its_storage_is_remarked_on() {
    goodRun();
    restart(B);
    say(B, follower(0));
    send(B);
    assertThat(review().remarks())
        .containsExactly(
            "replica 0001 was in term 1 when it was killed, and reported nothing (Restored) that"
                + " it found in its storage afterwards");
  }

  @Test
  void who_reports_nothing_is_not_judged() {
    start(A, B, C);
    send(A);
    assertThat(review().isAnythingReported()).isFalse();
  }

  @Test
  void reports_that_make_no_sense_are_passed_over_with_a_remark() {
    goodRun();
    say(C, new TermChanged(-1), new Voted(-1, A), leader(-7));
    say(C, entry(0, 1, "x"), entry(Long.MAX_VALUE, 1, "x"), entry(1, -1, "x"));
    say(C, new Truncated(-5), new Truncated(9), new Committed(-3), new Applied(0, 1));
    say(C, new Committed(Long.MAX_VALUE), new Applied(Long.MAX_VALUE, 1));
    say(C, new SnapshotInstalled(-4, -4, -9), new SnapshotInstalled(8, 1, 3));
    say(C, new Restored(-1, A, -2, -3, -4), new Restored(1, A, 9, Long.MAX_VALUE, 1));
    Findings findings = review();
    assertThat(Arrays.stream(Property.values()).map(findings::first)).containsOnlyNulls();
    assertThat(findings.remarks())
        .hasSize(5)
        .contains("replica 0002 reported what makes no sense: it is in term -1");
  }

  @Test
  void any_reports_in_any_order_are_taken_without_an_error() {
    for (int seed = 0; seed < 300; seed++) {
      Trace nonsense = new Trace(trace.header());
      java.util.Random random = new java.util.Random(seed);
      List<Id> ids = new ArrayList<>(List.of(A, B, C, Id.of(300)));
      for (int i = 0; i < 200; i++) {
        Id id = ids.get(random.nextInt(ids.size()));
        nonsense.add(
            random.nextInt(20) == 0
                ? new Event.Started(i, id)
                : new Event.Reported(i, id, anything(random)));
        if (random.nextInt(3) == 0) {
          Message word = Message.of(id, A, A, "word", null, new JsonObject());
          nonsense.add(new Event.Sent(i, i, id, A, word));
        }
      }
      assertThat(Review.of(nonsense, true).isAnythingReported()).isTrue();
    }
  }

  private static StateChange anything(java.util.Random random) {
    long index = random.nextInt(9) - 1;
    long term = random.nextInt(5) - 1;
    Id id = Id.of(random.nextInt(3));
    return switch (random.nextInt(9)) {
      case 0 -> new TermChanged(term);
      case 1 -> new Voted(term, id);
      case 2 -> new RoleChanged(Role.values()[random.nextInt(4)], term, id);
      case 3 -> new Truncated(index);
      case 4 -> new Committed(index);
      case 5 -> new Applied(index, term);
      case 6 -> new SnapshotInstalled(index, term, index + random.nextInt(3) - 1);
      case 7 -> new Restored(term, id, index, index + random.nextInt(3), term);
      default -> new Appended(index, term, "c" + random.nextInt(3));
    };
  }
}
