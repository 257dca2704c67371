package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.explain.Explanation;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** How much is read into the messages of replicas that report nothing. */
class NamedFieldsTest extends ExplainTraceBuilder {
  private static final String REQUEST =
      "'term': %d, 'lastLogIndex': %d, 'lastLogTerm': %d".replace('\'', '"');

  private RaftMessageView read(String type, String fields) {
    JsonObject json =
        JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject();
    return NamedFields.of(trace).read(Message.of(A, B, A, type, null, json));
  }

  private void canvass(Id from, Id to, long term, long index, long logTerm) {
    tell(from, to, "requestVote", String.format(Locale.ROOT, REQUEST, term, index, logTerm));
  }

  private void grant(Id from, Id to, long term) {
    tell(from, to, "voteReply", "'term': " + term + ", 'granted': true");
  }

  private boolean isSuspected() {
    return Explanation.suspicion(scenario(), trace).isPresent();
  }

  @Test
  void what_only_messages_show_is_no_suspicion() {
    start();
    canvass(A, B, 1, 0, 0);
    grant(B, A, 1);
    canvass(C, B, 1, 0, 0);
    grant(B, C, 1);
    assertThat(certain()).contains("votes-twice");
    assertThat(isSuspected()).isFalse();
  }

  @Test
  void what_reports_confirm_is_a_suspicion() {
    goodRun();
    for (int i = 0; i < 5; i++) {
      append(B, 1, "2/1", "", 1); // just as A's reports say
    }
    grant(B, C, 1);
    assertThat(isSuspected()).isTrue();
  }

  @Test
  void an_index_below_zero_shows_that_entries_are_counted_otherwise() {
    start();
    canvass(A, B, 1, -1, 0);
    grant(B, A, 1);
    append(B, 1, "-1/0", "1 1", -1);
    canvass(C, B, 2, 0, 1);
    grant(B, C, 2);
    assertThat(certain()).isEmpty();
    assertThat(read("requestVote", String.format(Locale.ROOT, REQUEST, 3, 5, 2)))
        .isEqualTo(
            new RaftMessageView.VoteRequest(
                3, false, RaftMessageView.UNKNOWN, RaftMessageView.UNKNOWN));
  }

  @Test
  void a_term_below_zero_shows_the_same() {
    start();
    canvass(A, B, 1, 0, -1);
    assertThat(read("requestVote", String.format(Locale.ROOT, REQUEST, 3, 5, 2)))
        .isEqualTo(
            new RaftMessageView.VoteRequest(
                3, false, RaftMessageView.UNKNOWN, RaftMessageView.UNKNOWN));
  }

  @Test
  void an_append_that_looks_like_a_request_for_a_vote_is_not_read() {
    start();
    tell(A, B, "AppendEntries", String.format(Locale.ROOT, REQUEST, 1, 0, 0));
    assertThat(read("AppendEntries", String.format(Locale.ROOT, REQUEST, 1, 1, 1)))
        .isEqualTo(new RaftMessageView.Other(1));
  }

  @Test
  void a_type_whose_messages_read_differently_is_not_read() {
    start();
    canvass(A, B, 1, 0, 0);
    tell(B, A, "requestVote", "'term': 1, 'granted': true");
    assertThat(read("requestVote", String.format(Locale.ROOT, REQUEST, 1, 1, 1)))
        .isEqualTo(new RaftMessageView.Other(1));
  }

  @Test
  void a_heartbeat_may_leave_out_the_fields_of_other_appends() {
    start();
    append(B, 1, "0/0", "1", 0);
    tell(A, B, "appendEntries", "'term': 1");
    assertThat(read("appendEntries", "'term': 1")).isInstanceOf(RaftMessageView.Append.class);
  }

  @Test
  void terms_that_fall_again_and_again_are_not_the_terms_of_their_senders() {
    start();
    for (int i = 0; i < 3; i++) {
      append(B, 4, "0/0", "1", 0);
      append(B, 2, "0/0", "1", 0);
    }
    assertThat(read("appendEntries", "'term': 4, 'prevLogIndex': 0"))
        .isEqualTo(new RaftMessageView.Other(RaftMessageView.UNKNOWN));
  }

  @Test
  void a_replica_that_starts_again_may_begin_with_an_earlier_term() {
    start();
    for (int i = 0; i < 5; i++) {
      append(B, 4, "0/0", "1", 0);
      trace.add(new Event.Crashed(++now, A));
      trace.add(new Event.Started(++now, A));
      append(B, 2, "0/0", "1", 0);
      trace.add(new Event.Crashed(++now, A));
      trace.add(new Event.Started(++now, A));
    }
    assertThat(read("appendEntries", "'term': 4, 'prevLogIndex': 0"))
        .isInstanceOf(RaftMessageView.Append.class);
  }
}
