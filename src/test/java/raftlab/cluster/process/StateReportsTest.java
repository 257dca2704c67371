package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.RecordingObserver;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.wire.Id;

class StateReportsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  @TempDir private Path folder;
  private final RecordingObserver observer = new RecordingObserver();

  private Path written(String name, long... indexes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (long index : indexes) {
      lines.append("{\"change\":\"Committed\",\"index\":").append(index).append("}\n");
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  @Test
  void a_poll_passes_on_what_all_replicas_have_reported() throws IOException {
    StateReports reports = new StateReports(observer);
    assertThat(reports.nextPollMicros()).isEqualTo(Long.MAX_VALUE);
    reports.replicaStarted(A, written("a", 1));
    reports.replicaStarted(B, written("b", 2));
    reports.poll(reports.nextPollMicros());
    assertThat(observer.lines())
        .containsExactly("0000 " + new Committed(1), "0001 " + new Committed(2));
    reports.close();
  }

  @Test
  void polls_get_rare_while_nothing_happens_and_frequent_again_when_something_does()
      throws IOException {
    StateReports reports = new StateReports(observer);
    Path file = written("a");
    reports.replicaStarted(A, file);
    long now = 0;
    for (int i = 0; i < 20; i++) {
      reports.poll(now);
      assertThat(reports.nextPollMicros() - now).isBetween(5_000L, 80_000L);
      now = i == 19 ? now : reports.nextPollMicros();
    }
    assertThat(reports.nextPollMicros() - now).isEqualTo(80_000);
    written("a", 1);
    now = reports.nextPollMicros();
    reports.poll(now);
    assertThat(reports.nextPollMicros() - now).isEqualTo(5_000);
    reports.close();
  }

  @Test
  void the_rest_is_passed_on_when_a_replica_exits_and_nothing_after_that() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, written("a", 1, 2));
    reports.replicaEnded(A);
    assertThat(observer.changes()).containsExactly(new Committed(1), new Committed(2));
    written("a", 1, 2, 3);
    reports.datagramArrived(A);
    reports.replicaEnded(A);
    assertThat(observer.changes()).hasSize(2);
  }

  /** Written changes, each with how many datagrams were sent before it. */
  private Path numbered(long... sentBefore) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < sentBefore.length; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"change\":\"Committed\",\"index\":%d,\"sent\":%d}%n",
              i + 1,
              sentBefore[i]));
    }
    return Files.writeString(folder.resolve("numbered"), lines);
  }

  @Test
  void a_change_waits_for_the_datagrams_that_were_sent_before_it() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, numbered(0, 1, 1, 3));
    reports.datagramArrived(A); // the first
    assertThat(observer.changes()).containsExactly(new Committed(1));
    reports.datagramForwarded(A);
    assertThat(observer.changes()).hasSize(3);
    reports.datagramArrived(A);
    reports.datagramForwarded(A);
    assertThat(observer.changes()).hasSize(3);
    reports.datagramArrived(A);
    assertThat(observer.changes()).hasSize(3);
    reports.datagramForwarded(A);
    assertThat(observer.changes())
        .containsExactly(new Committed(1), new Committed(2), new Committed(3), new Committed(4));
    reports.close();
  }

  /** Polls at its own intervals for the given time; returns the time of the end. */
  private static long poll(StateReports reports, long fromMicros, long micros) {
    long now = fromMicros;
    while (now < fromMicros + micros) {
      reports.poll(now);
      now = Math.max(now + 1, reports.nextPollMicros());
    }
    return now;
  }

  @Test
  void a_change_does_not_wait_for_ever_for_a_datagram_that_never_comes() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, numbered(7, 9));
    long now = poll(reports, 0, 100_000);
    assertThat(observer.changes()).isEmpty();
    poll(reports, now, 400_000);
    assertThat(observer.changes()).containsExactly(new Committed(1), new Committed(2));
    reports.close();
  }

  @Test
  void after_a_lost_datagram_changes_are_passed_on_in_order_again() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, numbered(2));
    reports.datagramArrived(A);
    reports.datagramForwarded(A);
    poll(reports, 0, 500_000); // the second datagram was lost
    assertThat(observer.changes()).containsExactly(new Committed(1));
    numbered(2, 2, 3);
    reports.datagramArrived(A);
    assertThat(observer.changes()).containsExactly(new Committed(1), new Committed(2));
    reports.datagramForwarded(A);
    assertThat(observer.changes()).hasSize(3);
    reports.close();
  }

  @Test
  void what_the_system_dropped_is_not_waited_for() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, numbered(3, 5));
    reports.datagramArrived(A);
    reports.datagramForwarded(A);
    assertThat(observer.changes()).isEmpty();
    reports.datagramsLost(A, 2);
    assertThat(observer.changes()).containsExactly(new Committed(1));
    reports.close();
  }

  @Test
  void wrong_datagram_counts_of_a_replica_are_ignored() throws IOException {
    StateReports reports = new StateReports(observer);
    long now = 0;
    long[] numbers = new long[100];
    for (int i = 0; i < 3; i++) {
      numbers[i] = 1000 * (i + 1);
    }
    reports.replicaStarted(A, numbered(numbers[0]));
    for (int i = 1; i < 4; i++) {
      now = poll(reports, now, 500_000);
      assertThat(observer.changes()).hasSize(i);
      numbered(java.util.Arrays.copyOf(numbers, i + 1));
    }
    for (int i = 3; i < 100; i++) {
      numbers[i] = 1000 * (i + 1);
    }
    numbered(numbers);
    reports.datagramArrived(A);
    assertThat(observer.changes()).hasSize(100);
    reports.close();
  }

  @Test
  void pending_changes_are_passed_on_when_the_replica_exits() throws IOException {
    StateReports reports = new StateReports(observer);
    reports.replicaStarted(A, numbered(7, 9));
    reports.datagramArrived(A);
    reports.replicaEnded(A);
    assertThat(observer.changes()).containsExactly(new Committed(1), new Committed(2));
  }

  /** Crashes both replicas at each notification. */
  private static final class CrashingObserver extends RecordingObserver {
    private StateReports reports;

    @Override
    public void reported(Id replica, StateChange change) {
      super.reported(replica, change);
      reports.replicaEnded(A);
      reports.replicaEnded(B);
    }
  }

  @Test
  void observers_may_crash_replicas_and_the_order_stays() throws IOException {
    CrashingObserver cruel = new CrashingObserver();
    StateReports reports = new StateReports(cruel);
    cruel.reports = reports;
    reports.replicaStarted(A, written("a", 1, 2, 3));
    reports.replicaStarted(B, written("b", 4));
    reports.poll(0);
    assertThat(cruel.changes())
        .containsExactly(new Committed(1), new Committed(2), new Committed(3), new Committed(4));
    assertThat(reports.nextPollMicros()).isEqualTo(Long.MAX_VALUE);
  }
}
