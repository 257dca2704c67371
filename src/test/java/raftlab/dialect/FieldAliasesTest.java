package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Messages are understood whatever their fields are called, as long as it is like in Figure 2. */
class FieldAliasesTest {
  private static RaftMessageView read(String type, String fields) {
    JsonObject json =
        JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject();
    return new FieldAliases().read(Message.of(Id.of(0), Id.of(1), Id.of(0), type, null, json));
  }

  @Test
  void append_entries_with_underscores() {
    assertThat(
            read(
                "append",
                "'current_term': 3, 'prev_log_index': 7, 'prev_log_term': 2, 'leader_commit': 6,"
                    + " 'entries': [{'term': 3, 'key': 'k'}, [2, 'x']]"))
        .isEqualTo(
            new RaftMessageView.Append(3, RaftMessageView.UNKNOWN, 7, 2, 6, List.of(3L, 2L)));
  }

  @Test
  void a_vote_inside_of_another_object() {
    assertThat(read("reply", "'data': {'term': 4, 'voteGranted': true}"))
        .isEqualTo(new RaftMessageView.VoteReply(4, false, true));
  }

  @Test
  void a_request_for_a_vote_and_one_for_a_pre_vote() {
    assertThat(read("RequestVote", "'Term': 4, 'LastLogIndex': 1, 'LastLogTerm': 1"))
        .isEqualTo(new RaftMessageView.VoteRequest(4, false, 1, 1));
    assertThat(read("preVote", "'term': 4, 'lastLogIndex': 1, 'lastLogTerm': 1"))
        .isEqualTo(new RaftMessageView.VoteRequest(4, true, 1, 1));
  }

  @Test
  void a_vote_with_a_flag_of_whatever_name_may_be_a_pre_vote() {
    assertThat(read("vote", "'term': 4, 'granted': true, 'pre': true"))
        .isEqualTo(new RaftMessageView.VoteReply(4, true, true));
    assertThat(read("vote", "'term': 4, 'granted': true, 'straw_poll': true"))
        .isEqualTo(new RaftMessageView.VoteReply(4, true, true));
    assertThat(read("vote", "'term': 4, 'granted': true, 'pre': false"))
        .isEqualTo(new RaftMessageView.VoteReply(4, false, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfer", "leaderTransfer", "leadership_transfer", "disruptLeader"})
  void but_a_vote_in_a_leadership_transfer_is_no_pre_vote(String flag) {
    assertThat(read("requestVote", request(flag)))
        .isEqualTo(new RaftMessageView.VoteRequest(4, false, 1, 1));
    assertThat(read("requestVote", request("straw_poll")))
        .isEqualTo(new RaftMessageView.VoteRequest(4, true, 1, 1));
  }

  private static String request(String flag) {
    return "'term': 4, 'lastLogIndex': 1, 'lastLogTerm': 1, '" + flag + "': true";
  }

  @Test
  void an_answer_with_and_without_a_match_index() {
    assertThat(read("x", "'term': 4, 'success': true, 'matchIndex': 9"))
        .isEqualTo(
            new RaftMessageView.AppendReply(
                4, RaftMessageView.UNKNOWN, true, 9, RaftMessageView.UNKNOWN));
    assertThat(read("x", "'term': 4, 'success': false"))
        .isEqualTo(
            new RaftMessageView.AppendReply(
                4,
                RaftMessageView.UNKNOWN,
                false,
                RaftMessageView.UNKNOWN,
                RaftMessageView.UNKNOWN));
  }

  @Test
  void what_is_no_number_is_unknown() {
    assertThat(read("x", "'term': 'four', 'prevLogIndex': 1e300, 'entries': 3"))
        .isEqualTo(
            new RaftMessageView.Append(
                RaftMessageView.UNKNOWN,
                RaftMessageView.UNKNOWN,
                RaftMessageView.UNKNOWN,
                RaftMessageView.UNKNOWN,
                RaftMessageView.UNKNOWN,
                List.of()));
  }

  @Test
  void anything_else_is_something_else() {
    assertThat(read("gossip", "'hello': [1, null, {}]"))
        .isEqualTo(new RaftMessageView.Other(RaftMessageView.UNKNOWN));
  }
}
