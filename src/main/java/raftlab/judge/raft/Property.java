package raftlab.judge.raft;

/** What every Raft cluster promises, causes before what they lead to. */
public enum Property {
  /** A vote is given once. */
  ONE_VOTE("one_vote", "a replica votes for one candidate a term at most", "§5.2"),
  /** The election timer begins anew with a vote. Load can break this: replicas are late then. */
  VOTER_WAITS(
      "voter_waits",
      "a replica that has given its vote waits an election timeout before it stands itself",
      "§5.2 and Figure 2"),
  /** Stable storage keeps what it was given. */
  DURABILITY(
      "durability", "term, vote and log are there again after a restart", "§5.1 and Figure 2"),
  /** What only grows, only grows. */
  ONLY_FORWARD(
      "only_forward", "term, commit index and last applied entry never go back", "Figure 2"),
  /** Election Safety. */
  ELECTION_SAFETY("election_safety", "at most one leader is elected in a term", "§5.2"),
  /** Messages of earlier terms are rejected, and so nobody else is ever followed. */
  FOLLOWS_LEADER(
      "follows_leader", "whoever is followed in a term was elected in that term", "§5.1"),
  /** Leader Append-Only. */
  LEADER_APPEND_ONLY(
      "leader_append_only", "a leader never overwrites or deletes entries of its log", "§5.3"),
  /** Log Matching. */
  LOG_MATCHING(
      "log_matching",
      "logs that have an entry of the same index and term are the same up to it",
      "§5.3"),
  /** Commitment only by counting entries of the leader's own term. */
  OWN_TERM(
      "own_term",
      "a leader commits entries of earlier terms only together with one of its own",
      "§5.4.2 and Figure 8"),
  /** Single-server changes, or the two steps of joint consensus, one after the other. */
  ONE_CHANGE("one_change", "a change of members begins when the one before it is committed", "§6"),
  /** Leader Completeness. */
  LEADER_COMPLETENESS(
      "leader_completeness",
      "what is committed in a term is in the log of the leaders of all later terms",
      "§5.4"),
  /** A snapshot is of what was applied. */
  SNAPSHOT("snapshot", "a snapshot covers what was applied, and nothing else", "§7"),
  /** State Machine Safety. */
  STATE_MACHINE_SAFETY(
      "state_machine_safety",
      "no two replicas apply different entries at the same index",
      "§5.4.3");

  private final String check;
  private final String promise;
  private final String section;

  Property(String check, String promise, String section) {
    this.check = check;
    this.promise = promise;
    this.section = section;
  }

  /** Whether a machine too busy to let replicas run in time can make it seem broken. */
  public boolean loadCanBreakIt() {
    return this == VOTER_WAITS;
  }

  /** Its name among the checks. */
  public String check() {
    return check;
  }

  /** What must hold, in words. */
  public String promise() {
    return promise;
  }

  /** Where the (extended) paper has it. */
  public String section() {
    return section;
  }
}
