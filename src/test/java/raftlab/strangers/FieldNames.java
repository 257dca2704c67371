package raftlab.strangers;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the types and fields of messages are called. A set names what it calls otherwise than CAMEL.
 */
enum FieldNames {
  CAMEL(
      null,
      """
      VOTE_REQUEST = requestVote
      VOTE_GRANTED = voteResponse
      VOTE_REFUSED = voteResponse
      APPEND = appendEntries
      HEARTBEAT = appendEntries
      ACCEPTED = appendEntriesResponse
      REFUSED = appendEntriesResponse
      COMMIT_NOTICE = commitNotice
      TERM = term
      CANDIDATE = candidateId
      LAST = lastLogIndex
      LAST_TERM = lastLogTerm
      GRANTED = voteGranted
      PREV = prevLogIndex
      PREV_TERM = prevLogTerm
      ENTRIES = entries
      COMMIT = leaderCommit
      SUCCESS = success
      ACKED = matchIndex
      HINT = nextIndex
      CONFLICT = conflictIndex
      CONFLICT_TERM = conflictTerm
      ENTRY_TERM = term
      OPERATION = command
      KEY = key
      VALUE = value
      CLIENT = client
      """),
  SNAKE(
      CAMEL,
      """
      VOTE_REQUEST = request_vote
      VOTE_GRANTED = request_vote_response
      VOTE_REFUSED = request_vote_response
      APPEND = append_entries
      HEARTBEAT = append_entries
      ACCEPTED = append_entries_response
      REFUSED = append_entries_response
      COMMIT_NOTICE = commit_notice
      CANDIDATE = candidate_id
      LAST = last_log_index
      LAST_TERM = last_log_term
      GRANTED = vote_granted
      PREV = prev_log_index
      PREV_TERM = prev_log_term
      COMMIT = leader_commit
      ACKED = current_index
      HINT = next_index
      CONFLICT = conflict_index
      CONFLICT_TERM = conflict_term
      """),
  ABBREVIATED(
      CAMEL,
      """
      VOTE_REQUEST = vrq
      VOTE_GRANTED = vrsp
      VOTE_REFUSED = vrsp
      APPEND = ae
      HEARTBEAT = ae
      ACCEPTED = ar
      REFUSED = ar
      LAST = llogIdx
      LAST_TERM = llogTerm
      PREV = plogIdx
      PREV_TERM = plogTerm
      COMMIT = lCommit
      ACKED = idx
      HINT = idx
      VALUE = val
      CLIENT = src
      """),
  GIVE_VOTE(
      CAMEL,
      """
      VOTE_REQUEST = request_vote
      VOTE_GRANTED = give_vote
      VOTE_REFUSED = give_vote
      APPEND = append
      HEARTBEAT = append
      ACCEPTED = replyAppend
      REFUSED = replyAppend
      ACKED = lastLogIndex
      """),
  LONG(
      SNAKE,
      """
      LAST_TERM = last_log_term_number
      PREV_TERM = prev_log_term_number
      COMMIT = leader_commit_index
      ACKED = match_index
      TERM = term_number
      ENTRY_TERM = term_number
      OPERATION = command_type
      """),
  RPC(
      CAMEL,
      """
      VOTE_REQUEST = RequestVoteRPC
      VOTE_GRANTED = RequestVoteResponse
      VOTE_REFUSED = RequestVoteResponse
      APPEND = AppendEntryRPC
      HEARTBEAT = AppendEntryRPC
      ACCEPTED = AppendEntryResponse
      REFUSED = AppendEntryResponse
      CANDIDATE = candidateID
      OPERATION = type
      CLIENT = src
      """),
  YES_NO(
      CAMEL,
      """
      VOTE_GRANTED = yesVote
      VOTE_REFUSED = noVote
      ACCEPTED = acknowledge
      REFUSED = acknowledge
      """),
  UPPER(
      CAMEL,
      """
      VOTE_REQUEST = REQUEST_VOTE
      VOTE_GRANTED = GIVE_VOTE
      VOTE_REFUSED = GIVE_VOTE
      APPEND = APPEND_ENTRIES
      HEARTBEAT = APPEND_ENTRIES
      ACCEPTED = APPEND_ENTRIES_RESPONSE
      REFUSED = APPEND_ENTRIES_RESPONSE
      CANDIDATE = cid
      ACKED = upto
      HINT = replicaCommit
      VALUE = val
      OPERATION = type
      CLIENT = src
      """),
  OK_FAIL_TYPES(
      CAMEL,
      """
      VOTE_GRANTED = requestVoteOk
      VOTE_REFUSED = requestVoteFail
      ACCEPTED = appendEntriesOk
      REFUSED = appendEntriesFail
      """),
  VOTE_ACK(
      CAMEL,
      """
      VOTE_REQUEST = vote
      VOTE_GRANTED = vote ack
      VOTE_REFUSED = vote ack
      APPEND = append
      HEARTBEAT = append
      ACCEPTED = ack
      REFUSED = ack
      PREV = prev_log_index
      PREV_TERM = prev_log_term
      COMMIT = leader_commit
      ACKED = confirmed_index
      HINT = confirmed_index
      CLIENT = putter
      """),
  PASCAL(
      CAMEL,
      """
      VOTE_REQUEST = RequestVote
      VOTE_GRANTED = Vote
      VOTE_REFUSED = Vote
      APPEND = Append
      HEARTBEAT = Append
      ACCEPTED = AppendReply
      REFUSED = AppendReply
      LAST = last_log_index
      LAST_TERM = last_log_term
      """),
  VOTE_ANSWERS(
      SNAKE,
      """
      VOTE_REQUEST = requestvote
      VOTE_GRANTED = vote
      VOTE_REFUSED = vote
      APPEND = append
      HEARTBEAT = append
      ACCEPTED = ok
      REFUSED = fail
      GRANTED = vote
      HINT = first_index
      CLIENT = src
      """),
  GRANT_REJECT(
      SNAKE,
      """
      VOTE_GRANTED = grant_vote
      VOTE_REFUSED = reject_vote
      ACCEPTED = grant_append
      REFUSED = reject_append
      COMMIT = commit
      ACKED = next_index
      """),
  COUNTS(
      CAMEL,
      """
      VOTE_REQUEST = VoteRequest
      VOTE_GRANTED = VoteResponse
      VOTE_REFUSED = VoteResponse
      APPEND = AppendEntry
      HEARTBEAT = update
      ACCEPTED = AppendEntryResponse
      REFUSED = AppendEntryResponse
      CANDIDATE = votedfor
      LAST = lastIndex
      LAST_TERM = lastTerm
      GRANTED = voted?
      PREV = lastIndex
      PREV_TERM = lastTerm
      COMMIT = commitlength
      ACKED = loglength
      """),
  TRUE_FALSE(
      CAMEL,
      """
      VOTE_REQUEST = vote
      VOTE_GRANTED = response
      VOTE_REFUSED = response
      APPEND = append_entries
      HEARTBEAT = append_entries
      ACCEPTED = true
      REFUSED = false
      ACKED = nextIndex
      CLIENT = src
      """),
  SPACED(
      CAMEL,
      """
      VOTE_REQUEST = request vote
      VOTE_GRANTED = vote
      VOTE_REFUSED = vote
      APPEND = append_entries
      HEARTBEAT = append_entries
      ACCEPTED = ok
      REFUSED = fail
      COMMIT_NOTICE = commit
      LAST = index
      LAST_TERM = lastTerm
      PREV = matchIndex
      PREV_TERM = matchTerm
      COMMIT = committed
      ACKED = index
      HINT = index
      CLIENT = src
      """),
  TERSE(
      CAMEL,
      """
      VOTE_REQUEST = RFV
      VOTE_GRANTED = VOTE
      VOTE_REFUSED = VOTE
      APPEND = AppendEntries
      HEARTBEAT = AppendEntries
      ACCEPTED = ACK
      REFUSED = ACK
      LAST = index
      LAST_TERM = lterm
      PREV = prev
      PREV_TERM = pterm
      COMMIT = c
      """),
  LOWER(
      CAMEL,
      """
      VOTE_REQUEST = RequestVoteRPC
      VOTE_GRANTED = RequestVoteRPCBack
      VOTE_REFUSED = RequestVoteRPCBack
      APPEND = AppendEntries
      HEARTBEAT = AppendEntries
      ACCEPTED = AppendEntriesRPCBack
      REFUSED = AppendEntriesRPCBack
      LAST = lastlogindex
      LAST_TERM = lastlogterm
      GRANTED = voted
      PREV = lastlogindex
      PREV_TERM = lastlogterm
      COMMIT = commitindex
      ACKED = neededindex
      CONFLICT = conflictindex
      CONFLICT_TERM = conflictterm
      ENTRY_TERM = Term
      CLIENT = SentSrc
      """),
  UNRELATED(
      CAMEL,
      """
      VOTE_REQUEST = campaign
      VOTE_GRANTED = ballot
      VOTE_REFUSED = ballot
      APPEND = copy
      HEARTBEAT = copy
      ACCEPTED = copied
      REFUSED = copied
      TERM = epoch
      CANDIDATE = who
      LAST = size
      LAST_TERM = edition
      GRANTED = agreed
      PREV = after
      PREV_TERM = mark
      ENTRIES = lines
      COMMIT = final
      SUCCESS = done
      ACKED = upto
      HINT = from
      ENTRY_TERM = epoch
      OPERATION = what
      KEY = name
      VALUE = text
      CLIENT = author
      """);

  /** What can have a name. */
  enum Role {
    VOTE_REQUEST,
    VOTE_GRANTED,
    VOTE_REFUSED,
    APPEND,
    HEARTBEAT,
    ACCEPTED,
    REFUSED,
    COMMIT_NOTICE,
    TERM,
    CANDIDATE,
    LAST,
    LAST_TERM,
    GRANTED,
    PREV,
    PREV_TERM,
    ENTRIES,
    COMMIT,
    SUCCESS,
    ACKED,
    HINT,
    CONFLICT,
    CONFLICT_TERM,
    ENTRY_TERM,
    OPERATION,
    KEY,
    VALUE,
    CLIENT
  }

  private final Map<Role, String> names = new EnumMap<>(Role.class);

  FieldNames(FieldNames base, String lines) {
    if (base != null) {
      names.putAll(base.names);
    }
    lines
        .lines()
        .map(line -> line.split(" = "))
        .forEach(pair -> names.put(Role.valueOf(pair[0]), pair[1]));
  }

  String of(Role role) {
    return names.get(role);
  }
}
