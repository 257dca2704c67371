package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.explain.tell.WrongReadSituation.Kind;
import raftlab.judge.Judgement;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Where and when a get missed a write, from what clients and the names of leaders show. */
class WrongReadSituationTest extends ExplainTraceBuilder {
  WrongReadSituationTest() {
    start();
    write(A, "old");
    names(A, A);
  }

  private void names(Id from, Id leader) {
    send(from, Id.BROADCAST, leader);
  }

  private void send(Id from, Id to, Id leader) {
    Message message = Message.of(from, to, leader, "heartbeat", null, new JsonObject());
    trace.add(new Event.Sent(++now, 1_000 + now, from, to, message));
  }

  private void write(Id replica, String value) {
    Message request = ask(replica, "put", value);
    answer(request, replica, null);
  }

  private void read(Id replica, String value) {
    Message request = ask(replica, "get", null);
    answer(request, replica, value);
  }

  private void answer(Message request, Id replica, String value) {
    trace.add(
        new Event.Answered(
            ++now, CLIENT, request.mid(), Message.OK, value, replica, replica, false));
  }

  private Optional<Kind> kind() {
    trace.add(new Event.Ended(++now, EndReason.COMPLETE));
    return WrongReadSituation.of(Judgement.of(scenario(), trace).contradictions().get(0), trace)
        .map(WrongReadSituation::kind);
  }

  @Test
  void a_replica_that_names_another_leader_answered() {
    write(A, "new");
    names(B, A);
    read(B, "old");
    read(A, "new");
    assertThat(kind()).contains(Kind.READ_AT_FOLLOWER);
  }

  @Test
  void another_replica_had_claimed_to_lead_since() {
    names(B, B);
    write(B, "new");
    read(A, "old");
    read(B, "new");
    assertThat(kind()).contains(Kind.READ_AT_DEPOSED_LEADER);
  }

  @Test
  void a_new_leader_answered_without_a_write_that_it_shows_later() {
    write(A, "new");
    names(A, B);
    names(B, B);
    read(B, "old");
    read(B, "new");
    assertThat(kind()).contains(Kind.READ_AFTER_ELECTION);
  }

  @Test
  void the_replica_that_acknowledged_crashed_and_the_write_is_gone() {
    write(A, "new");
    trace.add(new Event.Crashed(++now, A));
    names(B, B);
    read(B, "old");
    read(B, "old");
    assertThat(kind()).contains(Kind.LOST_AFTER_CRASH);
  }

  @Test
  void replicas_were_restarted_and_the_write_is_gone() {
    write(A, "new");
    trace.add(new Event.Crashed(++now, A));
    trace.add(new Event.Started(++now, A));
    names(B, B);
    read(B, "old");
    assertThat(kind()).contains(Kind.LOST_AFTER_RESTART);
  }

  @Test
  void another_replica_leads_without_the_write() {
    write(A, "new");
    names(A, B);
    names(B, B);
    read(B, "old");
    assertThat(kind()).contains(Kind.LOST_AFTER_ELECTION);
  }

  @Test
  void the_leader_that_acknowledged_misses_the_write_itself() {
    write(A, "new");
    read(A, "old");
    assertThat(kind()).contains(Kind.MISSED_BY_SAME_LEADER);
  }

  @Test
  void a_replica_that_never_named_a_leader_gives_no_situation() {
    write(A, "new");
    read(C, "old");
    assertThat(kind()).isEmpty();
  }
}
