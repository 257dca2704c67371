package raftlab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/** The state of a replica follows its reports. */
class ReportedStateTest {
  private static final Id A = Id.of(0);

  private final ReportedState state = ReportedState.withLog();
  private long now;

  private Event.Reported apply(StateChange... changes) {
    Event.Reported last = null;
    for (StateChange change : changes) {
      last = new Event.Reported(++now, A, change);
      state.apply(last);
    }
    return last;
  }

  @Test
  void before_its_first_report_nothing_is_known() {
    assertThat(state.term()).isEqualTo(ReportedState.UNKNOWN);
    assertThat(state.hasReportedRole()).isFalse();
    assertThat(state.hasReportedCommitIndex()).isFalse();
    assertThat(state.hasReportedLog()).isFalse();
    assertThat(state.role()).isEqualTo(Role.FOLLOWER);
    assertThat(state.leader()).isEqualTo(Id.BROADCAST);
  }

  @Test
  void a_leader_has_a_term_a_vote_and_a_log() {
    apply(new TermChanged(2));
    Event.Reported vote = apply(new Voted(2, A));
    Event.Reported leads = apply(new RoleChanged(Role.LEADER, 2, A));
    Event.Reported entry = apply(new Appended(1, 2, "put k=1"));
    apply(new Committed(1), new Applied(1, 2));
    assertThat(state.term()).isEqualTo(2);
    assertThat(state.voteReport()).isEqualTo(vote);
    assertThat(state.leaderReport()).isEqualTo(leads);
    assertThat(state.log().reportAt(1)).isEqualTo(entry);
    assertThat(state.log().termAt(1)).isEqualTo(2);
    assertThat(List.of(state.lastIndex(), state.commitIndex(), state.appliedIndex()))
        .containsOnly(1L);
  }

  @Test
  void an_entry_in_the_place_of_another_replaces_it_and_all_that_follow() {
    apply(new Appended(1, 1, "a"), new Appended(2, 1, "b"), new Appended(3, 1, "c"));
    apply(new Appended(2, 2, "d"));
    assertThat(state.log().lastIndex()).isEqualTo(2);
    assertThat(state.log().commandAt(2)).isEqualTo("d");
    apply(new Truncated(2));
    assertThat(state.lastIndex()).isEqualTo(1);
    assertThat(state.log().lastIndex()).isEqualTo(1);
  }

  @Test
  void a_snapshot_covers_what_is_committed_and_applied() {
    apply(new SnapshotInstalled(7, 2, 7));
    assertThat(List.of(state.commitIndex(), state.appliedIndex(), state.snapshotIndex()))
        .containsOnly(7L);
    assertThat(state.log().base()).isEqualTo(7);
    assertThat(state.log().termAt(7)).isEqualTo(2);
    apply(new Appended(8, 2, ""), new Committed(8), new Applied(8, 2), new SnapshotTaken(8, 2));
    assertThat(state.snapshotIndex()).isEqualTo(8);
    assertThat(state.log().lastIndex()).isEqualTo(8);
  }

  @Test
  void a_restart_ends_what_is_in_memory_only() {
    apply(new TermChanged(3), new RoleChanged(Role.LEADER, 3, A), new Appended(1, 3, "a"));
    apply(new Committed(1), new MembersChanged(1, List.of(A), List.of()));
    state.restart();
    assertThat(state.isLeader()).isFalse();
    assertThat(state.commitIndex()).isZero();
    assertThat(state.term()).isEqualTo(3);
    assertThat(state.log().lastIndex()).isEqualTo(1);
    apply(new Restored(4, A, 0, 0, 0));
    assertThat(state.term()).isEqualTo(4);
    assertThat(state.log().lastIndex()).isZero();
  }
}
