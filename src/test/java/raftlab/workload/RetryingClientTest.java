package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.workload.ManualRequestSender.A;
import static raftlab.workload.ManualRequestSender.B;
import static raftlab.workload.ManualRequestSender.C;
import static raftlab.workload.ManualRequestSender.answer;
import static raftlab.workload.ManualRequestSender.ok;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import raftlab.network.SeededGenerators;
import raftlab.wire.Id;
import raftlab.wire.Message;

class RetryingClientTest {
  private static final OperationRequest PUT = OperationRequest.put("colour", "blue");

  private final ManualRequestSender replicas = new ManualRequestSender();
  private final OperationCounter tally = new OperationCounter();
  private final List<ClientOperation> over = new ArrayList<>();

  private RetryingClient asker(boolean sessions, OptionalLong timeoutMillis) {
    return new RetryingClient(
        Id.of(0x19),
        new RetryingClient.RetryBehavior(sessions, timeoutMillis),
        replicas,
        SeededGenerators.generator(1, "asker", 1),
        tally);
  }

  private final RetryingClient client = asker(false, OptionalLong.empty());
  private final RetryingClient impatient = asker(false, OptionalLong.of(1_000));
  private final RetryingClient sessional = asker(true, OptionalLong.of(1_000));

  private ClientOperation ask(RetryingClient asker, OperationRequest wanted) {
    return asker.ask(wanted, A, true, over::add);
  }

  private Message request(int index) {
    return replicas.messages().get(index);
  }

  @Test
  void every_kind_of_request_has_its_fields() {
    ask(client, OperationRequest.get("k"));
    ask(client, OperationRequest.put("k", "v"));
    ask(client, OperationRequest.append("k", "v"));
    ask(client, OperationRequest.cas("k", "e", "v"));
    assertThat(replicas.messages().stream().map(message -> message.type() + message.fields()))
        .containsExactly(
            "get{\"key\":\"k\"}",
            "put{\"key\":\"k\",\"value\":\"v\"}",
            "append{\"key\":\"k\",\"value\":\"v\"}",
            "cas{\"key\":\"k\",\"expect\":\"e\",\"value\":\"v\"}");
  }

  @Test
  void a_redirect_is_followed_under_a_new_mid_for_the_same_operation() {
    ClientOperation operation = ask(client, PUT);
    client.receive(answer(request(0), Message.REDIRECT, C, null));
    assertThat(request(1).dst()).isEqualTo(C);
    assertThat(request(1).leader()).isEqualTo(C);
    assertThat(request(1).mid()).isNotEqualTo(request(0).mid());
    assertThat(request(1).fields()).isEqualTo(request(0).fields());
    assertThat(replicas.sent.get(1).again()).isTrue();
    assertThat(replicas.sent.get(1).operation()).isEqualTo(operation.number());
  }

  @Test
  void a_redirect_to_a_crashed_replica_leads_to_a_running_one() {
    replicas.running.removeAll(List.of(A, C));
    ask(client, PUT);
    client.receive(answer(request(0), Message.REDIRECT, C, null));
    assertThat(request(1).dst()).isEqualTo(B);
  }

  @Test
  void the_leader_of_the_last_answer_is_asked_first() {
    ask(client, PUT);
    client.receive(answer(request(0), Message.OK, C, null));
    client.ask(PUT, null, true, over::add);
    assertThat(request(1).dst()).isEqualTo(C);
  }

  @Test
  void a_client_that_is_redirected_in_circles_slows_down() {
    ask(client, PUT);
    for (int i = 0; i < 20; i++) {
      client.receive(answer(replicas.last(), Message.FAIL, A, null));
    }
    assertThat(replicas.sent).hasSize(21);
    client.receive(answer(replicas.last(), Message.FAIL, A, null));
    assertThat(replicas.sent).hasSize(21);
    replicas.pass(1);
    assertThat(replicas.sent).hasSize(22);
  }

  @Test
  void after_its_timeout_it_asks_another_replica_under_a_new_mid() {
    ClientOperation operation = ask(impatient, PUT);
    replicas.pass(999);
    assertThat(replicas.sent).hasSize(1);
    replicas.pass(1);
    assertThat(request(1).dst()).isNotEqualTo(A);
    assertThat(request(1).mid()).isNotEqualTo(request(0).mid());
    assertThat(replicas.sent.get(1).operation()).isEqualTo(operation.number());
    replicas.pass(1_000);
    assertThat(request(2).dst()).isNotEqualTo(request(1).dst());
  }

  @Test
  void if_there_is_no_other_replica_the_same_is_asked_again() {
    replicas.running.removeAll(List.of(B, C));
    ask(impatient, PUT);
    replicas.pass(1_000);
    assertThat(request(1).dst()).isEqualTo(A);
  }

  @Test
  void without_a_timeout_it_asks_once() {
    ask(client, PUT);
    replicas.pass(100_000);
    assertThat(replicas.sent).hasSize(1);
  }

  @Test
  void the_timeout_starts_again_with_each_request() {
    ask(impatient, PUT);
    replicas.pass(900);
    impatient.receive(answer(request(0), Message.REDIRECT, B, null));
    replicas.pass(900);
    assertThat(replicas.sent).hasSize(2);
    replicas.pass(100);
    assertThat(replicas.sent).hasSize(3);
  }

  @Test
  void an_answer_ends_the_waiting() {
    ask(impatient, PUT);
    impatient.receive(ok(request(0)));
    replicas.pass(10_000);
    assertThat(replicas.sent).hasSize(1);
  }

  @Test
  void a_late_ok_to_an_earlier_request_counts() {
    ClientOperation operation = ask(impatient, PUT);
    replicas.pass(1_000);
    impatient.receive(ok(request(0)));
    assertThat(operation.isDone()).isTrue();
    assertThat(operation.answer().mid()).isEqualTo(request(0).mid());
    impatient.receive(ok(request(1)));
    assertThat(over).containsExactly(operation);
    replicas.pass(10_000);
    assertThat(replicas.sent).hasSize(2);
  }

  @Test
  void a_late_fail_to_an_earlier_request_changes_nothing() {
    ask(impatient, PUT);
    replicas.pass(1_000);
    impatient.receive(answer(request(0), Message.FAIL, C, null));
    assertThat(replicas.sent).hasSize(2);
    impatient.receive(ok(request(1)));
    assertThat(over).singleElement().matches(ClientOperation::isDone);
  }

  @Test
  void an_ok_that_comes_while_it_holds_back_stops_the_next_request() {
    ask(impatient, PUT);
    replicas.pass(1_000);
    for (int i = 0; i < 20; i++) {
      impatient.receive(answer(replicas.last(), Message.FAIL, A, null));
    }
    impatient.receive(ok(request(0)));
    int before = replicas.sent.size();
    replicas.pass(10_000);
    assertThat(replicas.sent).hasSize(before);
  }

  @Test
  void a_mismatch_is_a_final_answer() {
    ask(client, OperationRequest.cas("colour", "red", "blue"));
    client.receive(answer(request(0), Message.MISMATCH, A, "green"));
    assertThat(over)
        .singleElement()
        .matches(ClientOperation::isDone)
        .matches(operation -> operation.answer().textOrNull("value").equals("green"));
  }

  @Test
  void a_retry_keeps_client_and_seq_and_the_next_operation_counts_on() {
    ask(sessional, PUT);
    sessional.receive(answer(request(0), Message.REDIRECT, B, null));
    replicas.pass(1_000);
    sessional.receive(ok(request(2)));
    ask(sessional, OperationRequest.get("colour"));
    assertThat(replicas.messages().stream().map(RetryingClientTest::place))
        .containsExactly("0019 1", "0019 1", "0019 1", "0019 2");
  }

  private static String place(Message request) {
    return request.textOrNull("client") + " " + request.fields().get("seq");
  }

  @Test
  void what_is_wanted_at_once_is_in_several_sessions_and_no_number_comes_twice() {
    ask(sessional, PUT);
    ask(sessional, PUT);
    sessional.receive(ok(request(0)));
    ask(sessional, PUT);
    ask(sessional, PUT);
    assertThat(replicas.messages().stream().map(RetryingClientTest::place))
        .containsExactly("0019 1", "0019/2 2", "0019 3", "0019/3 4");
  }

  @Test
  void without_sessions_a_request_carries_neither_client_nor_seq() {
    ask(client, PUT);
    assertThat(request(0).fields().keySet()).containsExactly("key", "value");
  }

  @Test
  void without_following_redirects_any_answer_is_final() {
    ClientOperation operation = impatient.ask(PUT, B, false, over::add);
    replicas.pass(10_000);
    impatient.receive(answer(request(0), Message.REDIRECT, C, null));
    assertThat(replicas.sent).hasSize(1);
    assertThat(operation.isOver()).isTrue();
    assertThat(operation.isDone()).isFalse();
    assertThat(operation.answer().type()).isEqualTo(Message.REDIRECT);
    assertThat(over).containsExactly(operation);
  }

  @Test
  void a_given_replica_is_asked_even_if_it_is_down() {
    replicas.running.remove(C);
    impatient.ask(PUT, C, true, over::add);
    assertThat(request(0).dst()).isEqualTo(C);
    replicas.pass(1_000);
    assertThat(request(1).dst()).isIn(A, B);
  }

  @Test
  void while_no_replica_is_reachable_it_waits_for_one() {
    replicas.running.clear();
    ClientOperation operation = client.ask(PUT, null, true, over::add);
    replicas.pass(1_000);
    assertThat(operation.hasBegun()).isFalse();
    assertThat(tally.began()).isZero();
    replicas.running.add(B);
    replicas.pass(100);
    assertThat(request(0).dst()).isEqualTo(B);
    assertThat(operation.number()).isEqualTo(1);
  }

  @Test
  void the_counter_counts_started_done_and_outstanding_operations() {
    List<ClientOperation> done = new ArrayList<>();
    tally.onDone(done::add);
    ask(client, PUT);
    ClientOperation second = ask(client, PUT);
    client.ask(PUT, A, false, over::add);
    assertThat(tally.outstanding()).containsExactly(1L, 2L, 3L);
    client.receive(ok(request(1)));
    client.receive(answer(request(2), Message.FAIL, A, null));
    assertThat(done).containsExactly(second);
    assertThat(tally.began()).isEqualTo(3);
    assertThat(tally.done()).isEqualTo(1);
    assertThat(tally.outstanding()).containsExactly(1L);
  }

  @Test
  void an_answer_to_no_pending_request_is_ignored() {
    ask(client, PUT);
    client.receive(ok(request(0)));
    client.receive(answer(request(0), Message.FAIL, A, null));
    assertThat(replicas.sent).hasSize(1);
    assertThat(over).hasSize(1);
  }
}
