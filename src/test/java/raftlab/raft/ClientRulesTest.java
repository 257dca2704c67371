package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What clients are answered, and when. */
final class ClientRulesTest {
  @Test
  void a_follower_sends_clients_to_the_leader() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0);

    assertThat(bench.answer(bench.put("k", "v"))).isEqualTo("redirect 0001");
  }

  @Test
  void while_no_leader_is_known_a_request_waits_and_then_goes_to_the_new_leader() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    String put = bench.put("k", "v");
    String get = bench.get("k");
    assertThat(bench.answer(put)).isNull();

    bench.append(1, 0, 0, 0);

    assertThat(bench.answer(put)).isEqualTo("redirect 0001");
    assertThat(bench.answer(get)).isEqualTo("redirect 0001");
  }

  @Test
  void a_request_that_waited_is_served_by_this_replica_if_it_becomes_leader() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    String put = bench.put("k", "v");

    bench.elect();
    bench.confirmAll();
    bench.confirmAll();

    assertThat(bench.logTerms()).hasSize(2);
    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void after_a_while_without_leader_the_client_is_redirected_to_any_replica() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    String put = bench.put("k", "v");

    bench.pass(1_490);
    assertThat(bench.answer(put)).isNull();
    bench.pass(20);

    assertThat(bench.answer(put)).isEqualTo("redirect FFFF");
  }

  @Test
  void a_client_that_comes_back_from_a_leader_that_sends_nothing_waits() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0);
    bench.put("k", "v");
    bench.sent.clear();

    String again = bench.put("k", "v");
    assertThat(bench.answer(again)).isNull();
    bench.append(1, 0, 0, 0);

    assertThat(bench.answer(again)).isEqualTo("redirect 0001");
  }

  @Test
  void a_client_that_comes_back_after_a_message_of_the_leader_is_redirected_again() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.append(1, 0, 0, 0);
    bench.put("k", "v");
    bench.append(1, 0, 0, 0);

    assertThat(bench.answer(bench.put("k", "v"))).isEqualTo("redirect 0001");
  }

  @Test
  void malformed_requests_fail_and_those_without_message_id_are_ignored() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    JsonObject number = new JsonObject();
    number.addProperty("key", "k");
    number.add("value", new JsonPrimitive(7));

    send(bench, "put", "a", new JsonObject());
    send(bench, "get", "b", new JsonObject());
    send(bench, "put", "c", number);
    send(bench, "get", null, number);
    send(bench, "delete", "d", number);

    assertThat(bench.answer("a")).isEqualTo("fail 0000");
    assertThat(bench.answer("b")).isEqualTo("fail 0000");
    assertThat(bench.answer("c")).isEqualTo("fail 0000");
    assertThat(bench.sent).hasSize(3);
  }

  private static void send(SingleReplicaBench bench, String type, String mid, JsonObject fields) {
    bench.node.receive(
        Message.of(SingleReplicaBench.CLIENT, bench.id(), Id.BROADCAST, type, mid, fields));
  }

  @Test
  void text_that_utf_8_cannot_carry_is_not_stored() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();

    assertThat(bench.answer(bench.put("k", "\ud800"))).isEqualTo("fail 0000");
    assertThat(bench.answer(bench.put("\udc00", "v"))).isEqualTo("fail 0000");
    assertThat(bench.answer(bench.put("k", "😀"))).isNull();
  }

  @Test
  void a_request_that_comes_twice_is_executed_and_answered_once() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    Message put = Message.put(SingleReplicaBench.CLIENT, bench.id(), Id.BROADCAST, "m", "k", "v");
    bench.node.receive(put);
    bench.node.receive(put);
    bench.confirmAll();
    bench.node.receive(put);

    assertThat(bench.answers("m")).hasSize(1);
    assertThat(bench.changes(Appended.class)).hasSize(2);
  }

  @Test
  void two_clients_may_use_the_same_message_id() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    for (int client = 50; client < 52; client++) {
      bench.node.receive(Message.get(Id.of(client), bench.id(), Id.BROADCAST, "m", "k"));
    }

    assertThat(bench.answers("m")).hasSize(2);
  }

  @Test
  void messages_for_others_are_ignored() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    bench.node.receive(Message.get(SingleReplicaBench.CLIENT, Id.of(1), Id.BROADCAST, "m", "k"));
    bench.node.receive(
        Message.get(SingleReplicaBench.CLIENT, Id.BROADCAST, Id.BROADCAST, "n", "k"));
    bench.node.receive(Message.get(Id.of(1), bench.id(), Id.BROADCAST, "o", "k"));
    bench.node.receive(Message.get(bench.id(), bench.id(), Id.BROADCAST, "p", "k"));

    assertThat(bench.sent).isEmpty();
  }

  // A deposed leader, and one that is cut off.

  private static SingleReplicaBench leaderWithUncommitted(String[] mid) {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    mid[0] = bench.put("k", "v");
    assertThat(bench.logTerms()).containsExactly(1L, 1L);
    return bench;
  }

  @Test
  void a_write_of_a_deposed_leader_that_survives_is_done() {
    String[] mid = new String[1];
    SingleReplicaBench bench = leaderWithUncommitted(mid);
    LogEntry survivor = LogEntry.of(1, new Command.Put("k", "v"));

    bench.append(2, 1, 1, 1, survivor, SingleReplicaBench.entry(2, 3));
    assertThat(bench.answer(mid[0])).isNull();
    bench.append(2, 3, 2, 3);

    assertThat(bench.answer(mid[0])).isEqualTo("ok 0001");
  }

  @Test
  void a_write_of_a_deposed_leader_that_was_replaced_is_redirected_when_that_is_final() {
    String[] mid = new String[1];
    SingleReplicaBench bench = leaderWithUncommitted(mid);

    bench.append(2, 1, 1, 1, SingleReplicaBench.entry(2, 2));
    assertThat(bench.answer(mid[0])).isNull();
    bench.append(2, 2, 2, 2);

    assertThat(bench.answer(mid[0])).isEqualTo("redirect 0001");
  }

  @Test
  void a_write_with_unknown_outcome_fails() {
    String[] mid = new String[1];
    SingleReplicaBench bench = leaderWithUncommitted(mid);

    bench.pass(5_990);
    assertThat(bench.answer(mid[0])).isNull();
    bench.pass(20);

    assertThat(bench.answer(mid[0])).startsWith("fail");
  }

  @Test
  void a_leader_that_lost_touch_appends_nothing_until_it_is_back() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    bench.standStill(420);
    bench.sent.clear();

    String put = bench.put("k", "v");
    assertThat(bench.logTerms()).hasSize(1);
    bench.confirmAll();
    assertThat(bench.logTerms()).hasSize(2);
    bench.confirmAll();

    assertThat(bench.answer(put)).isEqualTo("ok 0000");
  }

  @Test
  void a_leader_that_lost_touch_redirects_what_it_has_not_appended() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    bench.electAndConfirm();
    bench.standStill(420);
    String put = bench.put("k", "v");

    bench.append(2, 1, 1, 1);

    assertThat(bench.answer(put)).isEqualTo("redirect 0001");
  }

  @Test
  void what_grows_with_requests_is_bounded() {
    SingleReplicaBench bench = new SingleReplicaBench(5);
    for (int i = 0; i < 30_000; i++) {
      bench.put("k", "v");
    }

    assertThat(bench.role()).isEqualTo(Role.FOLLOWER);
    assertThat(bench.sent.size()).isGreaterThan(20_000);
    bench.elect();
    for (int i = 0; i < 30_000; i++) {
      bench.put("k", "v");
    }
    assertThat(bench.logTerms()).hasSizeLessThan(15_000);
    assertThat(bench.all(AppendEntries.class)).hasSizeLessThan(100);
  }
}
