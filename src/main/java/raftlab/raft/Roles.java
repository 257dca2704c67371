package raftlab.raft;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.node.Host;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.wire.Id;

/**
 * The role of the replica, and the leader that it follows (§5.1, Figure 4). Only this class changes
 * them. The transitions are
 *
 * <pre>
 *   FOLLOWER       to PRE_CANDIDATE   its election timeout elapsed
 *   PRE_CANDIDATE  to PRE_CANDIDATE   its election timeout elapsed again
 *   PRE_CANDIDATE  to CANDIDATE       a majority granted its pre-votes
 *   CANDIDATE      to PRE_CANDIDATE   its election timeout elapsed: no candidate has won
 *   CANDIDATE      to LEADER          a majority granted its votes
 *   any            to FOLLOWER        it saw a later term or the leader of its term, or stepped down
 *
 *   with leadership transfer (dissertation §3.10), or without PreVote:
 *   FOLLOWER       to CANDIDATE       it received TimeoutNow, or its election timeout elapsed
 *   CANDIDATE      to CANDIDATE       its election timeout elapsed: no candidate has won
 * </pre>
 *
 * A leader only becomes a follower, and becoming a candidate begins a new term. So no replica
 * becomes leader of the same term twice.
 */
final class Roles {
  private static final Map<Role, Set<Role>> TRANSITIONS = new EnumMap<>(Role.class);

  static {
    TRANSITIONS.put(Role.FOLLOWER, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    TRANSITIONS.put(
        Role.PRE_CANDIDATE, EnumSet.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE));
    TRANSITIONS.put(Role.CANDIDATE, EnumSet.allOf(Role.class));
    TRANSITIONS.put(Role.LEADER, EnumSet.of(Role.FOLLOWER));
  }

  private final Host host;
  private final TermAndVote termAndVote;
  private Role role = Role.FOLLOWER;
  private @Nullable Id leader;

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

  /** The leader of the current term; null if this replica doesn't know it. */
  @Nullable Id leader() {
    return leader;
  }

  boolean isLeaderKnown() {
    return leader != null;
  }

  /** The replica starts. §5.2: "When servers start up, they begin as followers". */
  void start() {
    change(Role.FOLLOWER, null);
  }

  /** A message had a later term, which becomes the current one (§5.1). */
  void adoptTerm(long term) {
    termAndVote.startTerm(term);
    change(Role.FOLLOWER, null);
  }

  /** The leader of the current term is this one (§5.2). */
  void becomeFollowerOf(Id newLeader) {
    if (role != Role.FOLLOWER || !newLeader.equals(leader)) {
      change(Role.FOLLOWER, newLeader);
    }
  }

  /**
   * A leader steps down: no majority answers it (CheckQuorum, dissertation §6.2), or it was removed
   * (dissertation §4.2.2).
   */
  void stepDown() {
    change(Role.FOLLOWER, null);
  }

  /** Asks for pre-votes, without beginning a term (dissertation §9.6). */
  void becomePreCandidate() {
    change(Role.PRE_CANDIDATE, null);
  }

  /** Begins a new term and votes for itself (§5.2). */
  void becomeCandidate() {
    termAndVote.startTerm(termAndVote.currentTerm() + 1);
    termAndVote.voteFor(host.id());
    change(Role.CANDIDATE, null);
  }

  /** Has won the election (§5.2). */
  void becomeLeader() {
    change(Role.LEADER, host.id());
  }

  private void change(Role to, @Nullable Id newLeader) {
    if (!Objects.requireNonNull(TRANSITIONS.get(role), "each role has some").contains(to)) {
      throw new IllegalStateException("no replica turns from " + role + " to " + to);
    }
    role = to;
    leader = newLeader;
    host.report(new RoleChanged(role, termAndVote.currentTerm(), MessageCodec.orBroadcast(leader)));
  }
}
