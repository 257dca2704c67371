package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Note;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.wire.Id;

class EventTextTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(new RoleChanged(Role.FOLLOWER, 3, B), "follows 0001, in term 3"),
        Arguments.of(new RoleChanged(Role.LEADER, 3, A), "is leader now, in term 3"),
        Arguments.of(new TermChanged(4), "is in term 4"),
        Arguments.of(new Voted(4, B), "votes for 0001 in term 4"),
        Arguments.of(new Appended(7, 4, "put x=1"), "appends entry 7 of term 4: put x=1"),
        Arguments.of(new Appended(8, 4, ""), "appends entry 8 of term 4"),
        Arguments.of(new Truncated(8), "deletes its log from entry 8 on"),
        Arguments.of(new Committed(7), "commits its log up to entry 7"),
        Arguments.of(new Applied(7, 4), "applies entry 7 of term 4"),
        Arguments.of(
            new Restored(4, B, 5, 7, 4),
            "restored term 4, its vote for 0001, a snapshot up to entry 5,"
                + " a log that ends at entry 7 of term 4"),
        Arguments.of(
            new Restored(1, Id.BROADCAST, 0, 0, 0), "restored term 1, no vote, an empty log"),
        Arguments.of(new SnapshotTaken(5, 2), "takes a snapshot up to entry 5 of term 2"),
        Arguments.of(
            new SnapshotInstalled(5, 2, 6),
            "installs the leader's snapshot up to entry 5 of term 2; its log ends at entry 6"),
        Arguments.of(
            new MembersChanged(0, List.of(A, B), List.of()),
            "uses the members 0000 0001 (from its start)"),
        Arguments.of(
            new MembersChanged(9, List.of(A), List.of(B)),
            "uses the members 0000; learners 0001 (entry 9)"),
        Arguments.of(new Note("timer: 312 ms"), "notes: timer: 312 ms"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void every_change_of_a_replica_has_words(StateChange change, String words) {
    assertThat(EventText.of(new Event.Reported(1, A, change))).isEqualTo("replica 0000 " + words);
  }

  @Test
  void no_kind_of_change_is_left_out() {
    assertThat(changes().<Object>map(arguments -> arguments.get()[0].getClass()))
        .contains((Object[]) StateChange.class.getPermittedSubclasses());
  }

  @Test
  void an_operator_request_is_described_as_such() {
    assertThat(
            EventText.of(Event.Requested.first(1, Id.of(0x1B), "m", "transfer", null, null, A, 1)))
        .isEqualTo("the operator (001B) asks replica 0000: transfer (MID m)");
  }

  @Test
  void a_client_request_is_described_with_key_and_value() {
    assertThat(EventText.of(Event.Requested.first(1, Id.of(0x13), "m", "put", "k", "v", A, 1)))
        .isEqualTo("client 0013 asks replica 0000: put k = v (MID m)");
  }

  @Test
  void a_machine_fault_is_described_with_its_replica() {
    assertThat(
            EventText.of(
                new Event.Effect(
                    1, new FaultEffect.DiskChanged(A, FaultEffect.Disk.FULL, "full", true))))
        .isEqualTo("the disk of replica 0000: full");
  }
}
