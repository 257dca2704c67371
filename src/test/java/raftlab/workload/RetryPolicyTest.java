package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RetryPolicy.Next;
import raftlab.workload.RetryPolicy.Outcome;
import raftlab.workload.RetryPolicy.Target;

class RetryPolicyTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Next AFTER_PAUSE = new Next(Target.BEST_KNOWN, 100_000);

  @Test
  void an_answer_has_one_outcome() {
    assertThat(Outcome.of(Message.OK, A, A, true)).isEqualTo(Outcome.SETTLED);
    assertThat(Outcome.of(Message.MISMATCH, A, A, true)).isEqualTo(Outcome.SETTLED);
    assertThat(Outcome.of(Message.FAIL, A, B, true)).isEqualTo(Outcome.FAILED);
    assertThat(Outcome.of(Message.REDIRECT, B, A, true)).isEqualTo(Outcome.REDIRECTED);
    assertThat(Outcome.of(Message.REDIRECT, A, A, true)).isEqualTo(Outcome.REDIRECTED_NOWHERE);
    assertThat(Outcome.of(Message.REDIRECT, B, A, false)).isEqualTo(Outcome.REDIRECTED_NOWHERE);
  }

  @Test
  void a_pausing_client_follows_three_redirects_at_once() {
    RetryPolicy.Attempts attempts = RetryPolicy.pausing(Target.ANOTHER).begin();
    for (int i = 0; i < 3; i++) {
      assertThat(attempts.after(Outcome.REDIRECTED)).isEqualTo(new Next(Target.NAMED_LEADER, 0));
    }
    assertThat(attempts.after(Outcome.REDIRECTED))
        .isEqualTo(new Next(Target.NAMED_LEADER, 100_000));
  }

  @Test
  void a_pausing_client_waits_after_a_fail_or_a_redirect_to_no_other_replica() {
    RetryPolicy.Attempts attempts = RetryPolicy.pausing(Target.ANOTHER).begin();
    assertThat(attempts.after(Outcome.FAILED)).isEqualTo(AFTER_PAUSE);
    assertThat(attempts.after(Outcome.REDIRECTED_NOWHERE)).isEqualTo(AFTER_PAUSE);
    assertThat(attempts.fails()).isEqualTo(1);
    assertThat(attempts.redirects()).isEqualTo(1);
  }

  @Test
  void after_silence_a_request_is_sent_at_once() {
    assertThat(RetryPolicy.pausing(Target.BEST_KNOWN).begin().after(Outcome.SILENT))
        .isEqualTo(new Next(Target.BEST_KNOWN, 0));
    assertThat(RetryPolicy.eager().begin().after(Outcome.SILENT))
        .isEqualTo(new Next(Target.ANOTHER, 0));
  }

  @Test
  void an_eager_client_waits_twice_as_long_each_time_after_twenty_tries() {
    RetryPolicy.Attempts attempts = RetryPolicy.eager().begin();
    for (int i = 0; i < 20; i++) {
      assertThat(attempts.after(i % 2 == 0 ? Outcome.REDIRECTED : Outcome.FAILED))
          .isEqualTo(new Next(Target.BEST_KNOWN, 0));
    }
    for (long wait = 1_000; wait < 64_000; wait *= 2) {
      assertThat(attempts.after(Outcome.FAILED)).isEqualTo(new Next(Target.BEST_KNOWN, wait));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(attempts.after(Outcome.REDIRECTED).afterMicros()).isEqualTo(64_000);
    }
  }

  @Test
  void nothing_follows_a_settled_request() {
    assertThatThrownBy(() -> RetryPolicy.eager().begin().after(Outcome.SETTLED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
