package raftlab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.PerformanceTier;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.scenario.PerformanceMetric;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.Disk;
import raftlab.wire.Id;

/** Each judge sees a run that it must fail, and a run like it that it must let pass. */
class JudgementTest extends JudgementTraceBuilder {
  private Event disk(Id replica, Disk state, boolean mayEnd) {
    return new Event.Effect(now, new FaultEffect.DiskChanged(replica, state, "", mayEnd));
  }

  @Test
  void a_good_run_passes() {
    goodRun();
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.reason()).isEmpty();
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(judgement.verdicts()).allMatch(v -> v.status() == Status.PASS);
  }

  @Test
  void a_replica_that_exits_fails_the_run_with_its_last_output() {
    goodRun();
    add(new Event.Exited(now, Id.of(2), 139, List.of("one", "Segmentation fault")));
    assertFails(
        "died",
        "replica 0002 exited with exit code 139; its last output: one ⏎ Segmentation fault");
  }

  @Test
  void a_replica_that_the_kit_killed_is_no_failure() {
    goodRun();
    add(new Event.Crashed(now, Id.of(2)));
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_replica_may_end_while_its_disk_is_damaged_or_full() {
    goodRun();
    add(disk(Id.of(2), Disk.FULL, true));
    add(new Event.Exited(now, Id.of(2), 1, List.of()));
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_replica_that_ends_when_its_disk_is_sound_again_or_another_is_full_fails() {
    goodRun();
    add(disk(Id.of(1), Disk.FULL, true));
    add(disk(Id.of(2), Disk.FULL, true));
    add(disk(Id.of(2), Disk.SOUND, false));
    add(new Event.Exited(now, Id.of(2), 1, List.of()));
    assertFails("died", "replica 0002 exited with exit code 1");
  }

  @Test
  void a_replica_that_never_says_hello_fails() {
    add(new Event.NeverReady(now, Id.of(1), 20_000));
    Judgement judgement = judge(EndReason.NOT_STARTED);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).isEqualTo("died: replica 0001 did not send hello within 20 s");
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
  void a_packet_storm_fails() {
    goodRun();
    Judgement judgement = judge(EndReason.PACKET_STORM);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith("packet_storm: a packet storm ended the run");
  }

  @Test
  void a_fault_that_could_never_be_played_fails() {
    goodRun();
    add(new Event.FaultHeld(now, "kill_leader", "no leader was known until the end", true));
    assertFails("faults_played", "kill_leader was not executed");
  }

  @Test
  void a_fault_that_only_had_to_wait_is_a_remark() {
    goodRun();
    add(new Event.FaultHeld(now, "kill_leader", "no leader was known", false));
    Judgement judgement = judge(EndReason.COMPLETE);
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
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.wasOverloaded()).isTrue();
    assertThat(judgement.reason()).contains("the kit was late by 900 ms");
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
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.wasOverloaded()).isTrue();
    assertThat(judgement.reason()).contains("processes had to wait for a processor for 1.4 s");
  }

  @Test
  void a_machine_that_is_busy_for_a_moment_excuses_nothing() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    add(new Event.MachineBusy(now += 250_000, 250_000, 90));
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.FAIL);
  }

  /**
   * For two seconds all tasks wait, and processes other than the three replicas use the given part
   * of 2 processors.
   */
  private void processors(int others) {
    List<Integer> used = java.util.Collections.nCopies(3, (200 - others) / 3);
    for (int i = 0; i < 8; i++) {
      now += 250_000;
      add(new Event.ProcessorUse(now, 250_000, 2, 100, 200, 5, 5, REPLICAS, used));
    }
  }

  @Test
  void what_other_processes_could_have_caused_is_unknown() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    processors(190);
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.UNKNOWN);
    assertThat(judgement.wasOverloaded()).isTrue();
  }

  @Test
  void what_only_the_replicas_themselves_could_have_caused_fails() {
    goodRun();
    for (int i = 0; i < 21; i++) {
      ask("put", "k1", "x");
    }
    processors(8);
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.wasOverloaded()).isFalse();
    assertThat(judgement.remarks())
        .contains(
            "the replicas kept all processors busy themselves for 2.0 s; since they have to wait for"
                + " each other, bounds on time are 2.5 times as long");
  }

  @Test
  void no_load_excuses_a_wrong_answer() {
    goodRun();
    get("k1", "wrong");
    add(new Event.HarnessLate(now, 900_000));
    processors(190);
    assertThat(judge(EndReason.COMPLETE).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void an_interrupted_run_is_unknown_and_not_a_pass() {
    goodRun();
    assertThat(judge(EndReason.INTERRUPTED).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void tiers_are_strictly_below_their_bounds() {
    raftlab.scenario.CourseThresholds.TierBounds bounds =
        new raftlab.scenario.CourseThresholds.TierBounds(0, 2, 5);
    assertThat(PerformanceTier.of(0, bounds)).isEqualTo(PerformanceTier.FULL);
    assertThat(PerformanceTier.of(1.9, bounds)).isEqualTo(PerformanceTier.FULL);
    assertThat(PerformanceTier.of(2, bounds)).isEqualTo(PerformanceTier.PARTIAL);
    assertThat(PerformanceTier.of(5, bounds)).isEqualTo(PerformanceTier.NONE);
    assertThat(PerformanceTier.of(-1, bounds)).isEqualTo(PerformanceTier.BONUS);
    assertThat(PerformanceMetric.values()).hasSize(4);
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
    assertThat(judge(EndReason.COMPLETE).statistics().failoversMillis()).containsExactly(254.0);
  }

  @Test
  void what_the_operator_asks_is_neither_counted_nor_missed() {
    goodRun();
    Id operator = Id.of(0x1B);
    add(Event.Requested.first(now, operator, "o1", "add", "0003", null, LEADER, 1));
    add(new Event.Answered(now, operator, "o1", "fail", null, LEADER, LEADER, false));
    add(new Event.Requested(now, operator, "o2", "add", "0003", null, null, LEADER, 1, 0, true));
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(judgement.statistics().failures()).isZero();
    assertThat(judgement.statistics().puts()).isEqualTo(20);
  }

  private void report(StateChange... changes) {
    for (StateChange change : changes) {
      add(new Event.Reported(now, LEADER, change));
    }
  }

  @Test
  void what_needs_reports_that_are_missing_is_not_said_to_be_checked() {
    goodRun();
    report(new TermChanged(1), new Appended(1, 1, "a"), new Committed(1));
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.verdicts())
        .extracting(Verdict::check)
        .contains(CheckName.LOG_MATCHING, CheckName.STATE_MACHINE_SAFETY)
        .doesNotContain(
            CheckName.LEADER_COMPLETENESS, CheckName.ELECTION_SAFETY, CheckName.ONE_VOTE);
    assertThat(judgement.remarks())
        .anyMatch(
            remark ->
                remark.contains("no replica reported RoleChanged")
                    && remark.contains("leader_completeness"));
  }

  @Test
  void one_report_of_a_role_is_enough_to_check_leaders() {
    goodRun();
    report(new TermChanged(1), new RoleChanged(Role.LEADER, 1, LEADER));
    Judgement judgement = judge(EndReason.COMPLETE);
    assertThat(judgement.verdicts())
        .extracting(Verdict::check)
        .contains(CheckName.LEADER_COMPLETENESS)
        .doesNotContain(CheckName.ONE_VOTE);
  }
}
