package raftlab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.Verdict.Status;
import raftlab.run.SmallScenario;
import raftlab.scenario.Metric;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.End;
import raftlab.trace.Header;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Each judge sees a run that it must fail, and a run like it that it must let pass. */
class JudgementTest {
  private static final Id CLIENT = Id.of(0x13);
  private static final Id LEADER = Id.of(0);
  private static final List<Id> REPLICAS = List.of(LEADER, Id.of(1), Id.of(2));

  private final List<Event> events = new ArrayList<>();
  private final Scenario scenario =
      SmallScenario.with(
          "\"max_packets\": 1000, \"events\": [{\"type\": \"kill_leader\", \"time\": 3}], ");
  private long now;
  private long operations;
  private int mids;

  /** The numbers of these messages are below 0. */
  private long conferred;

  private void add(Event event) {
    events.add(event);
  }

  private String ask(String type, String key, String value) {
    String mid = "m" + mids++;
    add(Event.Requested.first(now += 1000, CLIENT, mid, type, key, value, LEADER, ++operations));
    return mid;
  }

  private void answer(String mid, String type, String value) {
    add(new Event.Answered(now += 1000, CLIENT, mid, type, value, LEADER, LEADER, false));
  }

  private void put(String key, String value) {
    done(ask("put", key, value));
  }

  /** Another replica hears of a put, and the leader of that, before it is acknowledged. */
  private void done(String put) {
    confer(LEADER, Id.of(1));
    confer(Id.of(1), LEADER);
    answer(put, "ok", null);
  }

  private void confer(Id from, Id to) {
    com.google.gson.JsonObject none = new com.google.gson.JsonObject();
    Message message = Message.of(from, to, LEADER, "hear", null, none);
    add(new Event.Sent(now, --conferred, from, to, message));
    add(new Event.Delivered(now, conferred));
  }

  private void get(String key, String value) {
    answer(ask("get", key, null), "ok", value);
  }

  /** A run with nothing wrong: enough puts, gets and messages. */
  private void goodRun() {
    add(new Event.Began(now));
    for (int i = 0; i < 20; i++) {
      put("k" + i, "v" + i);
      get("k" + i, "v" + i);
    }
    for (int i = 0; i < 100; i++) {
      send(i + 1, Id.of(1), "{}");
    }
  }

  private void send(long number, Id to, String text) {
    com.google.gson.JsonObject fields = new com.google.gson.JsonObject();
    fields.addProperty("entry", text);
    add(
        new Event.Sent(
            now += 10, number, LEADER, to, Message.of(LEADER, to, LEADER, "append", null, fields)));
    add(new Event.Delivered(now, number));
  }

  private Judgement judge(End end) {
    add(new Event.Ended(now += 1000, end));
    List<String> none = List.of();
    Trace trace =
        new Trace(new Header("small", scenario.json(), "sim", 1, none, REPLICAS, List.of(CLIENT)));
    events.forEach(trace::add);
    return Judgement.of(scenario, trace);
  }

  private static Verdict verdict(Judgement judgement, String check) {
    return judgement.verdicts().stream()
        .filter(v -> v.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private void assertFails(String check, String text) {
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(verdict(judgement, check).status()).isEqualTo(Status.FAIL);
    assertThat(judgement.why()).startsWith(check + ": ").contains(text);
    assertThat(judgement.tiers()).isEmpty();
  }

  @Test
  void a_good_run_passes() {
    goodRun();
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.why()).isEmpty();
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(judgement.verdicts()).allMatch(v -> v.status() == Status.PASS);
  }

  @Test
  void a_replica_that_ends_by_itself_fails_with_its_last_words() {
    goodRun();
    add(new Event.Exited(now, Id.of(2), 139, List.of("one", "Segmentation fault")));
    assertFails(
        "died", "replica 0002 ended with exit code 139; its last words: one ⏎ Segmentation fault");
  }

  @Test
  void a_replica_that_the_kit_killed_is_no_failure() {
    goodRun();
    add(new Event.Crashed(now, Id.of(2)));
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_replica_may_end_while_its_disk_is_damaged_or_full() {
    goodRun();
    add(new Event.MachineChanged(now, Id.of(2), "disk", "full", true));
    add(new Event.Exited(now, Id.of(2), 1, List.of()));
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_replica_that_ends_when_its_disk_is_sound_again_or_another_is_full_fails() {
    goodRun();
    add(new Event.MachineChanged(now, Id.of(1), "disk", "full", true));
    add(new Event.MachineChanged(now, Id.of(2), "disk", "full", true));
    add(new Event.MachineChanged(now, Id.of(2), "disk", "sound", false));
    add(new Event.Exited(now, Id.of(2), 1, List.of()));
    assertFails("died", "replica 0002 ended with exit code 1");
  }

  @Test
  void a_replica_that_never_says_hello_fails() {
    add(new Event.NeverReady(now, Id.of(1), 20_000));
    Judgement judgement = judge(End.NOT_STARTED);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.why()).isEqualTo("died: replica 0001 did not say hello within 20 s");
  }

  @Test
  void a_malformed_message_is_counted_and_quoted_once_a_sender() {
    goodRun();
    add(new Event.Malformed(now, Id.of(1), "not JSON", "garbage"));
    add(new Event.Malformed(now, Id.of(1), "not JSON", "more garbage"));
    assertFails(
        "incorrect", "2 malformed messages from replica 0001, the first: not JSON: garbage");
  }

  @Test
  void a_get_of_an_overwritten_value_is_wrong() {
    goodRun();
    put("k1", "newer");
    get("k1", "v1");
    assertFails("incorrect", "but \"newer\" had been written and acknowledged");
  }

  @Test
  void a_get_that_finds_nothing_after_a_put_is_wrong() {
    goodRun();
    get("k1", "");
    assertFails("incorrect", "with \"\", but \"v1\" had been written");
  }

  @Test
  void a_get_of_a_value_that_nobody_put_is_wrong() {
    goodRun();
    get("k1", "v2");
    assertFails("incorrect", "with \"v2\"");
  }

  @Test
  void a_get_that_overlaps_a_put_may_see_either_value() {
    goodRun();
    String put = ask("put", "k1", "newer");
    String overlapping = ask("get", "k1", null);
    get("k1", "newer");
    done(put);
    answer(overlapping, "ok", "v1");
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_put_without_an_ok_may_take_effect_at_any_later_time() {
    goodRun();
    ask("put", "k1", "unanswered");
    answer(ask("put", "k2", "failed"), "fail", null);
    answer(ask("put", "k3", "redirected"), "redirect", null);
    put("k1", "later");
    put("k2", "later");
    put("k3", "later");
    get("k1", "unanswered");
    get("k2", "failed");
    get("k3", "redirected");
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_value_that_is_put_only_after_the_get_was_answered_is_wrong() {
    goodRun();
    get("k1", "future");
    put("k1", "future");
    assertFails("incorrect", "with \"future\"");
  }

  @Test
  void a_run_without_any_successful_put_fails() {
    add(new Event.Began(now));
    ask("put", "k", "v");
    assertFails("no_state", "none of 1 puts was answered with ok");
  }

  @Test
  void too_many_unanswered_gets_fail_and_half_of_them_pass() {
    goodRun();
    for (int i = 0; i < 20; i++) {
      ask("get", "k1", null);
    }
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.PASS);
    events.remove(events.size() - 1);
    ask("get", "k1", null);
    for (int i = 0; i < 20; i++) {
      ask("get", "k1", null);
    }
    assertFails("get_answered", "41 unanswered, against 61 gets");
  }

  @Test
  void too_many_unanswered_puts_fail() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    assertFails("put_answered", "21 unanswered, against 41 puts");
  }

  /** Another client puts, isn't answered, and finds nothing to read three times after so long. */
  private void findNothingAfter(long micros) {
    goodRun();
    Id other = Id.of(0x14);
    add(Event.Requested.first(now, other, "late", "put", "k", "v", LEADER, ++operations));
    now += micros;
    for (int i = 0; i < 3; i++) {
      add(new Event.GetNotGenerated(now, other));
    }
  }

  @Test
  void clients_that_find_nothing_to_read_after_a_long_wait_fail_the_run() {
    findNothingAfter(2_000_000);
    assertFails("get_generated", "3 found nothing, against 20 gets");
  }

  @Test
  void clients_that_find_nothing_to_read_yet_are_no_failure() {
    findNothingAfter(1_900_000);
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(verdict(judgement, "get_generated").text()).contains("more than the course allows");
  }

  @Test
  void puts_that_are_acknowledged_without_replication_fail() {
    add(new Event.Began(now));
    put("k", "v");
    get("k", "v");
    assertFails(
        "total_msgs", "replica 0000 acknowledged a put whose value no majority had been sent");
  }

  @Test
  void few_messages_are_enough_if_they_show_the_values_on_their_way_to_a_majority() {
    add(new Event.Began(now));
    String put = ask("put", "k", "v");
    send(1, Id.of(2), "v");
    done(put);
    get("k", "v");
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).as(judgement.why()).isEqualTo(Status.PASS);
    assertThat(verdict(judgement, "total_msgs").text()).contains("on its way to a majority");
  }

  @Test
  void a_message_that_the_network_doubled_reached_one_replica() {
    add(new Event.Began(now));
    String put = ask("put", "k", "v");
    send(1, Id.of(2), "v");
    add(new Event.Duplicated(now, 1));
    add(new Event.Delivered(now, 1));
    answer(put, "ok", null);
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.statistics().messages()).isEqualTo(1);
    assertThat(verdict(judgement, "total_msgs").status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_packet_storm_fails() {
    goodRun();
    Judgement judgement = judge(End.PACKET_STORM);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.why()).startsWith("packet_storm: a packet storm ended the run");
  }

  @Test
  void a_fault_that_could_never_be_played_fails() {
    goodRun();
    add(
        new Event.FaultHeld(
            now, "kill_leader", "no living replica was known to lead until the end", true));
    assertFails("faults_played", "kill_leader could not happen");
  }

  @Test
  void a_fault_that_only_had_to_wait_is_a_remark() {
    goodRun();
    add(new Event.FaultHeld(now, "kill_leader", "no living replica was known to lead", false));
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(judgement.remarks())
        .anyMatch(remark -> remark.startsWith("kill_leader had to wait"));
  }

  @Test
  void what_an_overloaded_machine_could_have_caused_is_unknown() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    add(new Event.HarnessLate(now, 900_000));
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.wasOverloaded()).isTrue();
    assertThat(judgement.why()).contains("the harness itself was late by 900 ms");
  }

  @Test
  void what_replicas_that_starved_could_have_caused_is_unknown() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    for (int i = 0; i < 6; i++) {
      add(new Event.MachineBusy(now += 250_000, 250_000, 90));
    }
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.wasOverloaded()).isTrue();
    assertThat(judgement.why()).contains("processes had to wait for a processor for 1.4 s");
  }

  @Test
  void a_machine_that_is_busy_for_a_moment_excuses_nothing() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    add(new Event.MachineBusy(now += 250_000, 250_000, 90));
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void no_load_excuses_a_wrong_answer() {
    goodRun();
    get("k1", "wrong");
    add(new Event.HarnessLate(now, 900_000));
    assertThat(judge(End.COMPLETE).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void an_interrupted_run_is_unknown_and_not_a_pass() {
    goodRun();
    assertThat(judge(End.INTERRUPTED).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void a_second_answer_is_a_duplicate_only_if_the_first_was_ok() {
    goodRun();
    String failed = ask("put", "a", "b");
    answer(failed, "fail", null);
    add(new Event.Answered(now, CLIENT, failed, "ok", null, LEADER, LEADER, true));
    add(new Event.Answered(now, CLIENT, "m0", "ok", null, LEADER, LEADER, true));
    assertThat(judge(End.COMPLETE).statistics().duplicates()).isEqualTo(1);
  }

  @Test
  void tiers_are_strictly_below_their_bounds() {
    raftlab.scenario.Thresholds.Bounds bounds = new raftlab.scenario.Thresholds.Bounds(0, 2, 5);
    assertThat(Tier.of(0, bounds)).isEqualTo(Tier.FULL);
    assertThat(Tier.of(1.9, bounds)).isEqualTo(Tier.FULL);
    assertThat(Tier.of(2, bounds)).isEqualTo(Tier.PARTIAL);
    assertThat(Tier.of(5, bounds)).isEqualTo(Tier.NONE);
    assertThat(Tier.of(-1, bounds)).isEqualTo(Tier.BONUS);
    assertThat(Metric.values()).hasSize(4);
  }

  @Test
  void the_fail_over_runs_from_the_kill_to_the_next_ok() {
    goodRun();
    add(new Event.LeaderKnown(now, LEADER));
    add(new Event.Crashed(now, Id.of(4)));
    now += 100_000;
    add(new Event.Crashed(now, LEADER));
    String underWay = ask("put", "y", "y");
    String waiting = ask("put", "z", "z");
    answer(underWay, "ok", null); // the leader's last, that left before it was killed
    now += 250_000;
    Id successor = Id.of(3);
    add(new Event.Answered(now += 1000, CLIENT, waiting, "ok", null, successor, successor, false));
    assertThat(judge(End.COMPLETE).statistics().failoversMillis()).containsExactly(254.0);
  }

  @Test
  void what_the_operator_asks_is_neither_counted_nor_missed() {
    goodRun();
    Id operator = Id.of(0x1B);
    add(Event.Requested.first(now, operator, "o1", "add", "0003", null, LEADER, 1));
    add(new Event.Answered(now, operator, "o1", "fail", null, LEADER, LEADER, false));
    add(new Event.Requested(now, operator, "o2", "add", "0003", null, null, LEADER, 1, 0, true));
    Judgement judgement = judge(End.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(judgement.statistics().failures()).isZero();
    assertThat(judgement.statistics().puts()).isEqualTo(20);
  }

  @Test
  void after_a_removal_fewer_others_have_to_know_a_value() {
    add(new Event.Began(now));
    Id operator = Id.of(0x1B);
    for (String leaving : List.of("0001", "0002")) {
      add(Event.Requested.first(now, operator, leaving, "remove", leaving, null, LEADER, 2));
      add(new Event.Answered(now, operator, leaving, "ok", null, LEADER, LEADER, false));
    }
    put("k", "v");
    get("k", "v");
    Judgement judgement = judge(End.COMPLETE);
    assertThat(verdict(judgement, "total_msgs").status()).isEqualTo(Status.PASS);
  }

  @Test
  void messages_of_a_replica_that_joined_are_messages_between_replicas() {
    Id joined = Id.of(3);
    goodRun();
    send(1_000, joined, "before it was there");
    add(new Event.Started(now, joined));
    send(1_001, joined, "since then");
    // 100 that say little, two for each of 20 puts, and this one.
    assertThat(judge(End.COMPLETE).statistics().messages()).isEqualTo(141);
  }
}
