package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import raftlab.judge.Judgement;
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
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Whatever replicas report and send, an explanation is found, and found soon. */
class OddTracesExplanationTest extends ExplainTraceBuilder {
  private static final long[] NUMBERS = {
    Long.MIN_VALUE, -1, 0, 1, 2, 3, 4, 1_000_000_000_000L, Long.MAX_VALUE
  };

  private final Random random = new Random(1);

  private long any() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private Id anybody() {
    return List.of(A, B, C, Id.BROADCAST, Id.of(77)).get(random.nextInt(5));
  }

  private StateChange change() {
    return switch (random.nextInt(11)) {
      case 0 -> new Appended(any(), any(), "");
      case 1 -> new Truncated(any());
      case 2 -> new Committed(any());
      case 3 -> new Applied(any(), any());
      case 4 -> new TermChanged(any());
      case 5 -> new Voted(any(), random.nextBoolean() ? null : anybody());
      case 6 -> new RoleChanged(Role.values()[random.nextInt(4)], any(), anybody());
      case 7 -> new SnapshotTaken(any(), any());
      case 8 -> new SnapshotInstalled(any(), any(), any());
      case 9 -> new Restored(any(), anybody(), any(), any(), any());
      default -> new MembersChanged(any(), List.of(), List.of());
    };
  }

  private void anything() {
    Id from = List.of(A, B, C).get(random.nextInt(3));
    Id to = List.of(A, B, C).get(random.nextInt(3));
    switch (random.nextInt(6)) {
      case 0 -> trace.add(new Event.Started(++now, from));
      case 1 ->
          tell(
              from,
              to,
              "a",
              "'term': " + any() + ", 'prevLogIndex': " + any() + ", 'entries': [[1], {}, 3]");
      case 2 ->
          tell(from, to, "b", "'term': " + any() + ", 'success': true, 'matchIndex': " + any());
      case 3 -> tell(from, to, "c", "'term': " + any() + ", 'granted': true");
      case 4 -> trace.add(new Event.Delivered(++now, random.nextInt(100)));
      default -> say(from, change());
    }
  }

  @RepeatedTest(50)
  void nonsense_is_passed_over(RepetitionInfo which) {
    random.setSeed(which.getCurrentRepetition());
    for (int i = 0; i < 300; i++) {
      anything();
    }
    assertThatCode(() -> Explanation.certain(scenario(), trace)).doesNotThrowAnyException();
  }

  @Test
  void an_empty_trace_has_an_explanation_unless_it_passes() {
    Judgement judgement = Judgement.of(scenario(), trace);
    assertThat(Explanation.of(scenario(), trace, judgement).isPresent())
        .isEqualTo(judgement.status() != raftlab.judge.check.Verdict.Status.PASS);
  }
}
