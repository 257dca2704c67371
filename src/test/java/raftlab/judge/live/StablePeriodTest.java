package raftlab.judge.live;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.trace.Event;
import raftlab.trace.Event.Reason;
import raftlab.wire.Id;

/** Only where nothing is in the way of a majority anything is demanded of it. */
class StablePeriodTest extends LiveRun {
  @Test
  void three_replicas_that_are_up_and_left_alone_must_have_a_leader() {
    seconds(6);
    assertLack(
        LivenessProperty.LEADER,
        "no replica led for 6.0 s, though all 3 replicas reach each other");
  }

  /** A leader dies, nobody speaks for 2.5 s, then somebody stands for election, in vain. */
  private void splitVote() {
    led(A);
    trace.add(new Event.Crashed(++now, A));
    led(Id.BROADCAST);
    seconds(2.5);
    tell(B, C, Id.BROADCAST);
  }

  @Test
  void replicas_that_wait_long_before_they_stand_have_longer() {
    splitVote();
    seconds(4.5);
    assertLively(7);
  }

  @Test
  void but_not_for_ever() {
    splitVote();
    seconds(8);
    assertLack(LivenessProperty.LEADER, "no replica led for 10.5 s");
  }

  @Test
  void two_of_three_must_have_one_if_the_third_is_down() {
    trace.add(new Event.Crashed(++now, C));
    seconds(6);
    assertLack(LivenessProperty.LEADER, "2 of 3 replicas reach each other");
  }

  @Test
  void one_of_three_need_not() {
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Crashed(++now, C));
    seconds(60);
    assertLively(0);
  }

  @Test
  void a_replica_that_was_stopped_is_not_counted_on() {
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Paused(++now, C));
    seconds(60);
    assertLively(0);
  }

  @Test
  void one_that_goes_on_counts_from_then() {
    trace.add(new Event.Paused(++now, B));
    trace.add(new Event.Paused(++now, C));
    seconds(60);
    trace.add(new Event.Resumed(++now, C));
    seconds(4);
    led(A);
    seconds(4);
    assertLively(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"cut\",\"who\":\"0002\",\"way\":\"out\"}",
        "{\"type\":\"cut\",\"who\":\"0002\",\"way\":\"in\",\"from\":\"0000\"}",
        "{\"type\":\"bridge\",\"who\":\"0001\"}",
        "{\"type\":\"ring\",\"who\":[\"0000\",\"0001\",\"0002\"]}",
        "{\"type\":\"partition\",\"groups\":[\"0000\",\"0001\",\"0002\"]}",
        "{\"type\":\"slow\",\"who\":\"0001\",\"delay\":0.2}",
        "{\"type\":\"network\",\"from\":\"0000\",\"to\":\"0001\",\"loss\":0.3}",
        "{\"type\":\"clock\",\"who\":\"0001\",\"rate\":1.5}",
        "{\"type\":\"disk\",\"who\":\"0001\",\"state\":\"full\"}",
        "{\"type\":\"something new\"}",
        "no JSON"
      })
  void what_keeps_replicas_from_agreeing_is_no_calm(String action) {
    fault("fault", action);
    seconds(60);
    assertLively(0);
  }

  @Test
  void a_majority_that_is_cut_off_as_a_whole_is_calm() {
    fault("partition", "{\"type\":\"partition\",\"groups\":[\"0000\",[\"0001\",\"0002\"]]}");
    seconds(6);
    assertLack(LivenessProperty.LEADER, "2 of 3 replicas reach each other");
  }

  @Test
  void after_everything_was_healed_there_is_calm_again() {
    fault("cut", "{\"type\":\"cut\",\"who\":\"0002\",\"way\":\"out\"}");
    seconds(60);
    fault("heal", "{\"type\":\"heal\"}");
    seconds(6);
    assertLack(LivenessProperty.LEADER, "no replica led for 6.0 s");
  }

  @Test
  void a_network_that_loses_much_is_no_calm() {
    network = ", \"network\": {\"loss\": 0.2}";
    seconds(60);
    assertLively(0);
  }

  @Test
  void a_network_that_loses_a_little_is_calm() {
    network = ", \"network\": {\"loss\": 0.05, \"delay\": 0.01}";
    seconds(6);
    assertLack(LivenessProperty.LEADER, "no replica led");
  }

  @Test
  void whenever_the_machine_has_no_time_the_clock_starts_anew() {
    for (int i = 0; i < 20; i++) {
      seconds(4);
      trace.add(i % 2 == 0 ? new Event.HarnessLate(++now, 60_000) : busy());
    }
    assertLively(0);
  }

  private void othersOrReplicas(int others) {
    for (int i = 0; i < 4; i++) {
      seconds(2);
      List<Integer> used = List.of((200 - others) / 2, (200 - others) / 2, 0);
      trace.add(new Event.ProcessorUse(++now, 250_000, 2, 100, 200, 5, 5, List.of(A, B, C), used));
    }
  }

  @Test
  void whenever_others_use_the_processors_the_clock_starts_anew() {
    othersOrReplicas(180);
    assertLively(0);
  }

  @Test
  void replicas_that_use_them_up_themselves_must_have_a_leader_all_the_same() {
    othersOrReplicas(4);
    assertLack(LivenessProperty.LEADER, "no replica led for 6.0 s");
  }

  @Test
  void but_they_may_take_longer() {
    slack = 2;
    othersOrReplicas(4);
    assertLively(8);
  }

  @Test
  void and_not_for_ever() {
    slack = 2;
    seconds(3);
    othersOrReplicas(4);
    assertLack(LivenessProperty.LEADER, "no replica led for 11.0 s");
  }

  private Event busy() {
    return new Event.MachineBusy(++now, 250_000, 90);
  }

  @Test
  void whenever_a_message_is_lost_on_purpose_the_clock_starts_anew() {
    for (int i = 0; i < 20; i++) {
      seconds(4);
      send(A, B, A);
      lose(Reason.PLANNED);
    }
    assertLively(0);
  }

  @Test
  void a_link_that_is_cut_although_nobody_is_known_to_have_cut_it_ends_all_judging() {
    send(A, B, B);
    lose(Reason.PARTITION);
    seconds(60);
    assertLively(0);
  }

  @Test
  void what_a_changed_message_may_have_done_is_held_against_nobody() {
    send(A, B, B);
    trace.add(new Event.Corrupted(++now, number, "what?"));
    seconds(60);
    assertLively(0);
  }

  @Test
  void a_cluster_whose_members_are_not_known_is_not_judged() {
    trace.add(Event.Requested.first(++now, CLIENT, "m", "remove", "0002", null, A, 1));
    seconds(60);
    assertLively(0);
  }

  @Test
  void calm_that_is_too_short_is_not_counted() {
    led(A);
    reign(A, List.of(B, C), 4);
    trace.add(new Event.Crashed(++now, C));
    reign(A, List.of(B), 4);
    assertLively(0);
  }
}
