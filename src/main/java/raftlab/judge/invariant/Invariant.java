package raftlab.judge.invariant;

import java.util.Arrays;
import java.util.List;

/** What every correct cluster keeps; causes come before what they lead to. */
public enum Invariant {
  ONE_VOTE(Source.REPORTS, "a replica votes for at most one candidate in a term", "§5.2"),
  VOTER_WAITS(
      Source.REPORTS,
      "a replica that votes for another waits an election timeout before it stands for election",
      "§5.2 and Figure 2",
      true),
  DURABILITY(Source.REPORTS, "term, vote and log survive a restart", "§5.1 and Figure 2"),
  ONLY_FORWARD(
      Source.REPORTS, "term, commit index and last applied entry never go back", "Figure 2"),
  ELECTION_SAFETY(Source.REPORTS, "at most one leader is elected in a term", "§5.2"),
  FOLLOWS_LEADER(
      Source.REPORTS, "a follower follows the leader that was elected in its term", "§5.1"),
  LEADER_APPEND_ONLY(
      Source.REPORTS, "a leader never overwrites or deletes entries of its log", "§5.3"),
  LOG_MATCHING(
      Source.REPORTS,
      "logs that have an entry of the same index and term are the same up to it",
      "§5.3"),
  OWN_TERM(
      Source.REPORTS,
      "a leader commits entries of earlier terms only together with one of its own",
      "§5.4.2 and Figure 8"),
  ONE_CHANGE(
      Source.REPORTS, "a membership change begins when the one before it is committed", "§6"),
  LEADER_COMPLETENESS(
      Source.REPORTS,
      "an entry committed in a term is in the logs of the leaders of all later terms",
      "§5.4"),
  SNAPSHOT(Source.REPORTS, "a snapshot covers applied entries only", "§7"),
  STATE_MACHINE_SAFETY(
      Source.REPORTS, "no two replicas apply different entries at the same index", "§5.4.3"),

  EARLY_OK(Source.MESSAGES, "a write is acknowledged only when a majority can have it", "§5.3"),
  ONE_LEADER(Source.MESSAGES, "no two replicas lead in the same term", "§5.2"),
  BLIND_READ(
      Source.MESSAGES,
      "a replica that no majority reaches answers no get while another replica leads",
      "§8",
      true),

  PROTOCOL(Source.DIALECT, "votes, elections and commits in messages follow Raft", "§5.2 to §5.4"),

  LIVE_LEADER(
      Source.PROGRESS, "an undisturbed majority has a leader within 5 s", "§5.2, §5.6", true),
  LIVE_ANSWERS(
      Source.PROGRESS,
      "an undisturbed cluster with a leader answers requests within 5 s",
      "§8",
      true),
  LIVE_CATCH_UP(
      Source.PROGRESS,
      "a replica that the leader reaches answers, and learns what is committed",
      "§5.3, §5.5",
      true),
  LIVE_CALM(
      Source.PROGRESS,
      "in an undisturbed cluster the leader stays and messages are few",
      "§5.2",
      true);

  /** What an invariant is judged by. */
  public enum Source {
    /** The changes of state that replicas report. */
    REPORTS,
    /** The messages alone. */
    MESSAGES,
    /** The messages between replicas, read by a dialect that was proved in the run. */
    DIALECT,
    /** The progress in stable periods. */
    PROGRESS
  }

  private final Source source;
  private final CheckName check;
  private final String requirement;
  private final String section;
  private final boolean loadCanCause;

  Invariant(Source source, String requirement, String section) {
    this(source, requirement, section, false);
  }

  Invariant(Source source, String requirement, String section, boolean loadCanCause) {
    this.source = source;
    this.check = CheckName.valueOf(name());
    this.requirement = requirement;
    this.section = section;
    this.loadCanCause = loadCanCause;
  }

  /** All that are judged by this. */
  public static List<Invariant> of(Source source) {
    return Arrays.stream(values()).filter(invariant -> invariant.source == source).toList();
  }

  /** Its name among the checks. */
  public CheckName check() {
    return check;
  }

  /** What must hold, in words. */
  public String requirement() {
    return requirement;
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
