package raftlab.run.lab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Finds the leader from the {@code leader} fields of messages.
 *
 * <p>A replica <em>claims</em> to lead while its messages name itself. A claim is confirmed when
 * one of these holds:
 *
 * <ul>
 *   <li>a majority of the members that count name the claimant in their latest messages, or
 *   <li>messages with the claim have reached a majority of them {@value #MIN_DELIVERIES} times (a
 *       candidate that names itself too early asks each for its vote only once), or
 *   <li>the claimant has answered a client with ok.
 * </ul>
 *
 * Followers need not answer heartbeats or name a leader: silence and {@code FFFF} contradict no
 * claim. The only member of a cluster leads without a claim, since it has no replica to send to. A
 * confirmed claim holds until another replica begins to claim, or until the claimant names another,
 * crashes, or no longer counts. It can be confirmed again. Of two confirmed claims the later one
 * wins.
 */
final class LeaderTracker {
  /** How often messages with a claim must reach a replica that sends nothing itself. */
  private static final int MIN_DELIVERIES = 2;

  /** The claim of one replica to be the leader. */
  private static final class Claim {
    /** Its place among all claims, from 1. */
    private long number;

    /** Whether the claimant has since sent that it knows no leader. */
    private boolean interrupted;

    private boolean confirmed;

    /** Whether another replica became leader since the claimant last named itself. */
    private boolean lapsed;

    /**
     * How many messages with the claim have reached each replica, up to {@link #MIN_DELIVERIES}.
     */
    private final Map<Id, Integer> reached = new HashMap<>();

    private boolean hasReached(Id replica) {
      return reached.getOrDefault(replica, 0) >= MIN_DELIVERIES;
    }

    private void reset() {
      confirmed = false;
      reached.clear();
    }
  }

  private final ReplicaStates replicaStates;
  private final Predicate<Id> isCounted;
  private final Map<Id, Claim> claims = new TreeMap<>();

  /** The leader that each replica named last. */
  private final Map<Id, Id> namedLeaders = new HashMap<>();

  private final Set<Id> crashedBefore = new HashSet<>();
  private long claimsSoFar;
  private @Nullable Id leader;

  /**
   * Starts without a leader.
   *
   * @param isCounted which replicas count: those that run, on the majority's side of the network.
   *     Of these only members count; a replica that was removed can't lead
   */
  LeaderTracker(ReplicaStates replicaStates, Predicate<Id> isCounted) {
    this.replicaStates = replicaStates;
    this.isCounted = isCounted;
  }

  /** Returns the known leader. */
  Optional<Id> leader() {
    return Optional.ofNullable(leader);
  }

  /** Discards the messages of a replica that crashed. */
  void replicaCrashed(Id replica) {
    namedLeaders.remove(replica);
    claims.remove(replica);
    claims.values().forEach(claim -> claim.reached.remove(replica));
    crashedBefore.add(replica);
  }

  /** Links or replicas changed: discards which replicas the claims have reached. */
  void linksChanged() {
    claims.values().forEach(claim -> claim.reached.clear());
  }

  /**
   * Whether this replica follows that leader, as far as messages show: it names it, or {@value
   * #MIN_DELIVERIES} of the leader's messages have reached it since it last named another.
   */
  boolean follows(Id replica, Id of) {
    Claim claim = claims.get(of);
    return of.equals(namedLeaders.get(replica)) || claim != null && claim.hasReached(replica);
  }

  /**
   * Handles a message that names this leader.
   *
   * @return whether that may change the known leader, so that a {@link #recount} is needed
   */
  boolean leaderNamed(Id replica, Id says) {
    if (!says.isBroadcast()) {
      contradicts(replica, says);
    }
    Id before = namedLeaders.put(replica, says);
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

  /** Notes that it follows the leader that it names and no other. */
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
      if (isCounted.test(replica)) {
        claims.values().stream().filter(other -> other != claim).forEach(Claim::reset);
      }
    }
  }

  /**
   * Handles the delivery of a message that names its sender as the leader.
   *
   * @return whether that may change the known leader
   */
  boolean messageDelivered(Id from, Id to) {
    Claim claim = claims.get(from);
    return claim != null
        && claim.reached.merge(to, 1, (a, b) -> Math.min(a + b, MIN_DELIVERIES)) == MIN_DELIVERIES
        && !claim.confirmed;
  }

  /**
   * Handles an ok of a replica to a client.
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

  /** Returns the replicas that claim to lead and count, ascending. */
  List<Id> claimants() {
    return claims.keySet().stream().filter(isCounted).toList();
  }

  /**
   * Determines the leader.
   *
   * @return whether it changed
   */
  boolean recount() {
    Id before = leader;
    claims.forEach((id, claim) -> claim.confirmed |= isConfirmed(id, claim));
    leader = latestConfirmed();
    if (Objects.equals(leader, before)) {
      return false;
    }
    if (leader != null) {
      endEarlierClaims(leader);
    }
    return true;
  }

  private boolean isConfirmed(Id claimant, Claim claim) {
    return isCounted.test(claimant)
        && !claim.lapsed
        && (reachesMajority(claimant, claim) || isMajority(replicasNaming(claimant)));
  }

  private boolean reachesMajority(Id claimant, Claim claim) {
    Set<Id> with = new HashSet<>();
    with.add(claimant);
    claim.reached.keySet().stream().filter(claim::hasReached).forEach(with::add);
    return isMajority(with);
  }

  private Set<Id> replicasNaming(Id candidate) {
    Set<Id> those = new HashSet<>();
    namedLeaders.forEach(
        (replica, says) -> {
          if (says.equals(candidate)) {
            those.add(replica);
          }
        });
    return those;
  }

  /** Whether these are more than half of the members that count. */
  private boolean isMajority(Set<Id> replicas) {
    int all = 0;
    int in = 0;
    for (Id member : replicaStates.members()) {
      if (isCounted.test(member)) {
        all++;
        in += replicas.contains(member) ? 1 : 0;
      }
    }
    return 2 * in > all;
  }

  private @Nullable Id latestConfirmed() {
    Id best = null;
    long latest = -1;
    for (Id candidate : replicaStates.all()) {
      Claim claim = claims.get(candidate);
      long number = claim == null ? 0 : claim.number;
      if (number > latest && canLead(candidate, claim)) {
        if (claim != null && claim.confirmed || isMajority(replicasNaming(candidate))) {
          best = candidate;
          latest = number;
        }
      }
    }
    List<Id> members = replicaStates.members();
    boolean isAlone = members.size() == 1 && isCounted.test(members.get(0));
    return best == null && isAlone ? members.get(0) : best;
  }

  private boolean canLead(Id candidate, @Nullable Claim claim) {
    return isCounted.test(candidate)
        && !replicaStates.isRemoved(candidate)
        && (claim != null || !crashedBefore.contains(candidate));
  }

  /** Discards claims of silent replicas for themselves or for earlier leaders. */
  private void endEarlierClaims(Id leader) {
    namedLeaders.values().removeIf(says -> !says.equals(leader) && !says.isBroadcast());
    claims.forEach(
        (id, claim) -> {
          if (!id.equals(leader)) {
            claim.reset();
            claim.lapsed = true;
          }
        });
  }
}
