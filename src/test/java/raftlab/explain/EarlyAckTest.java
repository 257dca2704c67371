package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A write that is answered with ok has an entry that is committed, at that index or earlier. */
class EarlyAckTest extends ExplainTraceBuilder {
  /** C leads term 2. Its log begins after entry 2, of a snapshot: A has committed that write. */
  private void leaderWithSnapshot() {
    goodRun();
    say(A, new Committed(2));
    ok(ask(A, Message.PUT, "value-2"));
    say(C, new TermChanged(1), new SnapshotInstalled(2, 1, 2));
    say(C, new TermChanged(2), new Voted(2, C), role(Role.CANDIDATE, 2, Id.BROADCAST));
    tell(C, B, "requestVote", "'term': 2, 'lastLogIndex': 2, 'lastLogTerm': 1");
    say(B, new TermChanged(2), new Voted(2, C));
    tell(B, C, "voteReply", "'term': 2, 'granted': true");
    say(C, role(Role.LEADER, 2, C));
    assertThat(certain()).isEmpty();
  }

  @Test
  void
      a_retry_of_a_write_that_a_snapshot_covers_is_answered_though_its_own_entry_is_not_committed() {
    leaderWithSnapshot();
    say(C, new Appended(3, 2, "put k=value-2"));
    ok(ask(C, Message.PUT, "value-2"));
    assertThat(certain()).isEmpty();
  }

  @Test
  void a_new_write_that_is_answered_before_its_entry_is_committed_is_found_after_a_snapshot() {
    leaderWithSnapshot();
    say(C, new Appended(3, 2, "put k=value-3"));
    ok(ask(C, Message.PUT, "value-3"));
    assertThat(certain()).containsExactly("acks-before-commit");
  }
}
