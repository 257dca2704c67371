package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Mistakes that real Raft systems had: a run that breaks the rule, and a similar one that keeps it.
 */
class RealSystemBugsTest extends ExplainTraceBuilder {
  @Test
  void a_leader_that_changes_the_members_before_its_first_entry_is_committed() {
    goodRun();
    say(A, members(0, A, B, C));
    elect(2);
    say(A, entry(3, 2), entry(4, 2), members(4, A, B));
    assertThat(certain()).containsExactly("changes-before-own-commit");
  }

  @Test
  void but_it_may_do_so_when_its_first_entry_is_committed() {
    goodRun();
    say(A, members(0, A, B, C));
    elect(2);
    say(A, entry(3, 2));
    append(B, 2, "2/1", "2", 1);
    say(B, role(Role.FOLLOWER, 2, A), entry(3, 2));
    agree(B, 2, 3);
    say(A, new Committed(3), entry(4, 2), members(4, A, B));
    assertThat(certain()).isEmpty();
  }

  @Test
  void a_replica_that_keeps_the_members_of_an_entry_that_it_deleted() {
    goodRun();
    say(B, members(0, A, B, C), members(2, A, B), new Truncated(2));
    agree(B, 1, 1);
    assertThat(certain()).contains("keeps-deleted-configuration");
  }

  @Test
  void but_not_if_it_uses_the_members_before_again() {
    goodRun();
    say(B, members(0, A, B, C), members(2, A, B), new Truncated(2), members(0, A, B, C));
    agree(B, 1, 1);
    assertThat(certain()).doesNotContain("keeps-deleted-configuration");
  }

  @Test
  void a_replica_that_commits_its_log_at_a_restart() throws ScenarioException {
    goodRun();
    restart();
    say(B, new Restored(1, A, 0, 2, 1), new Committed(2));
    assertThat(certainWithStorage()).contains("commits-at-restart");
  }

  @Test
  void but_it_may_have_stored_its_commit_index() throws ScenarioException {
    goodRun();
    append(B, 1, "2/1", "", 1);
    say(B, new Committed(1));
    restart();
    say(B, new Restored(1, A, 0, 2, 1), new Committed(1));
    assertThat(certainWithStorage()).doesNotContain("commits-at-restart");
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

  private void restart() {
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Started(++now, B));
  }

  @Test
  void a_replica_that_votes_again_after_it_followed_the_leader_of_the_term() {
    goodRun();
    say(B, new Voted(1, C));
    assertThat(certain()).containsExactly("forgets-vote-when-following");
  }

  @Test
  void a_leader_with_too_few_votes_that_counted_none_twice() {
    start();
    for (Id replica : List.of(A, B, C)) {
      say(replica, members(0, A, B, C, Id.of(3), Id.of(4)));
    }
    elect(1);
    assertThat(certain()).containsExactly("elected-by-half");
  }

  @Test
  void a_leader_elected_by_the_same_vote_twice() {
    start();
    for (Id replica : List.of(A, B, C)) {
      say(replica, members(0, A, B, C, Id.of(3), Id.of(4)));
    }
    say(A, new TermChanged(1), new Voted(1, A), role(Role.CANDIDATE, 1, A));
    say(B, new TermChanged(1), new Voted(1, A));
    long vote = vote();
    trace.add(new Event.Delivered(++now, vote));
    trace.add(new Event.Delivered(++now, vote));
    say(A, role(Role.LEADER, 1, A));
    assertThat(certain()).contains("counts-votes-twice");
  }

  private long vote() {
    return send(B, A, "voteReply", "'term': 1, 'granted': true");
  }
}
