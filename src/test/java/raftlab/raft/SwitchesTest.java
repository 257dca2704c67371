package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import raftlab.node.StateChange.Role;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.storage.MemoryStorage;
import raftlab.wire.Message;

/**
 * What each switch among the settings does, and that {@link SettingNumbersTest} has the rest: the
 * names of the tests begin with the settings'.
 */
final class SwitchesTest {
  private static final RaftSettings DEFAULT = RaftSettings.DEFAULT;

  static SingleReplicaBench bench(int size, RaftSettings settings) {
    return new SingleReplicaBench(size, new MemoryStorage(), 1, settings);
  }

  static SingleReplicaBench leader(int size, RaftSettings settings) {
    SingleReplicaBench bench = bench(size, settings);
    bench.electAndConfirm();
    return bench;
  }

  /** Time passes, and replica 1 confirms all that it gets. */
  private static void live(SingleReplicaBench bench, int millis) {
    for (int i = 0; i < millis; i++) {
      bench.pass(1);
      for (Message message : List.copyOf(bench.sent)) {
        if (message.dst().value() == 1) {
          bench.sent.remove(message);
          bench.confirm(message);
        }
      }
    }
  }

  /**
   * A leader of three has put a number of values of the given length, and 2 has none of them: what
   * is sent to 2 at once.
   */
  static List<AppendEntries> atOnce(RaftSettings settings, int puts, int length) {
    SingleReplicaBench bench = leader(3, settings);
    for (int i = 0; i < puts; i++) {
      bench.put("k" + i, "v".repeat(length));
      live(bench, 60);
    }
    bench.sent.clear();
    while (bench.all(AppendEntries.class).isEmpty()) {
      live(bench, 1);
    }
    return bench.all(AppendEntries.class);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void every_setting_is_tested(Setting setting) {
    assertThat(
            Stream.of(SwitchesTest.class, SettingNumbersTest.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .map(Method::getName))
        .anyMatch(name -> name.startsWith(setting.name().toLowerCase(Locale.ROOT) + "_"));
  }

  @Test
  void pre_vote_keeps_a_replica_that_is_cut_off_from_beginning_terms() {
    SingleReplicaBench with = bench(5, DEFAULT);
    SingleReplicaBench without = bench(5, DEFAULT.without(Setting.PRE_VOTE));

    with.pass(5_000);
    without.pass(5_000);

    assertThat(with.term()).isZero();
    assertThat(without.term()).isGreaterThan(3);
  }

  @Test
  void check_quorum_makes_a_leader_without_replies_step_down() {
    SingleReplicaBench with = leader(5, DEFAULT);
    SingleReplicaBench without = leader(5, DEFAULT.without(Setting.CHECK_QUORUM));

    with.pass(2_000);
    without.pass(2_000);

    assertThat(with.role()).isNotEqualTo(Role.LEADER);
    assertThat(without.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void read_index_keeps_a_leader_that_may_have_been_deposed_from_answering() {
    SingleReplicaBench with = leader(5, DEFAULT);
    SingleReplicaBench without = leader(5, DEFAULT.without(Setting.READ_INDEX));
    with.standStill(500);
    without.standStill(500);

    assertThat(with.answer(with.get("k"))).isNull();
    assertThat(without.answer(without.get("k"))).as("perhaps an old value").isEqualTo("ok() 0000");
  }

  @Test
  void lease_saves_a_read_its_round_of_messages() {
    SingleReplicaBench with = leader(5, DEFAULT);
    SingleReplicaBench without = leader(5, DEFAULT.without(Setting.LEASE));

    assertThat(with.answer(with.get("k"))).isEqualTo("ok() 0000");
    String get = without.get("k");
    assertThat(without.answer(get)).isNull();
    without.sent.stream().toList().forEach(without::confirm);

    assertThat(without.answer(get)).isEqualTo("ok() 0000");
  }

  @Test
  void batching_puts_all_that_a_follower_lacks_into_one_message() {
    assertThat(atOnce(DEFAULT, 10, 1)).hasSize(1).allMatch(append -> append.entries().size() == 10);
    assertThat(atOnce(DEFAULT.without(Setting.BATCHING), 10, 1))
        .hasSizeGreaterThan(1)
        .allMatch(append -> append.entries().size() == 1);
  }

  @Test
  void majority_first_asks_only_as_many_followers_as_are_needed() {
    SingleReplicaBench with = leader(5, DEFAULT);
    SingleReplicaBench without = leader(5, DEFAULT.without(Setting.MAJORITY_FIRST));

    with.put("k", "v");
    without.put("k", "v");

    assertThat(with.sent).hasSize(2);
    assertThat(without.sent).hasSize(4);
  }

  @Test
  void plain_sending_sends_to_all_followers_one_message_at_a_time() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.PLAIN_SENDING, 1));

    bench.put("k", "v1");
    List<Message> first = List.copyOf(bench.sent);
    bench.put("k", "v2");

    assertThat(first).hasSize(4);
    assertThat(bench.all(AppendEntries.class)).as("no reply has arrived yet").hasSize(4);
    first.forEach(bench::confirm);
    assertThat(bench.all(AppendEntries.class)).hasSize(8);
  }

  @Test
  void plain_sending_repeats_a_message_that_is_not_answered() {
    SingleReplicaBench bench = leader(5, DEFAULT.with(Setting.PLAIN_SENDING, 1));
    bench.put("k", "v");
    bench.sent.clear();

    bench.pass(DEFAULT.get(Setting.RETRANSMIT_MAX) - 1);
    assertThat(bench.sent).isEmpty();
    bench.pass(1);

    assertThat(bench.all(AppendEntries.class))
        .hasSize(4)
        .allMatch(append -> append.entries().size() == 1);
  }

  @Test
  void pre_vote_is_not_needed_to_be_asked_for_a_vote() {
    SingleReplicaBench bench = bench(3, DEFAULT.without(Setting.PRE_VOTE));
    bench.waitFor(Role.CANDIDATE);

    bench.receive(1, new VoteReply(1, false, true, 1, 1));

    assertThat(bench.role()).isEqualTo(Role.LEADER);
  }
}
