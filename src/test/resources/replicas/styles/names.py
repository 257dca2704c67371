"""What the types and fields of messages are called. A scheme names what it calls otherwise than `camel`."""

CAMEL = dict(
    # types
    t_vote="requestVote", t_yes="voteResponse", t_no="voteResponse", t_append="appendEntries", t_beat="appendEntries",
    t_ok="appendEntriesResponse", t_refused="appendEntriesResponse", t_commit="commitNotice",
    # fields
    term="term", candidate="candidateId", last="lastLogIndex", last_term="lastLogTerm", granted="voteGranted",
    prev="prevLogIndex", prev_term="prevLogTerm", entries="entries", commit="leaderCommit", success="success",
    acked="matchIndex", hint="nextIndex", conflict="conflictIndex", conflict_term="conflictTerm",
    # an entry
    e_term="term", e_op="command", e_key="key", e_value="value", e_client="client",
)

SNAKE = dict(
    t_vote="request_vote", t_yes="request_vote_response", t_no="request_vote_response", t_append="append_entries",
    t_beat="append_entries", t_ok="append_entries_response", t_refused="append_entries_response", t_commit="commit_notice",
    candidate="candidate_id", last="last_log_index", last_term="last_log_term", granted="vote_granted",
    prev="prev_log_index", prev_term="prev_log_term", commit="leader_commit", acked="current_index", hint="next_index",
    conflict="conflict_index", conflict_term="conflict_term",
)

NAMES = {
    "camel": {},
    "snake": SNAKE,
    "abbreviated": dict(
        t_vote="vrq", t_yes="vrsp", t_no="vrsp", t_append="ae", t_beat="ae", t_ok="ar", t_refused="ar", last="llogIdx",
        last_term="llogTerm", prev="plogIdx", prev_term="plogTerm", commit="lCommit", acked="idx", hint="idx", e_value="val",
        e_client="src"),
    "give-vote": dict(
        t_vote="request_vote", t_yes="give_vote", t_no="give_vote", t_append="append", t_beat="append", t_ok="replyAppend",
        t_refused="replyAppend", acked="lastLogIndex"),
    "long": dict(
        SNAKE, term="term_number", last_term="last_log_term_number", prev_term="prev_log_term_number",
        commit="leader_commit_index", acked="match_index", e_term="term_number", e_op="command_type"),
    "rpc": dict(
        t_vote="RequestVoteRPC", t_yes="RequestVoteResponse", t_no="RequestVoteResponse", t_append="AppendEntryRPC",
        t_beat="AppendEntryRPC", t_ok="AppendEntryResponse", t_refused="AppendEntryResponse", candidate="candidateID",
        e_op="type", e_client="src"),
    "yes-no": dict(
        t_yes="yesVote", t_no="noVote", t_ok="acknowledge", t_refused="acknowledge"),
    "upper": dict(
        t_vote="REQUEST_VOTE", t_yes="GIVE_VOTE", t_no="GIVE_VOTE", t_append="APPEND_ENTRIES", t_beat="APPEND_ENTRIES",
        t_ok="APPEND_ENTRIES_RESPONSE", t_refused="APPEND_ENTRIES_RESPONSE", candidate="cid", acked="upto",
        hint="replicaCommit", e_value="val", e_op="type", e_client="src"),
    "ok-fail-types": dict(
        t_yes="requestVoteOk", t_no="requestVoteFail", t_ok="appendEntriesOk", t_refused="appendEntriesFail"),
    "vote-ack": dict(
        t_vote="vote", t_yes="vote ack", t_no="vote ack", t_append="append", t_beat="append", t_ok="ack", t_refused="ack",
        prev="prev_log_index", prev_term="prev_log_term", commit="leader_commit", acked="confirmed_index",
        hint="confirmed_index", e_client="putter"),
    "pascal": dict(
        t_vote="RequestVote", t_yes="Vote", t_no="Vote", t_append="Append", t_beat="Append", t_ok="AppendReply",
        t_refused="AppendReply", last="last_log_index", last_term="last_log_term"),
    "vote-answers": dict(
        SNAKE, t_vote="requestvote", t_yes="vote", t_no="vote", t_append="append", t_beat="append", t_ok="ok",
        t_refused="fail", granted="vote", hint="first_index", e_client="src"),
    "grant-reject": dict(
        SNAKE, t_yes="grant_vote", t_no="reject_vote", t_ok="grant_append", t_refused="reject_append", commit="commit",
        acked="next_index"),
    "counts": dict(
        t_vote="VoteRequest", t_yes="VoteResponse", t_no="VoteResponse", t_append="AppendEntry", t_beat="update",
        t_ok="AppendEntryResponse", t_refused="AppendEntryResponse", candidate="votedfor", last="lastIndex",
        last_term="lastTerm", granted="voted?", prev="lastIndex", prev_term="lastTerm", commit="commitlength",
        acked="loglength"),
    "true-false": dict(
        t_vote="vote", t_yes="response", t_no="response", t_append="append_entries", t_beat="append_entries", t_ok="true",
        t_refused="false", acked="nextIndex", e_client="src"),
    "spaced": dict(
        t_vote="request vote", t_yes="vote", t_no="vote", t_append="append_entries", t_beat="append_entries", t_ok="ok",
        t_refused="fail", t_commit="commit", last="index", last_term="lastTerm", prev="matchIndex", prev_term="matchTerm",
        commit="committed", acked="index", hint="index", e_client="src"),
    "terse": dict(
        t_vote="RFV", t_yes="VOTE", t_no="VOTE", t_append="AppendEntries", t_beat="AppendEntries", t_ok="ACK",
        t_refused="ACK", last="index", last_term="lterm", prev="prev", prev_term="pterm", commit="c"),
    "lower": dict(
        t_vote="RequestVoteRPC", t_yes="RequestVoteRPCBack", t_no="RequestVoteRPCBack", t_append="AppendEntries",
        t_beat="AppendEntries", t_ok="AppendEntriesRPCBack", t_refused="AppendEntriesRPCBack", last="lastlogindex",
        last_term="lastlogterm", granted="voted", prev="lastlogindex", prev_term="lastlogterm", commit="commitindex",
        acked="neededindex", conflict="conflictindex", conflict_term="conflictterm", e_term="Term", e_client="SentSrc"),
    "unrelated": dict(
        t_vote="campaign", t_yes="ballot", t_no="ballot", t_append="copy", t_beat="copy", t_ok="copied", t_refused="copied",
        term="epoch", candidate="who", last="size", last_term="edition", granted="agreed", prev="after", prev_term="mark",
        entries="lines", commit="final", success="done", acked="upto", hint="from", e_term="epoch", e_op="what", e_key="name",
        e_value="text", e_client="author"),
}

SCHEMES = {name: dict(CAMEL, **names) for name, names in NAMES.items()}
