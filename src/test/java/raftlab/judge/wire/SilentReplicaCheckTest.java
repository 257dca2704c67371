package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;

class SilentReplicaCheckTest extends WireTraceBuilder {
  private static final String REMARK =
      "replica 0003 was up, and sent no message in the last 5.0 s of the run";

  @BeforeEach
  void all_are_up() {
    for (var replica : List.of(A, B, C, D, E)) {
      trace.add(new Event.Started(now, replica));
    }
  }

  /** All but D send messages for five seconds. */
  private List<String> remarksAtTheEnd() {
    for (long until = now + 5_000_000; now < until; now += 100_000) {
      for (var replica : List.of(A, B, C, E)) {
        sendAndDeliver(replica, D);
      }
    }
    trace.add(new Event.Ended(now, EndReason.COMPLETE));
    return review().remarks();
  }

  @Test
  void a_replica_that_stops_sending_is_remarked_on() {
    sendAndDeliver(D, A);
    assertThat(remarksAtTheEnd()).containsExactly(REMARK);
  }

  @Test
  void crashed_and_paused_replicas_may_be_silent() {
    trace.add(new Event.Crashed(now, D));
    assertThat(remarksAtTheEnd()).isEmpty();
    trace.add(new Event.Started(now, D));
    trace.add(new Event.Paused(now, D));
    assertThat(remarksAtTheEnd()).isEmpty();
  }

  @Test
  void silence_counts_from_when_a_paused_replica_resumes() {
    trace.add(new Event.Paused(now, D));
    trace.add(new Event.Resumed(now + 4_000_000, D));
    assertThat(remarksAtTheEnd()).isEmpty();
  }

  @Test
  void no_replica_is_remarked_on_where_all_are_silent() {
    sendAndDeliver(D, A);
    trace.add(new Event.Ended(now + 60_000_000, EndReason.COMPLETE));
    assertThat(review().remarks()).isEmpty();
  }
}
