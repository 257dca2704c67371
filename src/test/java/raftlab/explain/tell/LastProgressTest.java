package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.explain.tell.LastProgress.Disturbance;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** After which disturbance no request succeeded any more. */
class LastProgressTest extends ExplainTraceBuilder {
  LastProgressTest() {
    start();
    trace.add(new Event.LeaderKnown(++now, A));
    succeed(20);
  }

  private void succeed(int requests) {
    for (int i = 0; i < requests; i++) {
      Message request = ask(A, "put", "v" + i);
      trace.add(new Event.Answered(++now, CLIENT, request.mid(), Message.OK, null, A, A, false));
    }
  }

  private void fail(int requests) {
    for (int i = 0; i < requests; i++) {
      ask(B, "put", "w" + i);
    }
  }

  private void leaderChanges() {
    trace.add(new Event.LeaderKnown(++now, B));
  }

  private Optional<Disturbance> stopped() {
    return LastProgress.of(trace).map(LastProgress.Stop::disturbance);
  }

  @Test
  void nothing_succeeds_after_a_change_of_leader() {
    leaderChanges();
    fail(10);
    assertThat(stopped()).contains(Disturbance.LEADER_CHANGE);
  }

  @Test
  void the_change_may_come_while_the_first_requests_wait() {
    fail(2);
    leaderChanges();
    fail(10);
    assertThat(stopped()).contains(Disturbance.LEADER_CHANGE);
  }

  @Test
  void a_crash_and_a_restart_are_told_apart() {
    trace.add(new Event.Crashed(++now, C));
    fail(10);
    assertThat(stopped()).contains(Disturbance.CRASH);
    succeed(1);
    trace.add(new Event.Started(++now, C));
    fail(10);
    assertThat(stopped()).contains(Disturbance.RESTART);
  }

  @Test
  void a_disturbance_that_was_overcome_is_not_blamed() {
    leaderChanges();
    succeed(10);
    fail(10);
    assertThat(stopped()).isEmpty();
  }

  @Test
  void progress_that_stops_later_than_the_disturbance_is_not_blamed_on_it() {
    fail(10);
    leaderChanges();
    assertThat(stopped()).isEmpty();
  }

  @Test
  void a_run_in_which_nothing_ever_succeeded_has_no_end_of_progress() {
    assertThat(LastProgress.of(new Empty().trace())).isEmpty();
  }

  /** A run without a successful request. */
  private static final class Empty extends ExplainTraceBuilder {
    raftlab.trace.Trace trace() {
      start();
      trace.add(new Event.Crashed(++now, A));
      for (int i = 0; i < 10; i++) {
        ask(B, "put", "w" + i);
      }
      return trace;
    }
  }
}
