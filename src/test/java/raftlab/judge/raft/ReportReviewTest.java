package raftlab.judge.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import raftlab.judge.invariant.Invariant;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What a review does with runs in which nothing is wrong, and with reports of any kind. */
class ReportReviewTest extends StateReportTraceBuilder {
  private static StateChange anything(java.util.Random random) {
    long index = random.nextInt(9) - 1;
    long term = random.nextInt(5) - 1;
    Id id = Id.of(random.nextInt(3));
    return switch (random.nextInt(9)) {
      case 0 -> new TermChanged(term);
      case 1 -> new Voted(term, id);
      case 2 -> new RoleChanged(Role.values()[random.nextInt(4)], term, id);
      case 3 -> new Truncated(index);
      case 4 -> new Committed(index);
      case 5 -> new Applied(index, term);
      case 6 -> new SnapshotInstalled(index, term, index + random.nextInt(3) - 1);
      case 7 -> new Restored(term, id, index, index + random.nextInt(3), term);
      default -> new Appended(index, term, "c" + random.nextInt(3));
    };
  }

  @ParameterizedTest
  @EnumSource
  void a_good_run_breaks_no_property(Invariant property) {
    goodRun();
    assertThat(review().first(property)).isNull();
    assertThat(review().isAnythingReported()).isTrue();
  }

  @Test
  void a_replica_that_reports_nothing_is_not_judged() {
    start(A, B, C);
    send(A);
    assertThat(review().isAnythingReported()).isFalse();
  }

  @Test
  void reports_that_make_no_sense_are_passed_over_with_a_remark() {
    goodRun();
    say(C, new TermChanged(-1), new Voted(-1, A), leader(-7));
    say(C, entry(0, 1, "x"), entry(Long.MAX_VALUE, 1, "x"), entry(1, -1, "x"));
    say(C, new Truncated(-5), new Truncated(9), new Committed(-3), new Applied(0, 1));
    say(C, new Committed(Long.MAX_VALUE), new Applied(Long.MAX_VALUE, 1));
    say(C, new SnapshotInstalled(-4, -4, -9), new SnapshotInstalled(8, 1, 3));
    say(C, new Restored(-1, A, -2, -3, -4), new Restored(1, A, 9, Long.MAX_VALUE, 1));
    ReportFindings findings = review();
    assertThat(findings.all()).isEmpty();
    assertThat(findings.remarks())
        .hasSize(5)
        .anyMatch(remark -> remark.contains("replica 0002") && remark.contains("term -1"));
  }

  @Test
  void a_snapshot_that_reaches_beyond_all_logs_is_passed_over() {
    goodRun();
    say(C, new SnapshotInstalled(Long.MAX_VALUE, 1, Long.MAX_VALUE));
    say(C, entry(1, 1, "x"), new Committed(1));
    assertThat(review().remarks())
        .anyMatch(remark -> remark.contains("snapshot up to entry 9223372036854775807"));
  }

  @Test
  void ever_new_entries_at_one_index_are_compared_in_a_bounded_time() {
    for (int term = 1; term <= 100_000; term++) {
      say(A, entry(1, term, "x"));
    }
    assertTimeout(Duration.ofSeconds(20), this::review);
  }

  @Test
  void any_reports_in_any_order_are_taken_without_an_error() {
    for (int seed = 0; seed < 300; seed++) {
      Trace nonsense = new Trace(trace.header());
      java.util.Random random = new java.util.Random(seed);
      List<Id> ids = new ArrayList<>(List.of(A, B, C, Id.of(300)));
      for (int i = 0; i < 200; i++) {
        Id id = ids.get(random.nextInt(ids.size()));
        nonsense.add(
            random.nextInt(20) == 0
                ? new Event.Started(i, id)
                : new Event.Reported(i, id, anything(random)));
        if (random.nextInt(3) == 0) {
          Message word = Message.of(id, A, A, "word", null, new JsonObject());
          nonsense.add(new Event.Sent(i, i, id, A, word));
        }
      }
      assertThat(ReportReview.of(nonsense, true).isAnythingReported()).isTrue();
    }
  }
}
