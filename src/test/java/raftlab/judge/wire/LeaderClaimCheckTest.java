package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Who claims to lead, and in which term. */
class LeaderClaimCheckTest extends WireTraceBuilder {
  private void claim(Id replica, Object term) {
    JsonObject fields = new JsonObject();
    if (term instanceof Number number) {
      fields.addProperty("term", number);
    } else {
      fields.addProperty("term", String.valueOf(term));
    }
    deliver(send(replica, E, replica, fields));
  }

  private void leadAndServe(Id replica, Object term) {
    claim(replica, term);
    exchangeQuietly(replica);
    answer(replica, ask(replica, "get", null), "ok");
    claim(replica, term);
  }

  private void exchangeQuietly(Id replica) {
    for (Id other : List.of(C, D)) {
      deliver(send(other, replica, Id.BROADCAST, new JsonObject()));
    }
  }

  @Test
  void two_that_serve_clients_as_leaders_of_one_term_are_caught() {
    leadAndServe(A, 4);
    leadAndServe(B, 4);
    assertViolated(
        Invariant.ONE_LEADER, "replicas 0000 and 0001 both sent messages as leader of term 4");
  }

  @Test
  void leaders_of_different_terms_or_of_none_that_can_be_read_are_no_breach() {
    leadAndServe(A, 4);
    leadAndServe(B, 5);
    leadAndServe(A, 6.5);
    leadAndServe(B, 6.5);
    leadAndServe(A, "seven");
    leadAndServe(B, "seven");
    assertNothingWrong();
  }

  @Test
  void candidates_that_already_name_themselves_are_no_leaders() {
    claim(A, 4);
    claim(B, 4);
    claim(A, 4);
    claim(B, 4);
    assertNothingWrong();
  }

  @Test
  void an_ok_from_before_a_claim_to_another_term_proves_nothing_for_that() {
    leadAndServe(A, 5);
    claim(B, 4);
    exchangeQuietly(B);
    answer(B, ask(B, "get", null), "ok");
    claim(B, 5);
    assertNothingWrong();
  }

  @Test
  void one_that_lost_what_it_had_stored_may_lead_a_term_again() {
    leadAndServe(A, 4);
    trace.add(new Event.Started(++now, A));
    trace.add(new Event.Crashed(++now, A));
    trace.add(new Event.Started(++now, A));
    leadAndServe(B, 4);
    assertThat(WireReview.of(trace, false).first(Invariant.ONE_LEADER)).isNull();
    assertThat(WireReview.of(trace, true).first(Invariant.ONE_LEADER)).isNotNull();
  }

  @Test
  void a_replica_that_claims_to_lead_long_after_a_message_of_the_leader_is_remarked_on() {
    deliver(send(A, C, A, new JsonObject()));
    replaceLeader();
    deliver(send(B, A, B, new JsonObject()));
    now += 2_100_000;
    deliver(send(A, C, A, new JsonObject()));
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith(
            "replica 0000 claimed to lead for more than 2 s after it had a message from 0001");
  }

  @Test
  void a_replica_that_received_nothing_of_another_leader_may_claim_to_lead() {
    deliver(send(A, C, A, new JsonObject()));
    replaceLeader();
    now += 2_100_000;
    deliver(send(A, C, A, new JsonObject()));
    assertNothingWrong();
  }
}
