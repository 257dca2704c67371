package raftlab.judge.invariant;

import java.util.Locale;

/**
 * The mistakes in programs that raftlab recognizes: the rule that each breaks, in words, and the
 * section of the (extended) Raft paper that has the rule. Violations and explanations both name
 * them. Planted bugs have the same names.
 */
public enum KnownMistake {
  // Elections.
  VOTES_TWICE(
      "§5.2", "a replica gives one vote per term, first come, first served; votedFor records it"),
  VOTES_FOR_OLD_LOG(
      "§5.4.1",
      "a replica votes only for a candidate whose log is at least as up to date as its own: a"
          + " later last term, or the same last term and no fewer entries"),
  ELECTED_BY_HALF(
      "§5.2",
      "a candidate needs the votes of more than half of all members, not of half of them and not"
          + " of half of those that answer"),
  CANDIDATE_STAYS("§5.1", Words.LATER_TERM),
  LEADER_STAYS("§5.1", Words.LATER_TERM),
  IGNORES_LATER_TERM("§5.1", Words.LATER_TERM),
  FIXED_ELECTION_TIMEOUT(
      "§5.2",
      "each election timeout is chosen at random, or candidates split the votes again and again"),
  ANY_MESSAGE_RESETS_TIMER(
      "§5.2",
      "only a message of the current leader, or a vote for a candidate, resets the election timer"),
  VOTE_DOES_NOT_RESET_TIMER("§5.2", "a vote for a candidate resets the election timer"),
  SLOW_HEARTBEATS("§5.2", "a leader sends several heartbeats within the shortest election timeout"),
  COUNTS_VOTES_TWICE("§5.2", "a candidate counts each voter once, however often the reply arrives"),
  COUNTS_PRE_VOTES(
      "§5.2 and dissertation §9.6",
      "a pre-vote only allows a candidate to start an election; replies to it are no votes"),
  FORGETS_VOTE_WHEN_FOLLOWING(
      "§5.2",
      "votedFor changes only with the term; a replica that follows the leader of its term, or steps"
          + " down in it, has still voted"),
  COMPARES_ONLY_LENGTH(
      "§5.4.1",
      "the log with the later last term is more up to date; the length decides only between equal"
          + " last terms"),
  REFUSES_SHORTER_LOG(
      "§5.4.1",
      "a candidate with a later last term is more up to date even if its log is shorter, and gets"
          + " the vote"),
  REFUSES_REPEATED_REQUEST(
      "§5.2 and Figure 2",
      "a voter repeats its vote if the same candidate asks again, since its first reply may be lost"),
  LEADER_WITHOUT_QUORUM_STAYS(
      "dissertation §6.2",
      "a leader steps down if an election timeout passes without replies from a majority"),
  PRE_VOTE_HIDES_TERM(
      "§5.1 and dissertation §9.6",
      "a later term in the reply to a pre-vote is adopted like any other"),
  PRE_VOTE_DESPITE_LEADER(
      "dissertation §4.2.3 and §9.6",
      "a replica refuses pre-votes, like votes, within the shortest election timeout after a message"
          + " of its leader"),

  // Storage.
  STORES_NOTHING("§5.1 and Figure 2", Words.STORAGE),
  FORGETS_TERM(
      "§5.1 and Figure 2",
      "currentTerm must be stored before the first message of the term is sent, and read at the"
          + " start"),
  FORGETS_VOTE(
      "§5.1 and Figure 2",
      "votedFor must be stored before the vote is sent, and read at the start"),
  FORGETS_OWN_VOTE(
      "§5.1, §5.2 and Figure 2",
      "a candidate stores its vote for itself, like any other vote, before it asks for votes"),
  RESTORES_DELETED_ENTRIES(
      "§5.3 and Figure 2",
      "entries that are deleted from the log are deleted from stable storage, too"),
  FORGETS_LOG("§5.1 and Figure 2", "the log must be stored, and read at the start"),
  STORES_LATE(
      "§5.1 and Figure 2",
      "entries must be stored and synced before the message that acknowledges them is sent"),
  LEADER_STORES_LATE(
      "§5.1 and Figure 2",
      "a leader counts itself for an entry only when it has stored the entry, and all entries must"
          + " be stored before a message that depends on them is sent"),
  COMMITS_AT_RESTART(
      "§5.3",
      "after a restart commitIndex is not known: entries of the stored log may still be replaced,"
          + " until a leader says that they are committed"),

  // Replication.
  ACCEPTS_OLD_TERM("§5.1", "a replica rejects messages of an earlier term than its own"),
  SKIPS_CONSISTENCY_CHECK(
      "§5.3 and Figure 2",
      "a follower rejects AppendEntries unless its log has an entry at prevLogIndex with"
          + " prevLogTerm"),
  HEARTBEAT_WITHOUT_CHECK(
      "§5.3 and Figure 2",
      "a heartbeat must pass the same check of prevLogIndex and prevLogTerm as any AppendEntries,"
          + " before the follower answers success or uses leaderCommit"),
  KEEPS_CONFLICTING_ENTRIES(
      "§5.3 and Figure 2",
      "a follower deletes an entry whose term differs from the leader's, and all that follow it"),
  TRUNCATES_ON_OLD_APPEND(
      "§5.3 and Figure 2",
      "a follower deletes entries only from the first that has another term than the leader's; a"
          + " message that was overtaken by a later one holds less, and conflicts with nothing"),
  CLAIMS_UNVERIFIED(
      "§5.3 and Figure 2",
      "a follower acknowledges prevLogIndex plus the number of entries of the message, not its own"
          + " last entry"),
  COMMITS_UNVERIFIED(
      "§5.3 and Figure 2",
      "commitIndex becomes the smaller of leaderCommit and the last entry of the message, not the"
          + " last entry of the follower's own log"),
  COMMIT_GOES_BACK(
      "§5.3 and Figure 2",
      "commitIndex never decreases; leaderCommit counts only if it is greater"),
  CONFLICT_HINT_OFF_BY_ONE(
      "§5.3",
      "the hint is the first index of the conflicting term, or the index after the last entry"),
  DROPS_LOG_AT_WINNING(
      "§5.3", "a leader never deletes or overwrites entries of its log; it only appends"),
  NEVER_RETRANSMITS("§5.3", "a leader repeats AppendEntries until the follower answers"),
  ENDLESS_REJECTIONS(
      "§5.3",
      "after a rejection nextIndex goes back (by one, or to the follower's hint) until the logs"
          + " agree; and an answer is never answered"),
  NEXT_INDEX_BELOW_ONE("§5.3", "nextIndex goes back after a rejection, but never below 1"),
  MATCH_GOES_BACK("§5.3", "answers may arrive out of order, and matchIndex never decreases"),
  MESSAGE_TOO_LARGE(
      "", "a datagram holds 65507 bytes; send many entries, or a snapshot, in several messages"),

  // Commitment.
  COMMITS_WITH_HALF("§5.3", "an entry is committed when more than half of the members have it"),
  COUNTS_REPLIES_OF_OLD_TERM(
      "§5.3",
      "a reply counts only if it answers a message of the leader's present term: in an earlier term"
          + " the follower may have had other entries at the same index"),
  COMMITS_TOO_FAR(
      "§5.3",
      "commitIndex advances only to what more than half of the members have acknowledged; a"
          + " snapshot, a restart or a longer log proves nothing"),
  MATCH_FROM_NEXT(
      "§5.3 and Figure 2",
      "matchIndex is what a follower has acknowledged (prevLogIndex plus the number of entries of"
          + " the message that it answers), not nextIndex - 1"),
  COMMITS_OLD_TERM(
      "§5.4.2 and Figure 8",
      "a leader counts replicas only for an entry of its own term; earlier entries are committed"
          + " with it"),
  ACKS_BEFORE_COMMIT(
      "§5.3 and §8",
      "a leader answers a write only when a majority has its entry, so that it is committed, and it"
          + " is applied"),
  OK_AT_LOSING_LEADERSHIP(
      "§5.3 and §8",
      "a leader that steps down doesn't know whether pending writes will be committed; it redirects"
          + " or fails them, or doesn't answer"),
  EXECUTES_RETRIES(
      "§8",
      "before a write is executed, look up whether the client's request of that number (or MID) was"
          + " executed already, and repeat that answer"),
  ANSWERS_WITH_OTHER_VALUE(
      "§8",
      "keep MID and client with the entry's index and term, and look up both when the entry is"
          + " applied"),
  LOSES_ODD_KEYS("", "a key is any string, and must pass through JSON, log and storage unchanged"),

  // Reads.
  READS_ANYWHERE("§8", "only the leader knows what is committed; other replicas redirect to it"),
  READS_BEFORE_OWN_COMMIT(
      "§8",
      "a new leader doesn't know yet what its predecessor committed; it must commit an entry of its"
          + " own term before it answers reads"),
  READS_WITHOUT_MAJORITY(
      "§8",
      "before a leader answers a read it must make sure that it still leads, by a round of messages"
          + " to a majority, or a lease shorter than the election timeout"),
  LEASE_TOO_LONG(
      "§8",
      "a lease must end before the shortest election timeout does, counted from when the message"
          + " was sent that a majority answered"),
  LEASE_SURVIVES_TRANSFER(
      "§8 and dissertation §3.10",
      "after a leader has sent TimeoutNow, voters may elect its successor at any time, so it has no"
          + " lease any more"),
  LEASE_FROM_REPLY(
      "§8 and dissertation §6.4.1",
      "a lease begins when the messages were sent that a majority answered, not when the replies"
          + " arrived: these may have been late"),
  READS_BY_LATE_REPLIES(
      "§8 and dissertation §6.4",
      "replies confirm a read only if they answer messages that were sent after the read arrived"),
  VOTES_AT_ONCE_AFTER_RESTART(
      "§8 and dissertation §6.4.1",
      "a lease relies on voters that refuse votes within the shortest election timeout after a"
          + " message of the leader; after a restart a voter must wait as if one had just arrived"),

  // Snapshots and members.
  SNAPSHOT_OF_UNAPPLIED(
      "§7 and Figure 13", "a snapshot replaces applied entries, and none after them"),
  SNAPSHOT_WITHOUT_TERM(
      "§7 and Figure 13",
      "a snapshot keeps index and term of its last entry, for the consistency check of the entry"
          + " after it"),
  SNAPSHOT_WITHOUT_SESSIONS(
      "§7 and §8",
      "a snapshot holds keys and values, and also which requests of which client were executed"),
  APPLIES_AGAIN_AFTER_RESTART(
      "§7 and Figure 13",
      "lastApplied is the snapshot's last entry after a restart from a snapshot: the entries up to it"
          + " are in the state already"),
  INSTALLS_OLD_SNAPSHOT(
      "§7 and Figure 13",
      "a replica ignores a snapshot that is older than its state, and keeps the entries after the"
          + " snapshot's last one"),
  TWO_CHANGES_AT_ONCE(
      "§6",
      "during two changes at once, two majorities may have no member in common; the second change"
          + " waits until the first is committed"),
  REMOVED_STILL_COUNTS(
      "§6", "only voting members of the latest configuration count, for votes and for commitment"),
  LEARNER_COUNTS(
      "§6", "a server that catches up, before it is a voting member, counts for no majority"),
  ADDS_WITHOUT_CATCHING_UP(
      "§6 and dissertation §4.2.1",
      "a new server gets the log first, without a vote; otherwise no majority may have the entries"
          + " that are to be committed"),
  REMOVED_LEADER_COUNTS_ITSELF(
      "§6", "a leader that is not in the new configuration does not count itself in majorities"),
  CHANGES_BEFORE_OWN_COMMIT(
      "§6 and dissertation §4.1",
      "a new leader changes the members only after it has committed an entry of its own term;"
          + " otherwise two leaders may commit with majorities that have no member in common"),
  KEEPS_DELETED_CONFIGURATION(
      "§6",
      "a replica uses the latest configuration in its log; if that entry is deleted, it uses the one"
          + " before it again"),
  FORGETS_MEMBERS(
      "§6",
      "after a restart the members are those of the latest configuration in the stored log and"
          + " snapshot, not those of the command line"),
  REMOVED_NEVER_STANDS(
      "dissertation §4.2.2",
      "until a removal is committed, the removed replica must start elections: it may be the only"
          + " one with an up-to-date log"),
  REMOVED_STANDS(
      "§6 and dissertation §4.2.3",
      "a replica that has received that its removal is committed starts no elections any more"),
  TRANSFER_WITHOUT_FLAG(
      "dissertation §3.10",
      "the vote requests of a successor that the leader has chosen are marked, and voters grant them"
          + " although they have a leader"),
  TRANSFERS_TO_LAGGING(
      "dissertation §3.10",
      "the leader sends TimeoutNow only when the successor has its whole log; otherwise the voters"
          + " refuse their votes (§5.4.1)"),
  TRANSFER_NEVER_ENDS(
      "dissertation §3.10",
      "if a transfer does not complete within about an election timeout, the leader aborts it and"
          + " accepts writes again");

  /** Words of several mistakes. */
  private static final class Words {
    static final String LATER_TERM =
        "a replica that sees a later term than its own adopts it and becomes a follower at once";
    static final String STORAGE =
        "currentTerm, votedFor and the log must be stored before a message is sent, and read at the"
            + " start";

    private Words() {}
  }

  private final String id;
  private final String section;
  private final String rule;

  KnownMistake(String section, String rule) {
    this.id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.section = section;
    this.rule = rule;
  }

  /** Its name in kebab case: {@code votes-twice}. */
  public String id() {
    return id;
  }

  /** The section of the paper that has the rule; empty if it doesn't have it. */
  public String section() {
    return section;
  }

  /** The rule that it breaks, in words. */
  public String rule() {
    return rule;
  }
}
