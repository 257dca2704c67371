package raftlab.judge.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Whose load it was decides: each case that makes a run unknown has one like it that doesn't. */
class MachineLoadTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final long QUARTER = 250_000;

  private final MachineLoad load = new MachineLoad();
  private long now;
  private long number;

  private void begin() {
    load.onEvent(new Event.Began(now));
  }

  /** Two processors for a number of quarters of a second; uses in percent of one. */
  private void use(int quarters, int waiting, int others, int ofA, int ofB, int ofC) {
    int all = others + ofA + ofB + ofC;
    int runnable = waiting < 60 ? 1 : 5;
    for (int i = 0; i < quarters; i++) {
      load.onEvent(
          new Event.ProcessorUse(
              now += QUARTER,
              QUARTER,
              2,
              waiting,
              all,
              0,
              runnable,
              List.of(A, B, C),
              List.of(ofA, ofB, ofC)));
    }
  }

  private void late(int millis) {
    load.onEvent(new Event.HarnessLate(now, millis * 1000L));
  }

  private void assertOverloaded(String how) {
    assertThat(load.isOverloaded()).isTrue();
    assertThat(load.overloadText()).isEqualTo(how);
  }

  private void assertJudged() {
    assertThat(load.isOverloaded()).isFalse();
  }

  @Test
  void other_processes_that_take_the_processors_make_it_unknown() {
    begin();
    use(6, 90, 190, 3, 3, 3);
    assertOverloaded("processes had to wait for a processor for 1.4 s within 5 s");
    assertThat(load.slack()).isEqualTo(1);
  }

  @Test
  void replicas_that_take_them_themselves_do_not() {
    begin();
    use(400, 100, 8, 64, 64, 63);
    assertJudged();
    assertThat(load.starvedByReplicasSeconds()).isEqualTo(100, within(0.1));
    assertThat(load.slack()).isEqualTo(2.5);
  }

  @Test
  void nothing_can_starve_for_longer_than_the_window() {
    begin();
    use(60, 100, 190, 3, 3, 3);
    assertOverloaded("processes had to wait for a processor for 5.0 s within 5 s");
  }

  @Test
  void others_that_use_a_quarter_beside_busy_replicas_make_it_unknown() {
    begin();
    use(6, 100, 52, 50, 49, 49);
    assertThat(load.isOverloaded()).isTrue();
  }

  @Test
  void others_that_use_less_beside_them_do_not() {
    begin();
    use(6, 100, 45, 52, 51, 51);
    assertJudged();
  }

  @Test
  void other_processes_that_delay_nothing_do_not() {
    begin();
    use(100, 20, 100, 3, 3, 3);
    assertJudged();
  }

  @Test
  void others_for_many_moments_far_apart_do_not() {
    begin();
    for (int i = 0; i < 20; i++) {
      use(2, 100, 190, 3, 3, 3);
      use(10, 10, 20, 3, 3, 3);
    }
    assertJudged();
    assertThat(load.starvedSeconds()).isEqualTo(10);
  }

  @Test
  void the_same_moments_close_together_make_it_unknown() {
    begin();
    for (int i = 0; i < 20; i++) {
      use(2, 100, 190, 3, 3, 3);
      use(4, 10, 20, 3, 3, 3);
    }
    assertOverloaded("processes had to wait for a processor for 2.0 s within 5 s");
  }

  @Test
  void others_for_a_moment_do_not() {
    begin();
    use(4, 95, 190, 3, 3, 3);
    assertJudged();
  }

  @Test
  void what_was_before_the_scenario_began_does_not() {
    use(40, 100, 190, 3, 3, 3);
    late(900);
    begin();
    use(40, 0, 5, 3, 3, 3);
    assertJudged();
  }

  @Test
  void a_system_that_counts_no_waiting_does_not() {
    begin();
    use(40, -1, 190, 3, 3, 3);
    assertJudged();
  }

  @Test
  void a_late_harness_makes_it_unknown() {
    begin();
    late(250);
    use(1, 20, 20, 3, 3, 3);
    assertOverloaded("the kit was late by 250 ms");
  }

  @Test
  void a_late_harness_at_the_end_makes_it_unknown() {
    begin();
    use(40, 100, 8, 64, 64, 63);
    late(250);
    assertOverloaded("the kit was late by 250 ms");
  }

  @Test
  void a_harness_that_the_replicas_made_wait_does_not() {
    begin();
    late(250);
    use(8, 100, 8, 64, 64, 63);
    assertJudged();
    assertThat(load.mostLateMillis()).isEqualTo(250);
  }

  @Test
  void but_if_they_made_it_wait_for_long_the_results_mean_nothing() {
    begin();
    late(1_100);
    use(8, 100, 8, 64, 64, 63);
    assertOverloaded("the kit was late by 1100 ms");
  }

  @Test
  void older_traces_without_the_source_of_the_load_are_judged_as_before() {
    begin();
    for (int i = 0; i < 6; i++) {
      load.onEvent(new Event.MachineBusy(now += QUARTER, QUARTER, 90));
    }
    assertThat(load.isOverloaded()).isTrue();
  }

  @Test
  void a_moment_of_their_own_load_gives_replicas_no_more_time() {
    begin();
    use(3, 100, 8, 64, 64, 63);
    use(100, 10, 8, 1, 1, 1);
    assertThat(load.slack()).isEqualTo(1);
  }

  // ---- replicas that poll ----

  private void message(Id from, Id to) {
    Message message = Message.of(from, to, A, "append", null, new com.google.gson.JsonObject());
    load.onEvent(new Event.Sent(now, ++number, from, to, message));
  }

  @Test
  void a_replica_that_uses_a_processor_while_nothing_happens_polls() {
    begin();
    use(20, 10, 5, 97, 1, 1);
    assertThat(load.busyWaiting()).containsOnlyKeys(A).containsEntry(A, 97);
    assertThat(LoadNotes.replicaLoadText(load))
        .contains("replica 0000 uses 97 % of a core while idle (it polls without waiting)");
  }

  @Test
  void several_that_share_the_processors_are_named_with_their_part() {
    begin();
    use(20, 100, 8, 64, 66, 60);
    assertThat(LoadNotes.replicaLoadText(load))
        .contains(
            "replicas 0000, 0001, 0002 use 60 to 66 % of a core each while idle (they poll"
                + " without waiting); since they have to wait for each other, bounds on time are 2.5"
                + " times as long");
  }

  /** Others leave it little, and it takes what it can get. */
  @Test
  void one_that_polls_on_a_machine_full_of_others_is_found_too() {
    begin();
    use(20, 100, 157, 41, 1, 1);
    assertThat(load.busyWaiting()).containsOnlyKeys(A);
  }

  @Test
  void one_that_now_and_then_does_something_there_is_not() {
    begin();
    use(20, 100, 184, 14, 1, 1);
    assertThat(load.busyWaiting()).isEmpty();
  }

  @Test
  void one_that_has_much_to_do_does_not_poll() {
    begin();
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 50; j++) {
        message(B, A);
      }
      use(1, 10, 5, 97, 1, 1);
    }
    assertThat(load.busyWaiting()).isEmpty();
  }

  @Test
  void one_that_has_just_started_does_not_poll() {
    begin();
    use(7, 10, 5, 97, 97, 97);
    use(20, 10, 5, 2, 2, 2);
    assertThat(load.busyWaiting()).isEmpty();
    assertThat(LoadNotes.replicaLoadText(load)).isEmpty();
  }
}
