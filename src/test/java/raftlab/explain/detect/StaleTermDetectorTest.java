package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Which messages show that a replica received a later term (§5.1). */
class StaleTermDetectorTest extends ExplainTraceBuilder {
  /** Longer than a message that was delivered may wait. */
  private static final long LONG_MICROS = 600_000;

  private final ClusterView cluster = new ClusterView(trace, true);
  private final Suspicions suspicions = new Suspicions(cluster);
  private final StaleTermDetector detector = new StaleTermDetector(cluster, suspicions);
  private final ReplicaView a = cluster.replica(A);

  private InFlightMessage message(Id from, Id to, RaftMessageView content, boolean hasTerm) {
    Message written = Message.of(from, to, A, "m", null, new JsonObject());
    return new InFlightMessage(new Event.Sent(++now, now, from, to, written), content, hasTerm);
  }

  /** A, which leads term 1, receives an answer of this term, and goes on sending AppendEntries. */
  private List<KnownMistake> leadsOnAfterReply(long term, boolean hasTerm) {
    AppendReply reply =
        new AppendReply(term, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    InFlightMessage received = message(B, A, reply, hasTerm);
    detector.delivered(a, received, new Event.Delivered(++now, received.sent().number()));
    for (int i = 0; i < 2; i++) {
      now += LONG_MICROS;
      sendsAppendOfTermOne();
    }
    return suspicions.all().stream().map(Suspicion::mistake).toList();
  }

  @Test
  void a_leader_that_received_a_reply_with_a_later_term_does_not_lead() {
    assertThat(leadsOnAfterReply(2, true)).containsExactly(KnownMistake.LEADER_STAYS);
  }

  @Test
  void a_reply_without_a_term_does_not_show_that_a_later_term_was_received() {
    assertThat(leadsOnAfterReply(2, false)).isEmpty();
  }

  /** Whether an answer of term 2 deposes A, which leads term 1. */
  private boolean isDeposedByReply(boolean hasTerm) {
    RoleChanged leads = new RoleChanged(Role.LEADER, 1, A);
    cluster.changed(a, new Event.Reported(++now, A, leads), false);
    AppendReply reply =
        new AppendReply(2, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    InFlightMessage received = message(B, A, reply, hasTerm);
    cluster.delivered(a, received, new Event.Delivered(++now, received.sent().number()));
    return a.isDeposed();
  }

  @Test
  void a_reply_with_a_later_term_deposes_a_leader() {
    assertThat(isDeposedByReply(true)).isTrue();
  }

  @Test
  void a_reply_without_a_term_does_not_depose_a_leader() {
    assertThat(isDeposedByReply(false)).isFalse();
  }

  @Test
  void a_reply_of_the_same_term_is_no_later_term() {
    assertThat(leadsOnAfterReply(1, true)).isEmpty();
  }

  @Test
  void a_leader_that_reads_late_because_of_many_messages_is_not_accused() {
    AppendReply old = new AppendReply(1, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    for (int i = 0; i < 1_200; i++) {
      detector.delivered(a, message(B, A, old, true), new Event.Delivered(++now, i));
    }
    assertThat(leadsOnAfterReply(2, true)).isEmpty();
  }

  @Test
  void many_messages_excuse_a_leader_only_while_they_arrive() {
    AppendReply old = new AppendReply(1, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    for (int i = 0; i < 1_200; i++) {
      detector.delivered(a, message(B, A, old, true), new Event.Delivered(++now, i));
    }
    now += 10 * LONG_MICROS;
    assertThat(leadsOnAfterReply(2, true)).containsExactly(KnownMistake.LEADER_STAYS);
  }

  @Test
  void a_busy_machine_is_not_the_fault_of_a_leader() {
    AppendReply reply =
        new AppendReply(2, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    InFlightMessage received = message(B, A, reply, true);
    detector.delivered(a, received, new Event.Delivered(++now, received.sent().number()));
    for (int i = 0; i < 2; i++) {
      now += LONG_MICROS;
      cluster.disturbed(now);
      sendsAppendOfTermOne();
    }
    assertThat(suspicions.all()).isEmpty();
  }

  @Test
  void an_answer_to_a_later_request_shows_that_the_later_term_was_read() {
    AppendReply reply =
        new AppendReply(2, RaftMessageView.UNKNOWN, true, 1, RaftMessageView.UNKNOWN);
    InFlightMessage received = message(B, A, reply, true);
    detector.delivered(a, received, new Event.Delivered(++now, received.sent().number()));
    PendingRequest request =
        new PendingRequest(
            new Event.Requested(++now, CLIENT, "m", "get", "k", null, null, A, 1, 0, false));
    request.arrived(++now, cluster, a);
    detector.answers(a, request, received.sent());
    sendsAppendOfTermOne();
    sendsAppendOfTermOne();
    assertThat(suspicions.all())
        .extracting(Suspicion::mistake)
        .containsExactly(KnownMistake.LEADER_STAYS);
  }

  private void sendsAppendOfTermOne() {
    detector.sent(
        a, message(A, B, new Append(1, RaftMessageView.UNKNOWN, 1, 1, 1, List.of()), true));
  }
}
