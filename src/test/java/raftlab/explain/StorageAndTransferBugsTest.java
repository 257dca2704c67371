package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Mistakes with stored state, late replies, transfers and new members: a run that breaks the rule,
 * and a similar one that keeps it.
 */
class StorageAndTransferBugsTest extends ExplainTraceBuilder {
  private static final Id D = Id.of(3);
  private static final long SECOND = 1_000_000;

  private void restart(Id replica) {
    trace.add(new Event.Crashed(++now, replica));
    trace.add(new Event.Started(++now, replica));
  }

  private List<String> certainWithStorage() throws ScenarioException {
    String text =
        """
        {"lifetime": 10, "replicas": 3, "traffic": [{}], "events": [{"type": "restart_all", "time": 1}]}
        """;
    return Explanation.certain(ScenarioReader.read("made", text), trace).stream()
        .map(LikelyCause::name)
        .toList();
  }

  @Test
  void a_candidate_that_does_not_store_its_own_vote() throws ScenarioException {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 0, 2, 1));
    restart(A);
    say(A, new Restored(1, Id.BROADCAST, 0, 2, 1));
    assertThat(certainWithStorage()).containsExactly("forgets-own-vote");
  }

  @Test
  void but_a_replica_that_forgets_other_votes_too_forgets_all() throws ScenarioException {
    goodRun();
    restart(B);
    say(B, new Restored(1, Id.BROADCAST, 0, 2, 1));
    restart(A);
    say(A, new Restored(1, Id.BROADCAST, 0, 2, 1));
    assertThat(certainWithStorage()).containsExactly("forgets-vote");
  }

  private void deletesEntry2() {
    goodRun();
    say(B, new TermChanged(2), new Truncated(2));
    tell(B, A, "appendReply", "'term': 2, 'success': false");
    restart(B);
  }

  @Test
  void a_replica_whose_deleted_entries_are_back_after_a_restart() throws ScenarioException {
    deletesEntry2();
    say(B, new Restored(2, Id.BROADCAST, 0, 2, 1));
    assertThat(certainWithStorage()).contains("restores-deleted-entries");
  }

  @Test
  void but_not_if_they_are_gone() throws ScenarioException {
    deletesEntry2();
    say(B, new Restored(2, Id.BROADCAST, 0, 1, 1));
    assertThat(certainWithStorage()).doesNotContain("restores-deleted-entries");
  }

  @Test
  void a_replica_that_applies_again_what_its_snapshot_covers() throws ScenarioException {
    goodRun();
    restart(B);
    say(B, new Restored(1, A, 1, 2, 1), new Applied(1, 1));
    assertThat(certainWithStorage()).contains("applies-again-after-restart");
  }

  @Test
  void but_it_applies_what_follows_the_snapshot() throws ScenarioException {
    goodRun();
    restart(B);
    append(B, 1, "2/1", "", 2);
    say(B, new Restored(1, A, 1, 2, 1), new Committed(2), new Applied(2, 1));
    assertThat(certainWithStorage()).doesNotContain("applies-again-after-restart");
  }

  @Test
  void a_leader_that_counts_a_learner() {
    withLearner(D);
    say(A, entry(3, 1));
    agree(D, 1, 3);
    say(A, new Committed(3));
    assertThat(certain()).containsExactly("learner-counts");
  }

  @Test
  void but_it_counts_voters() {
    withLearner(D);
    say(A, entry(3, 1));
    append(B, 1, "2/1", "1", 1);
    say(B, entry(3, 1));
    agree(B, 1, 3);
    say(A, new Committed(3));
    assertThat(certain()).isEmpty();
  }

  private void withLearner(Id learner) {
    goodRun();
    trace.add(new Event.Started(++now, learner));
    say(A, new MembersChanged(2, List.of(A, B, C), List.of(learner)));
  }

  @Test
  void a_leader_that_makes_a_replica_a_voter_at_once() {
    goodRun();
    say(A, members(0, A, B, C), entry(3, 1), members(3, A, B, C, D));
    now += 2 * SECOND;
    agree(B, 1, 2);
    assertThat(likely()).contains("adds-without-catching-up");
  }

  @Test
  void but_not_if_it_was_a_learner_or_catches_up_quickly() {
    goodRun();
    say(A, members(0, A, B, C));
    trace.add(new Event.Started(++now, D));
    say(A, entry(3, 1), members(3, A, B, C, D));
    agree(D, 1, 3);
    now += 2 * SECOND;
    agree(B, 1, 2);
    assertThat(likely()).doesNotContain("adds-without-catching-up");
  }

  @Test
  void a_leader_that_asks_a_replica_to_take_over_that_lacks_entries() {
    goodRun();
    say(A, entry(3, 1));
    tell(A, B, "timeoutNow", "'term': 1");
    assertThat(likely()).contains("transfers-to-lagging");
  }

  @Test
  void but_it_may_ask_one_that_has_all() {
    goodRun();
    tell(A, B, "timeoutNow", "'term': 1");
    assertThat(likely()).doesNotContain("transfers-to-lagging");
  }

  private void transferTo(Id target) {
    goodRun();
    trace.add(
        Event.Requested.first(
            ++now, CLIENT, "t1", Message.TRANSFER, target.toString(), null, A, 100));
    now += 2 * SECOND;
    ask(A, Message.PUT, "refused");
    now += 3 * SECOND;
    agree(B, 1, 2);
  }

  @Test
  void a_leader_that_refuses_writes_long_after_a_transfer_failed() {
    transferTo(C);
    assertThat(likely()).contains("transfer-never-ends");
  }

  @Test
  void but_not_if_it_appends_one() {
    transferTo(C);
    say(A, entry(3, 1));
    assertThat(likely()).doesNotContain("transfer-never-ends");
  }

  private void preVoteAfter(long micros) {
    goodRun();
    append(B, 1, "2/1", "", 1);
    now += micros;
    tell(C, B, "preVote", "'term': 1, 'lastLogIndex': 2, 'lastLogTerm': 1");
    tell(B, C, "preVoteReply", "'term': 1, 'granted': true");
  }

  @Test
  void a_follower_that_grants_a_pre_vote_though_it_has_a_leader() {
    preVoteAfter(10_000);
    assertThat(likely()).contains("pre-vote-despite-leader");
  }

  @Test
  void but_it_may_when_its_leader_has_been_silent_for_an_election_timeout() {
    preVoteAfter(400_000);
    assertThat(likely()).doesNotContain("pre-vote-despite-leader");
  }

  /** A hears B's reply late, while C leads term 2. */
  private void lateReplyWhileAnotherLeads(long underWay, boolean isReadBefore) {
    goodRun();
    append(B, 1, "2/1", "", 1);
    long reply = send(B, A, "appendReply", "'term': 1, 'success': true, 'matchIndex': 2");
    say(B, new TermChanged(2), new Voted(2, C));
    say(C, new TermChanged(2), new Voted(2, C));
    tell(B, C, "voteReply", "'term': 2, 'granted': true");
    say(C, role(Role.LEADER, 2, C));
    Message get = isReadBefore ? ask(A, Message.GET, null) : null;
    now += underWay;
    trace.add(new Event.Delivered(++now, reply));
    get = get == null ? ask(A, Message.GET, null) : get;
    deliver(Message.of(A, CLIENT, A, Message.OK, get.mid(), new JsonObject()));
  }

  @Test
  void a_leader_that_answers_a_read_after_a_late_reply() {
    lateReplyWhileAnotherLeads(300_000, true);
    assertThat(certain()).contains("reads-by-late-replies");
  }

  @Test
  void a_leader_whose_lease_begins_with_a_late_reply() {
    lateReplyWhileAnotherLeads(300_000, false);
    assertThat(likely()).contains("lease-from-reply");
  }

  @Test
  void but_a_reply_that_was_not_late_is_no_reason() {
    lateReplyWhileAnotherLeads(10_000, true);
    assertThat(certain()).doesNotContain("reads-by-late-replies");
    assertThat(likely()).doesNotContain("lease-from-reply");
  }
}
