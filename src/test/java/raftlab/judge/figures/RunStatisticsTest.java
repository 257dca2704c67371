package raftlab.judge.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.judge.JudgementTraceBuilder;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Message;

/** The figures of a run. */
class RunStatisticsTest extends JudgementTraceBuilder {
  @Test
  void a_mismatch_is_a_request_done_and_no_redirect() {
    add(new Event.Began(now));
    answer(ask(Message.CAS, "k", "new"), Message.MISMATCH, "other");
    RunStatistics figures = judge(EndReason.COMPLETE).statistics();
    assertThat(figures.redirects()).isZero();
    assertThat(figures.okPuts()).isEqualTo(1);
    assertThat(figures.medianDoneSeconds()).hasValue(0.001);
  }

  @Test
  void a_second_answer_after_a_mismatch_is_a_duplicate() {
    add(new Event.Began(now));
    String cas = ask(Message.CAS, "k", "new");
    answer(cas, Message.MISMATCH, "other");
    add(
        new Event.Answered(
            now += 1000, CLIENT, cas, Message.MISMATCH, "other", LEADER, LEADER, true));
    assertThat(judge(EndReason.COMPLETE).statistics().duplicates()).isEqualTo(1);
  }

  @Test
  void many_mismatches_make_no_remark_about_redirects() {
    goodRun();
    for (int i = 0; i < 100; i++) {
      answer(ask(Message.CAS, "k1", "new"), Message.MISMATCH, "v1");
    }
    assertThat(judge(EndReason.COMPLETE).remarks())
        .noneMatch(remark -> remark.contains("redirects and fails"));
  }

  @Test
  void an_answer_of_an_unknown_type_is_not_counted_as_a_redirect() {
    add(new Event.Began(now));
    answer(ask(Message.PUT, "k", "v"), "perhaps", null);
    RunStatistics figures = judge(EndReason.COMPLETE).statistics();
    assertThat(figures.redirects()).isZero();
    assertThat(figures.unansweredPuts()).isEqualTo(1);
  }
}
