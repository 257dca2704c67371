package raftlab.raft;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import raftlab.node.Host;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.wire.Id;

/**
 * Which part the replica plays, in which term, and under whom (§5.1, Figure 4). Nobody else changes
 * this. The legal changes are
 *
 * <pre>
 *   FOLLOWER       to PRE_CANDIDATE   it hasn't heard from a leader for an election timeout
 *   PRE_CANDIDATE  to PRE_CANDIDATE   nobody became leader meanwhile: it canvasses again
 *   PRE_CANDIDATE  to CANDIDATE       a majority would vote for it
 *   CANDIDATE      to PRE_CANDIDATE   nobody won the election: it canvasses again
 *   CANDIDATE      to LEADER          a majority voted for it
 *   any            to FOLLOWER        it saw a later term or its term's leader, or gave up
 *
 *   if the leader asks it to take its place (dissertation §3.10), and without PreVote:
 *   FOLLOWER       to CANDIDATE       it was asked, or hasn't heard for an election timeout
 *   CANDIDATE      to CANDIDATE       nobody won the election: it stands in the next term
 * </pre>
 *
 * A leader changes into nothing but a follower; and whoever becomes a candidate begins a new term,
 * so nobody becomes leader of the same term twice.
 */
final class Roles {
  private static final Map<Role, Set<Role>> LEGAL = new EnumMap<>(Role.class);

  static {
    LEGAL.put(Role.FOLLOWER, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    LEGAL.put(Role.PRE_CANDIDATE, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    LEGAL.put(Role.CANDIDATE, EnumSet.allOf(Role.class));
    LEGAL.put(Role.LEADER, EnumSet.of(Role.FOLLOWER));
  }

  private final Host host;
  private final TermAndVote termAndVote;
  private Role role = Role.FOLLOWER;
  private Id leader = Id.BROADCAST;

  Roles(Host host, TermAndVote termAndVote) {
    this.host = host;
    this.termAndVote = termAndVote;
  }

  Role role() {
    return role;
  }

  boolean isLeader() {
    return role == Role.LEADER;
  }

  /** The leader of the current term; {@link Id#BROADCAST} if unknown. */
  Id leader() {
    return leader;
  }

  boolean isLeaderKnown() {
    return !leader.isBroadcast();
  }

  /** The replica starts, as a follower. */
  void start() {
    change(Role.FOLLOWER, Id.BROADCAST);
  }

  /**
   * A message of a later term was seen: that term is ours now, and its leader unknown yet (§5.1).
   */
  void adoptTerm(long term) {
    termAndVote.startTerm(term);
    change(Role.FOLLOWER, Id.BROADCAST);
  }

  /** The leader of the current term has spoken (§5.2). */
  void becomeFollowerOf(Id itsLeader) {
    if (role != Role.FOLLOWER || !leader.equals(itsLeader)) {
      change(Role.FOLLOWER, itsLeader);
    }
  }

  /**
   * A leader gives up: it reaches no majority any more (CheckQuorum, dissertation §6.2), or is no
   * member any more (dissertation §4.2.2).
   */
  void stepDown() {
    change(Role.FOLLOWER, Id.BROADCAST);
  }

  /** Asks whether an election could be won, without beginning a term (dissertation §9.6). */
  void becomePreCandidate() {
    change(Role.PRE_CANDIDATE, Id.BROADCAST);
  }

  /** Begins a new term and votes for itself (§5.2). */
  void becomeCandidate() {
    termAndVote.startTerm(termAndVote.currentTerm() + 1);
    termAndVote.voteFor(host.id());
    change(Role.CANDIDATE, Id.BROADCAST);
  }

  /** Has won the election (§5.2). */
  void becomeLeader() {
    change(Role.LEADER, host.id());
  }

  private void change(Role to, Id itsLeader) {
    if (!LEGAL.get(role).contains(to)) {
      throw new IllegalStateException("no replica turns from " + role + " to " + to);
    }
    role = to;
    leader = itsLeader;
    host.report(new RoleChanged(role, termAndVote.currentTerm(), leader));
  }
}
