package raftlab.judge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What is worth a remark, and what isn't. */
class StyleWarningsTest extends WireTraceBuilder {
  @Test
  void a_message_that_comes_twice_or_was_never_sent_causes_no_finding() {
    String put = ask(A, "put", "v");
    exchange(A, B);
    deliver(number);
    deliver(999);
    exchange(A, C);
    answer(A, put, "ok");
    assertNothingWrong();
  }

  @Test
  void leaders_that_change_without_a_fault_are_remarked_on() {
    now += 10_000_000;
    for (int i = 0; i < 6; i++) {
      trace.add(new Event.LeaderKnown(now += 1_000, Id.of(i % 2)));
    }
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith("the leader changed 5 times though there was no fault for 3 s");
  }

  @Test
  void leaders_that_change_after_faults_are_not_remarked_on() {
    for (int i = 0; i < 6; i++) {
      trace.add(new Event.Fault(now += 10_000_000, "kill_leader", "killed"));
      trace.add(new Event.LeaderKnown(now += 1_000_000, Id.of(i % 2)));
    }
    assertNothingWrong();
  }

  @Test
  void a_client_that_is_sent_in_circles_is_remarked_on() {
    for (int i = 0; i < 100; i++) {
      String mid = "m" + i;
      trace.add(new Event.Requested(++now, CLIENT, mid, "put", "k", "v", null, A, 1, 0, i > 0));
      answer(i % 2 == 0 ? A : B, mid, "redirect");
    }
    assertThat(review().remarks())
        .singleElement()
        .asString()
        .startsWith("client 0015 was redirected 100 times for one put");
  }

  @Test
  void a_src_that_is_not_the_senders_own_is_remarked_on() {
    Message forged = Message.of(B, C, A, "word", null, new JsonObject());
    trace.add(new Event.Sent(++now, ++number, A, C, forged));
    assertThat(review().remarks())
        .containsExactly(
            "replica 0000 sent 1 message with another \"src\" than its own: 1 as 0001");
  }

  @Test
  void a_request_that_a_leader_forgets_is_remarked_on() {
    leader = A;
    for (Id other : List.of(B, C, D)) {
      exchange(A, other);
    }
    ask(A, "put", "unanswered");
    now += 1_100_000;
    String later = ask(A, "get", null);
    exchange(A, B);
    exchange(A, C);
    answer(A, later, "ok");
    assertThat(review().remarks())
        .containsExactly(
            "replica 0000 led, and never answered 1 request, though it answered later ones");
  }
}
