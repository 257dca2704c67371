package raftlab.run.lab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import raftlab.wire.Id;

/**
 * Which replica leads, as far as the {@code leader} fields of messages show it.
 *
 * <p>A replica <em>claims</em> to lead while its messages name itself. A claim is confirmed when
 *
 * <ul>
 *   <li>most of the replicas that count name the claimant in their latest messages, or
 *   <li>messages with the claim have reached most of them {@value #ROUNDS} times (a candidate that
 *       names itself too early asks each for its vote only once), or
 *   <li>the claimant has answered a client with ok.
 * </ul>
 *
 * Followers need not answer heartbeats, and need not name a leader: silence and {@code FFFF}
 * contradict nothing. A confirmed claim holds until another replica begins to claim, or until the
 * claimant names another, dies, or leaves the replicas that count. It can be confirmed again. Of
 * two confirmed claims the later counts.
 */
final class LeaderTracker {
  /** How often messages with a claim must reach a replica that says nothing itself. */
  private static final int ROUNDS = 2;

  /** What a replica's messages say about itself. */
  private static final class Claim {
    /** Its place among all claims, from 1. */
    private long number;

    /** Whether the claimant has said since that it knows no leader. */
    private boolean interrupted;

    private boolean confirmed;

    /** Whether another has become leader since the claimant last named itself. */
    private boolean lapsed;

    /** How many messages with the claim have reached each replica, up to {@link #ROUNDS}. */
    private final Map<Id, Integer> reached = new HashMap<>();

    private boolean hasReached(Id replica) {
      return reached.getOrDefault(replica, 0) >= ROUNDS;
    }

    private void reset() {
      confirmed = false;
      reached.clear();
    }
  }

  private final ReplicaStates population;
  private final Predicate<Id> counts;
  private final Map<Id, Claim> claims = new TreeMap<>();

  /** The leader that each replica named last. */
  private final Map<Id, Id> named = new HashMap<>();

  private final Set<Id> diedBefore = new HashSet<>();
  private long claimsSoFar;
  private Id leader = Id.BROADCAST;

  /**
   * No leader is known yet.
   *
   * @param counts which replicas count: those that run, on the majority's side of the network. Of
   *     these only members count; a replica that was removed can't lead
   */
  LeaderTracker(ReplicaStates population, Predicate<Id> counts) {
    this.population = population;
    this.counts = counts;
  }

  /** The leader known at present; {@link Id#BROADCAST} if none. */
  Id leader() {
    return leader;
  }

  /** This replica is dead: what it said no longer counts. */
  void died(Id replica) {
    named.remove(replica);
    claims.remove(replica);
    claims.values().forEach(claim -> claim.reached.remove(replica));
    diedBefore.add(replica);
  }

  /** Links or replicas changed: whether a claim still reaches the followers must show again. */
  void linksChanged() {
    claims.values().forEach(claim -> claim.reached.clear());
  }

  /**
   * Whether this replica follows that leader, as far as can be seen: it names it, or {@value
   * #ROUNDS} of the leader's messages have reached it since it last named another.
   */
  boolean follows(Id replica, Id of) {
    Claim claim = claims.get(of);
    return of.equals(named.get(replica)) || claim != null && claim.hasReached(replica);
  }

  /**
   * A replica sent a message that names this leader.
   *
   * @return whether that may change the known leader, so that it pays to {@link #recount}
   */
  boolean heard(Id replica, Id says) {
    if (!says.isBroadcast()) {
      contradicts(replica, says);
    }
    Id before = named.put(replica, says);
    if (says.equals(before)) {
      return false;
    }
    if (says.equals(replica)) {
      claims(replica);
    } else if (!says.isBroadcast()) {
      claims.remove(replica);
    } else if (claims.containsKey(replica)) {
      claims.get(replica).interrupted = true;
    }
    return true;
  }

  /** It doesn't follow any other than the one that it names, whatever reached it so far. */
  private void contradicts(Id replica, Id says) {
    claims.forEach(
        (id, claim) -> {
          if (!id.equals(says)) {
            claim.reached.remove(replica);
          }
        });
  }

  private void claims(Id replica) {
    Claim claim = claims.computeIfAbsent(replica, id -> new Claim());
    claim.lapsed = false;
    boolean goesOn = claim.number > 0 && !(claim.interrupted && claim.number < claimsSoFar);
    claim.interrupted = false;
    if (!goesOn) {
      claim.reset();
      claim.number = ++claimsSoFar;
      if (counts.test(replica)) {
        claims.values().stream().filter(other -> other != claim).forEach(Claim::reset);
      }
    }
  }

  /**
   * A message that names its sender as the leader was delivered to a replica.
   *
   * @return whether that may change the known leader
   */
  boolean reached(Id from, Id to) {
    Claim claim = claims.get(from);
    return claim != null
        && claim.reached.merge(to, 1, (a, b) -> Math.min(a + b, ROUNDS)) == ROUNDS
        && !claim.confirmed;
  }

  /**
   * A replica has answered a client with ok.
   *
   * @return whether that may change the known leader
   */
  boolean acknowledged(Id replica) {
    Claim claim = claims.get(replica);
    if (claim == null || claim.interrupted || claim.confirmed) {
      return false;
    }
    claim.confirmed = true;
    return true;
  }

  /** Why no leader is known, in words. */
  String whyNone() {
    List<Id> claimants = claims.keySet().stream().filter(counts).toList();
    return claimants.isEmpty()
        ? "no replica that can reach a majority named itself in \"leader\""
        : ReplicaListText.of(claimants)
            + (claimants.size() == 1 ? " claimed" : " each claimed")
            + " to lead (\"leader\" named itself), but a majority did not hear it again";
  }

  /**
   * Finds out who leads now.
   *
   * @return whether it is another than before
   */
  boolean recount() {
    Id before = leader;
    claims.forEach((id, claim) -> claim.confirmed |= isConfirmed(id, claim));
    leader = latestConfirmed();
    if (leader.equals(before)) {
      return false;
    }
    if (!leader.isBroadcast()) {
      endEarlierClaims();
    }
    return true;
  }

  private boolean isConfirmed(Id claimant, Claim claim) {
    return counts.test(claimant)
        && !claim.lapsed
        && (reachesMost(claimant, claim) || isMost(thoseThatName(claimant)));
  }

  private boolean reachesMost(Id claimant, Claim claim) {
    Set<Id> with = new HashSet<>();
    with.add(claimant);
    claim.reached.keySet().stream().filter(claim::hasReached).forEach(with::add);
    return isMost(with);
  }

  private Set<Id> thoseThatName(Id candidate) {
    Set<Id> those = new HashSet<>();
    named.forEach(
        (replica, says) -> {
          if (says.equals(candidate)) {
            those.add(replica);
          }
        });
    return those;
  }

  /** Whether these are more than half of the members that count. */
  private boolean isMost(Set<Id> replicas) {
    int all = 0;
    int in = 0;
    for (Id member : population.members()) {
      if (counts.test(member)) {
        all++;
        in += replicas.contains(member) ? 1 : 0;
      }
    }
    return 2 * in > all;
  }

  private Id latestConfirmed() {
    Id best = Id.BROADCAST;
    long latest = -1;
    for (Id candidate : population.all()) {
      Claim claim = claims.get(candidate);
      long number = claim == null ? 0 : claim.number;
      if (number > latest && canLead(candidate, claim)) {
        if (claim != null && claim.confirmed || isMost(thoseThatName(candidate))) {
          best = candidate;
          latest = number;
        }
      }
    }
    return best;
  }

  private boolean canLead(Id candidate, Claim claim) {
    return counts.test(candidate)
        && !population.isRemoved(candidate)
        && (claim != null || !diedBefore.contains(candidate));
  }

  /** What silent replicas said of earlier leaders, or of themselves, doesn't count any more. */
  private void endEarlierClaims() {
    named.values().removeIf(says -> !says.equals(leader) && !says.isBroadcast());
    claims.forEach(
        (id, claim) -> {
          if (!id.equals(leader)) {
            claim.reset();
            claim.lapsed = true;
          }
        });
  }
}
