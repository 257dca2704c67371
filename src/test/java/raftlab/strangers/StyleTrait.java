package raftlab.strangers;

/** One way in which messages, or what Raft leaves open, differ from the plain style. */
enum StyleTrait {
  /** The first index is 0; an empty log ends at -1. */
  FROM_0,
  /** The last term of an empty log is -1. */
  LAST_TERM_MINUS_1,
  /** ... is the sender's current term. */
  LAST_TERM_CURRENT,
  /** ... is absent. */
  LAST_TERM_ABSENT,
  /** A vote request's last index is the length of the log. */
  LAST_IS_LENGTH,
  /** Nothing committed is 0, although the first index is 0. */
  COMMIT_ZERO,
  /** Zero, false and empty fields are absent. */
  ZERO_ABSENT,
  /** Numbers and booleans are strings. */
  STRINGS,
  /** All fields are inside {@code args}. */
  IN_ARGS,
  /** ... inside {@code data}. */
  IN_DATA,
  /** {@code leader} is FFFF in votes and in answers to appends. */
  FOLLOWERS_SAY_FFFF,
  /** {@code leader} is FFFF in votes; else it is the last known one. */
  VOTE_SAYS_FFFF,
  /** {@code leader} in vote requests is the last known one; else it is FFFF. */
  SAYS_LAST_LEADER,
  /** {@code leader} in vote requests is the candidate. */
  CANDIDATE_SAYS_OWN,
  /** {@code leader} in votes is what the request said. */
  VOTE_REPEATS_LEADER,
  /** No field names the candidate. */
  NO_CANDIDATE,
  /** Granted and refused votes are two types. */
  TWO_VOTE_TYPES,
  /** Refused votes are not sent. */
  GRANTS_ONLY,
  /** Votes carry the voter's own last index and term. */
  VOTER_LOG,
  /** Votes have no term. */
  VOTE_WITHOUT_TERM,
  /** Granted votes have no term. */
  GRANTED_WITHOUT_TERM,
  /** Accepted and refused appends are answered by two types. */
  TWO_ACK_TYPES,
  /** An acknowledgement has the length of what matches. */
  ACK_LENGTH,
  /** ... the next index. */
  ACK_NEXT,
  /** ... the previous index + the number of entries. */
  ACK_COUNT,
  /** ... only the append's MID. */
  ACK_MID,
  /** ... the append's previous index, term and entries. */
  ACK_ECHO,
  /** ... only the flag. */
  ACK_FLAG,
  /** Answers to appends have no term. */
  ACK_WITHOUT_TERM,
  /** Each message has a MID of its own. */
  MIDS,
  /** ... and answers have that of what they answer. */
  MIDS_ECHOED,
  /** Refusals say nothing of the follower's log. */
  NO_HINT,
  /** Refusals carry the follower's last index. */
  HINT_OWN_LAST,
  /** Refusals carry the conflicting term and its first index. */
  HINT_CONFLICT,
  /** Accepted heartbeats are not answered. */
  SILENT,
  /** A heartbeat's previous index is the leader's last. */
  HEARTBEAT_LEADER_LAST,
  /** Heartbeats are one broadcast. */
  HEARTBEATS_TO_ALL,
  /** Heartbeats have previous index -1, and are not checked. */
  HEARTBEAT_MINUS_1,
  /** Heartbeats are appends with a term and nothing else. */
  HEARTBEAT_TERM,
  /** Heartbeats are a type of their own, with only a term. */
  HEARTBEAT_TYPE,
  /** Entries are arrays. */
  ENTRIES_ARRAYS,
  /** Entries are an array in an array. */
  ENTRIES_NESTED,
  /** Entries hold the client's whole message. */
  ENTRIES_MESSAGES,
  /** Entries hold key and value in {@code args}. */
  ENTRIES_ARGS,
  /** A new leader appends nothing of its own. */
  NO_NOOP,
  /** Entries leave with the next heartbeat only. */
  AT_TICK,
  /** Each append holds the whole log, if that fits. */
  WHOLE_LOG,
  /** A type of its own says what is committed. */
  COMMIT_NOTICE,
  /** Vote requests go to each, not to FFFF. */
  VOTES_TO_EACH,
  /** New entries go to FFFF. */
  ENTRIES_TO_ALL,
  /** Requests wait while no leader is known. */
  HOLD,
  /** ... are answered by {@code fail}. */
  FAILS_UNKNOWN
}
