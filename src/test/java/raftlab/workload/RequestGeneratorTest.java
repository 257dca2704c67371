package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static raftlab.workload.ManualRequestSender.A;
import static raftlab.workload.ManualRequestSender.answer;
import static raftlab.workload.ManualRequestSender.ok;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import raftlab.network.SeededGenerators;
import raftlab.wire.Id;
import raftlab.wire.Message;

class RequestGeneratorTest {
  private static final Id CLIENT = Id.of(0x19);

  private static RequestGenerator wishes(TrafficPlanBuilder plans) {
    return wishes(plans, CLIENT, new ValueLengths());
  }

  private static RequestGenerator wishes(
      TrafficPlanBuilder plans, Id client, ValueLengths lengths) {
    return new RequestGenerator(
        client, plans.plan(), lengths, SeededGenerators.generator(1, "wishes", client.value()));
  }

  private static List<OperationRequest> thousandOf(TrafficPlanBuilder plans) {
    RequestGenerator wishes = wishes(plans);
    return IntStream.range(0, 1_000).mapToObj(i -> wishes.next()).toList();
  }

  /** What the wishes learn from an answer to this. */
  private static void learn(
      RequestGenerator wishes, OperationRequest wanted, String type, String value) {
    ClientOperation operation = new ClientOperation(CLIENT, wanted, true, over -> {});
    operation.noteEnd(answer(operation.request("M", A, A), type, A, value));
    wishes.learn(operation);
  }

  @Test
  void the_mix_is_by_weight() {
    Map<String, Long> types =
        thousandOf(TrafficPlanBuilder.open().mix(5, 3, 0, 2).keys(100, 0, false, false)).stream()
            .collect(Collectors.groupingBy(OperationRequest::type, Collectors.counting()));
    assertThat(types).containsOnlyKeys(Message.GET, Message.PUT, Message.CAS);
    assertThat(types.get(Message.GET)).isBetween(450L, 550L);
    assertThat(types.get(Message.CAS)).isBetween(150L, 250L);
  }

  @Test
  void the_hot_key_is_the_first() {
    assertThat(thousandOf(TrafficPlanBuilder.open().keys(1_000, 0.9, false, false)))
        .filteredOn(wanted -> wanted.key().equals("key-0"))
        .hasSizeBetween(850, 950);
    assertThat(thousandOf(TrafficPlanBuilder.open().keys(1_000, 0, false, false)))
        .filteredOn(wanted -> wanted.key().equals("key-0"))
        .hasSizeLessThan(10);
  }

  @Test
  void all_of_the_keys_are_asked_for_and_no_others() {
    assertThat(
            thousandOf(TrafficPlanBuilder.open().keys(3, 0, false, false)).stream()
                .map(OperationRequest::key))
        .containsOnly("key-0", "key-1", "key-2");
  }

  @Test
  void values_are_as_long_as_the_plan_says() {
    TrafficPlanBuilder puts = TrafficPlanBuilder.open().mix(0, 1, 0, 0);
    List<Integer> lengths =
        thousandOf(puts.values(100, 110)).stream().map(w -> w.value().length()).toList();
    assertThat(lengths).allMatch(length -> length >= 100 && length <= 110).contains(100, 110);
    assertThat(thousandOf(puts.values(20_000, 20_000)))
        .allMatch(wanted -> wanted.value().length() == 20_000);
  }

  @Test
  void no_value_is_part_of_another_even_if_it_is_longer_than_asked() {
    Set<String> values = new HashSet<>();
    for (int client : new int[] {0x19, 0x1A, 0x119}) {
      UniqueValues fresh = new UniqueValues(Id.of(client));
      for (int i = 0; i < 120; i++) {
        values.add(fresh.next(i % 12));
      }
    }
    assertThat(values).hasSize(360).contains("0019.1;", "0019.12---;");
    String appended = String.join("", values);
    assertThat(values).allMatch(value -> appended.indexOf(value) == appended.lastIndexOf(value));
  }

  @Test
  void a_cas_expects_nothing_of_a_key_that_the_client_has_not_seen() {
    RequestGenerator wishes =
        wishes(TrafficPlanBuilder.open().mix(0, 0, 0, 1).keys(1, 0, false, false));
    assertThat(wishes.next().expect()).isEmpty();
  }

  @Test
  void a_cas_expects_what_was_read_or_found_instead_or_written() {
    RequestGenerator wishes =
        wishes(TrafficPlanBuilder.open().mix(0, 0, 0, 1).keys(1, 0, false, false));
    learn(wishes, OperationRequest.get("key-0"), Message.OK, "read");
    assertThat(wishes.next().expect()).isEqualTo("read");
    learn(wishes, OperationRequest.cas("key-0", "read", "new"), Message.MISMATCH, "other");
    assertThat(wishes.next().expect()).isEqualTo("other");
    learn(wishes, OperationRequest.cas("key-0", "other", "new"), Message.OK, null);
    assertThat(wishes.next().expect()).isEqualTo("new");
    learn(wishes, OperationRequest.append("key-0", "er"), Message.OK, null);
    assertThat(wishes.next().expect()).isEqualTo("newer");
    learn(wishes, OperationRequest.put("key-0", "put"), Message.OK, null);
    assertThat(wishes.next().expect()).isEqualTo("put");
  }

  @Test
  void a_write_that_failed_is_not_expected() {
    RequestGenerator wishes =
        wishes(TrafficPlanBuilder.open().mix(0, 0, 0, 1).keys(1, 0, false, false));
    learn(wishes, OperationRequest.put("key-0", "put"), Message.FAIL, null);
    assertThat(wishes.next().expect()).isEmpty();
  }

  @Test
  void an_append_that_would_make_a_value_too_long_is_a_put_for_all_clients() {
    TrafficPlanBuilder appends =
        TrafficPlanBuilder.open().mix(0, 0, 1, 0).keys(1, 0, false, false).values(7_000, 7_000);
    ValueLengths lengths = new ValueLengths();
    RequestGenerator one = wishes(appends, CLIENT, lengths);
    RequestGenerator other = wishes(appends, Id.of(0x1A), lengths);
    assertThat(Stream.of(one, other, one, other, one).map(wishes -> wishes.next().type()))
        .containsExactly("append", "append", "put", "append", "put");
  }

  @Test
  void a_value_that_a_cas_may_have_left_alone_counts_as_long_as_before() {
    ValueLengths lengths = new ValueLengths();
    lengths.appended("k", ValueLengths.MAX_CHARS);
    lengths.maybeReplaced("k", 10);
    assertThat(lengths.hasRoom("k", 1)).isFalse();
  }

  @Test
  void a_cas_that_would_not_fit_into_a_message_is_a_put() {
    RequestGenerator wishes =
        wishes(
            TrafficPlanBuilder.open()
                .mix(0, 0, 0, 1)
                .keys(1, 0, false, false)
                .values(20_000, 20_000));
    assertThat(wishes.next().type()).isEqualTo(Message.CAS);
    learn(wishes, OperationRequest.get("key-0"), Message.OK, "x".repeat(20_000));
    assertThat(wishes.next().type()).isEqualTo(Message.PUT);
  }

  @Test
  void a_crowds_clients_learn_from_their_answers() {
    ManualRequestSender replicas = new ManualRequestSender();
    TrafficPlanBuilder plans =
        TrafficPlanBuilder.closed().clients(1).mix(0, 1, 0, 1).keys(1, 0, false, false);
    LoadGenerator crowd = new LoadGenerator(plans.plan(), 0, List.of(CLIENT), 1, replicas);
    crowd.start();
    replicas.pass(0);
    Map<String, String> store = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      Message request = replicas.last();
      String before = store.put(request.textOrNull("key"), request.textOrNull("value"));
      if (request.type().equals(Message.CAS)) {
        assertThat(request.textOrNull("expect")).isEqualTo(before == null ? "" : before);
      }
      crowd.receive(ok(request));
    }
    assertThat(replicas.messages()).anyMatch(message -> message.type().equals(Message.CAS));
  }
}
