package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** What was promised before a crash must be there afterwards; what was not, needn't. */
class RestartRulesTest extends ReportedRun {
  @Test
  void a_vote_that_was_never_told_to_anybody_may_be_lost_in_a_crash() {
    goodRun();
    say(B, new TermChanged(2), new Voted(2, C));
    restart(B);
    say(B, new Restored(1, A, 0, 3, 1), new TermChanged(2), new Voted(2, A));
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
}
