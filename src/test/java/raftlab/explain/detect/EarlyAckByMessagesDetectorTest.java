package raftlab.explain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import raftlab.explain.SilentTraceBuilder;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Why a leader that reports nothing acknowledges writes that no follower has acknowledged. */
class EarlyAckByMessagesDetectorTest extends SilentTraceBuilder {
  private static final int WRITES = 6;
  private long last = 3;
  private long commit;

  private Message write() {
    return ask(A, Message.PUT, "value-" + now);
  }

  /** A sends the next entry to B, which does not answer. */
  private void sendEntry() {
    append(B, 1, last + "/1", "1", commit);
    last++;
  }

  /** A tells B that all that it has sent is committed. */
  private void commitAll() {
    commit = last;
    append(B, 1, last + "/1", "", commit);
  }

  private void acknowledge(Message put) {
    ok(put);
    trace.add(
        new Event.Answered(++now, CLIENT, put.mid(), Message.OK, null, A, Id.BROADCAST, false));
  }

  private void acknowledgedAtOnce() {
    Message put = write();
    acknowledge(put);
    sendEntry();
  }

  private void acknowledgedAfterSending() {
    Message put = write();
    sendEntry();
    acknowledge(put);
  }

  /** C, which has not received the entry, sends A anything before the write is acknowledged. */
  private void acknowledgedAfterOtherMessage() {
    Message put = write();
    sendEntry();
    tell(C, A, "appendReply", "'term': 1, 'success': true, 'matchIndex': 0");
    acknowledge(put);
  }

  private void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private Optional<KnownMistake> mistake(boolean isCommitKnown) {
    Judgement judgement = Judgement.of(scenario(), trace);
    assertThat(judgement.verdicts())
        .filteredOn(verdict -> verdict.status() == Status.FAIL)
        .extracting(Verdict::check)
        .contains(CheckName.EARLY_OK);
    return DetectorRunner.byNames(trace, true, List.of())
        .earlyAcks()
        .suspicion(judgement, isCommitKnown)
        .map(Suspicion::mistake);
  }

  @Test
  void a_leader_that_acknowledges_before_it_sends_anything_does_not_wait_for_a_commit() {
    silentRun();
    repeat(WRITES, this::acknowledgedAtOnce);
    assertThat(mistake(false)).hasValue(KnownMistake.ACKS_BEFORE_COMMIT);
  }

  @Test
  void one_of_three_acknowledgements_at_once_is_enough() {
    silentRun();
    repeat(4, this::acknowledgedAfterOtherMessage);
    repeat(2, this::acknowledgedAtOnce);
    assertThat(mistake(false)).hasValue(KnownMistake.ACKS_BEFORE_COMMIT);
  }

  @Test
  void one_of_six_acknowledgements_at_once_shows_nothing() {
    silentRun();
    repeat(WRITES - 1, this::acknowledgedAfterOtherMessage);
    acknowledgedAtOnce();
    assertThat(mistake(false)).isEmpty();
  }

  @Test
  void a_leader_that_acknowledges_when_another_message_arrives_counts_what_it_has_sent() {
    silentRun();
    repeat(WRITES, this::acknowledgedAfterOtherMessage);
    assertThat(mistake(false)).hasValue(KnownMistake.MATCH_FROM_NEXT);
  }

  @Test
  void a_few_late_acknowledgements_show_nothing() {
    silentRun();
    repeat(4, this::acknowledgedAfterOtherMessage);
    assertThat(mistake(false)).isEmpty();
  }

  @Test
  void one_of_three_acknowledgements_while_the_request_is_handled_is_enough() {
    silentRun();
    repeat(4, this::acknowledgedAfterOtherMessage);
    repeat(2, this::acknowledgedAfterSending);
    assertThat(mistake(false)).hasValue(KnownMistake.ACKS_BEFORE_COMMIT);
  }

  @Test
  void a_leader_whose_commit_indexes_are_right_does_not_wait_for_a_commit() {
    silentRun();
    repeat(WRITES, this::acknowledgedAfterOtherMessage);
    assertThat(mistake(true)).hasValue(KnownMistake.ACKS_BEFORE_COMMIT);
  }

  @Test
  void a_leader_that_commits_what_it_has_sent_counts_what_it_has_sent() {
    silentRun();
    repeat(
        WRITES,
        () -> {
          acknowledgedAfterOtherMessage();
          commitAll();
        });
    assertThat(byNames()).contains("match-from-next").doesNotContain("commits-with-half");
  }

  @Test
  void a_leader_that_acknowledges_at_once_does_not_count_what_it_has_sent() {
    silentRun();
    repeat(
        WRITES,
        () -> {
          acknowledgedAtOnce();
          commitAll();
        });
    assertThat(byNames()).contains("commits-with-half").doesNotContain("match-from-next");
  }
}
