package raftlab.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.RecordingObserver;
import raftlab.node.StateChange.TermChanged;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Replicas that are paused, have another clock speed, or crash in the middle of a step. */
class SimFaultsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  private final RecordingObserver observer = new RecordingObserver();
  private Cluster cluster = open(1, observer);

  private static Cluster open(long seed, Cluster.Observer observer) {
    Cluster cluster = new SimWorld(ReportingNode::new).open(List.of(A, B), seed, true, observer);
    cluster.start(A);
    return cluster;
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void deliver(String type) {
    cluster.deliver(A, ReportingNode.message(type));
    play(1);
  }

  private void play(long millis) {
    long until = cluster.nowMicros() + millis * 1000;
    while (cluster.nowMicros() < until) {
      cluster.advance(until);
    }
  }

  private List<String> sent() {
    return observer.lines().stream().filter(line -> line.contains(" sent ")).toList();
  }

  /** What its clock showed when it last acted. */
  private long clock() {
    return ((TermChanged) observer.changes().get(observer.changes().size() - 1)).term();
  }

  // ---- pauses ----

  @Test
  void a_paused_replica_does_nothing_and_then_all_that_waited_in_order_of_time() {
    deliver("in 5");
    deliver("in 15");
    cluster.pause(A);
    deliver("before");
    play(10);
    deliver("between");
    play(10);
    deliver("after");
    assertThat(sent()).isEmpty();
    long stopped = cluster.nowMicros();
    cluster.resume(A);
    deliver("new");
    assertThat(sent())
        .containsExactly(
            "0000 sent before",
            "0000 sent 5",
            "0000 sent between",
            "0000 sent 15",
            "0000 sent after",
            "0000 sent new");
    assertThat(((TermChanged) observer.changes().get(3)).term()).isEqualTo(stopped / 1000);
  }

  @Test
  void what_does_not_fit_into_the_buffer_of_a_paused_replica_is_lost() {
    cluster.pause(A);
    for (int i = 0; i < 400; i++) {
      deliver("m" + i);
    }
    cluster.resume(A);
    play(1);
    assertThat(sent()).hasSize(PausedInbox.MAX_MESSAGES).endsWith("0000 sent m299");
  }

  @Test
  void a_replica_that_is_crashed_while_it_is_paused_comes_back_without_what_waited() {
    deliver("in 5");
    cluster.pause(A);
    deliver("x");
    play(10);
    cluster.crash(A);
    cluster.start(A);
    deliver("y");
    assertThat(sent()).containsExactly("0000 sent y");
  }

  @Test
  void what_waited_is_not_delivered_after_a_later_restart_either() {
    cluster.pause(A);
    deliver("x");
    cluster.resume(A);
    cluster.crash(A);
    cluster.start(A);
    play(1);
    assertThat(sent()).isEmpty();
  }

  @Test
  void a_replica_may_be_paused_again_while_it_does_what_waited() {
    cluster.close();
    cluster =
        open(
            1,
            new RecordingObserver() {
              @Override
              public void received(Id from, Message message) {
                observer.received(from, message);
                cluster.pause(from);
              }
            });
    cluster.pause(A);
    deliver("x");
    deliver("y");
    cluster.resume(A);
    play(1);
    assertThat(sent()).containsExactly("0000 sent x");
    cluster.resume(A);
    play(1);
    assertThat(sent()).containsExactly("0000 sent x", "0000 sent y");
  }

  // ---- clocks ----

  @Test
  void a_fast_clock_shows_more_time_and_a_slow_one_less_and_neither_jumps() {
    play(999);
    deliver("x");
    assertThat(clock()).isBetween(999L, 1000L);
    cluster.setClockRate(A, 2);
    deliver("x");
    assertThat(clock()).isBetween(1000L, 1002L);
    play(998);
    deliver("x");
    assertThat(clock()).isBetween(2996L, 3000L);
    cluster.setClockRate(A, 0.5);
    play(999);
    deliver("x");
    assertThat(clock()).isBetween(3495L, 3501L);
  }

  @Test
  void timers_go_with_the_clock_those_that_are_set_already_too() {
    deliver("in 100");
    play(49);
    cluster.setClockRate(A, 0.5);
    deliver("in 20");
    play(35);
    assertThat(sent()).isEmpty();
    play(10);
    assertThat(sent()).containsExactly("0000 sent 20");
    cluster.setClockRate(A, 2);
    play(10);
    assertThat(sent()).hasSize(1);
    play(10);
    assertThat(sent()).containsExactly("0000 sent 20", "0000 sent 100");
    assertThat(clock()).isBetween(100L, 101L);
  }

  @Test
  void a_clock_keeps_within_bounds() {
    assertThatThrownBy(() -> cluster.setClockRate(A, 2.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a clock runs at 0.5 to 2 times the speed, not 2.1");
    assertThatThrownBy(() -> cluster.setClockRate(A, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- crashes in a step ----

  @Test
  void a_crash_midway_comes_before_the_sync_before_the_messages_or_between_them() {
    Set<String> fates = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      cluster.close();
      observer.clear();
      cluster = open(seed, observer);
      cluster.crashDuringNextStep(A);
      assertThat(observer.lines()).hasSize(2);
      deliver("three");
      deliver("x");
      assertThat(observer.lines()).endsWith("0000 crashed midway").doesNotContain("0000 sent x");
      int sent = sent().size();
      cluster.start(A);
      fates.add("kept " + clock() + ", sent " + sent);
    }
    assertThat(fates)
        .containsExactly(
            "kept 0, sent 0",
            "kept 1, sent 0",
            "kept 2, sent 0",
            "kept 2, sent 1",
            "kept 2, sent 2");
  }

  @Test
  void a_pending_crash_midway_is_discarded_at_a_restart() {
    cluster.crashDuringNextStep(A);
    cluster.crash(A);
    cluster.crashDuringNextStep(A);
    cluster.start(A);
    deliver("x");
    assertThat(observer.lines()).endsWith("0000 sent x");
  }

  @Test
  void a_replica_that_is_crashed_at_its_first_message_sends_no_further_one() {
    cluster.close();
    observer.clear();
    cluster = open(1, crashing(false));
    deliver("three");
    assertThat(sent()).containsExactly("0000 sent 1 of 3");
    cluster.start(A);
    // What it had synced before is there.
    assertThat(clock()).isEqualTo(2);
  }

  @Test
  void not_even_if_it_is_started_again_at_once() {
    cluster.close();
    observer.clear();
    cluster = open(1, crashing(true));
    deliver("three");
    assertThat(sent()).containsExactly("0000 sent 1 of 3");
    deliver("x");
    assertThat(sent()).containsExactly("0000 sent 1 of 3", "0000 sent x");
  }

  /** Crashes the sender of {@code 1 of 3}, and perhaps starts it again at once. */
  private RecordingObserver crashing(boolean restarts) {
    return new RecordingObserver() {
      @Override
      public void received(Id from, Message message) {
        observer.received(from, message);
        if (message.type().equals("1 of 3")) {
          cluster.crash(from);
          if (restarts) {
            cluster.start(from);
          }
        }
      }

      @Override
      public void reported(Id replica, raftlab.node.StateChange change) {
        observer.reported(replica, change);
      }
    };
  }

  @Test
  void a_replica_that_is_crashed_as_soon_as_it_is_ready_never_acts() {
    cluster.close();
    cluster =
        open(
            1,
            new RecordingObserver() {
              @Override
              public void ready(Id replica) {
                if (cluster != null && replica.equals(B)) {
                  cluster.crash(replica);
                }
              }

              @Override
              public void reported(Id replica, raftlab.node.StateChange change) {
                observer.reported(replica, change);
              }
            });
    observer.clear();
    cluster.start(B);
    play(1);
    assertThat(observer.lines()).isEmpty();
  }
}
