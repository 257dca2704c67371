package raftlab.judge.invariant;

import java.util.Arrays;
import java.util.List;

/** What every correct cluster keeps; causes come before what they lead to. */
public enum Invariant {
  /** A vote is given once. */
  ONE_VOTE(
      Source.REPORTS, "one_vote", "a replica votes for at most one candidate in a term", "§5.2"),
  /** A vote resets the election timer. On an overloaded machine replicas are late. */
  VOTER_WAITS(
      Source.REPORTS,
      "voter_waits",
      "a replica that votes for another waits an election timeout before it stands for election",
      "§5.2 and Figure 2",
      true),
  /** Stable storage keeps what was written. */
  DURABILITY(
      Source.REPORTS, "durability", "term, vote and log survive a restart", "§5.1 and Figure 2"),
  /** What only grows, only grows. */
  ONLY_FORWARD(
      Source.REPORTS,
      "only_forward",
      "term, commit index and last applied entry never go back",
      "Figure 2"),
  /** Election Safety. */
  ELECTION_SAFETY(
      Source.REPORTS, "election_safety", "at most one leader is elected in a term", "§5.2"),
  /** Messages of earlier terms are rejected. */
  FOLLOWS_LEADER(
      Source.REPORTS,
      "follows_leader",
      "a follower follows the leader that was elected in its term",
      "§5.1"),
  /** Leader Append-Only. */
  LEADER_APPEND_ONLY(
      Source.REPORTS,
      "leader_append_only",
      "a leader never overwrites or deletes entries of its log",
      "§5.3"),
  /** Log Matching. */
  LOG_MATCHING(
      Source.REPORTS,
      "log_matching",
      "logs that have an entry of the same index and term are the same up to it",
      "§5.3"),
  /** Only entries of the leader's own term are committed by counting replicas. */
  OWN_TERM(
      Source.REPORTS,
      "own_term",
      "a leader commits entries of earlier terms only together with one of its own",
      "§5.4.2 and Figure 8"),
  /** Single-server changes, or the two steps of joint consensus, one after the other. */
  ONE_CHANGE(
      Source.REPORTS,
      "one_change",
      "a membership change begins when the one before it is committed",
      "§6"),
  /** Leader Completeness. */
  LEADER_COMPLETENESS(
      Source.REPORTS,
      "leader_completeness",
      "an entry committed in a term is in the logs of the leaders of all later terms",
      "§5.4"),
  /** A snapshot is of what was applied. */
  SNAPSHOT(Source.REPORTS, "snapshot", "a snapshot covers applied entries only", "§7"),
  /** State Machine Safety. */
  STATE_MACHINE_SAFETY(
      Source.REPORTS,
      "state_machine_safety",
      "no two replicas apply different entries at the same index",
      "§5.4.3"),

  /** Acknowledged writes survive the crash of a minority. */
  EARLY_OK(
      Source.MESSAGES,
      "early_ok",
      "a write is acknowledged only when a majority can have it",
      "§5.3"),
  /** Election Safety, as far as messages show terms. */
  ONE_LEADER(Source.MESSAGES, "one_leader", "no two replicas lead in the same term", "§5.2"),
  /** A deposed leader doesn't answer reads. On an overloaded machine it may be late. */
  BLIND_READ(
      Source.MESSAGES,
      "blind_read",
      "a replica that no majority reaches answers no get while another replica leads",
      "§8",
      true),

  /** A leader is elected. */
  LIVE_LEADER(
      Source.PROGRESS,
      "live_leader",
      "an undisturbed majority has a leader within 5 s",
      "§5.2, §5.6",
      true),
  /** Clients get answers. */
  LIVE_ANSWERS(
      Source.PROGRESS,
      "live_answers",
      "an undisturbed cluster with a leader answers requests within 5 s",
      "§8",
      true),
  /** Followers catch up. */
  LIVE_CATCH_UP(
      Source.PROGRESS,
      "live_catch_up",
      "a replica that the leader reaches answers, and learns what is committed",
      "§5.3, §5.5",
      true),
  /** The leader is stable, and there is no storm of messages. */
  LIVE_CALM(
      Source.PROGRESS,
      "live_calm",
      "in an undisturbed cluster the leader stays and messages are few",
      "§5.2",
      true);

  /** What an invariant is judged by. */
  public enum Source {
    /** The changes of state that replicas report. */
    REPORTS,
    /** The messages alone. */
    MESSAGES,
    /** The progress in stable periods. */
    PROGRESS
  }

  private final Source source;
  private final String check;
  private final String promise;
  private final String section;
  private final boolean loadCanCause;

  Invariant(Source source, String check, String promise, String section) {
    this(source, check, promise, section, false);
  }

  Invariant(Source source, String check, String promise, String section, boolean loadCanCause) {
    this.source = source;
    this.check = check;
    this.promise = promise;
    this.section = section;
    this.loadCanCause = loadCanCause;
  }

  /** All that are judged by this. */
  public static List<Invariant> of(Source source) {
    return Arrays.stream(values()).filter(invariant -> invariant.source == source).toList();
  }

  /** Its name among the checks. */
  public String check() {
    return check;
  }

  /** What must hold, in words. */
  public String promise() {
    return promise;
  }

  /** The section of the (extended) Raft paper. */
  public String section() {
    return section;
  }

  /** Whether correct replicas can break it on an overloaded machine. */
  public boolean loadCanCause() {
    return loadCanCause;
  }
}
