package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.KnownMistake;

/** A follower acknowledges no entry beyond those that messages brought it (§5.3). */
class AcknowledgementRuleTest extends ProtocolTraceBuilder {
  /** A's next entries; they don't reach C. */
  private void appendInVain(int count) {
    pause();
    String fields =
        "'term': 1, 'prevLogIndex': %d, 'prevLogTerm': 1, 'entries': [%s], 'leaderCommit': %d";
    String entries =
        String.join(", ", java.util.Collections.nCopies(count, entry(1, "value-of-old-request")));
    sendOnly(A, A, C, "append", format(fields, end(), entries, commit()));
  }

  private void learnedRunLedByA() {
    start();
    elect(A, 1);
    for (int i = 0; i < 12; i++) {
      write(A, 1);
    }
    heartbeat(A, 1);
    refuse(C, 2);
    elect(A, 3);
  }

  @Test
  void an_acknowledgement_of_an_entry_that_was_never_received_fails() {
    learnedRunLedByA();
    appendInVain(1);
    acknowledge(A, C, 1, end() + 1);
    assertThat(found()).containsExactly(KnownMistake.CLAIMS_UNVERIFIED);
    assertThat(evidence()).containsExactly(latest);
  }

  @Test
  void an_acknowledgement_of_what_was_received_passes() {
    learnedRunLedByA();
    assertThat(found()).isEmpty();
  }

  @Test
  void a_former_leader_has_the_entries_that_it_sent() {
    ledByB();
    request(A, 4);
    reply(C, A, 4, true);
    pause();
    appendTo(A, B, 4, 6, List.of());
    acknowledge(A, B, 4, end());
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_the_terms_are_not_proved() {
    learnedRunLedByA();
    appendInVain(1);
    acknowledge(A, C, 1, end() + 1);
    leadOtherTerms();
    assertThat(found()).isEmpty();
  }

  @Test
  void entries_in_a_snapshot_may_be_acknowledged() {
    learnedRunLedByA();
    appendInVain(1);
    for (int i = 0; i < 3; i++) {
      pause();
      say(A, A, C, "snapshot", format("'term': 3, 'data': '%s'", "x".repeat(50)));
    }
    acknowledge(A, C, 3, end() + 1);
    assertThat(found()).isEmpty();
  }

  @Test
  void nothing_is_found_if_most_acknowledgements_go_too_far() {
    learnedRunLedByA();
    for (int i = 0; i < 10; i++) {
      appendInVain(1);
      acknowledge(A, C, 1, end() + 1);
    }
    assertThat(found()).isEmpty();
  }
}
