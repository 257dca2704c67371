package raftlab.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import raftlab.node.StateChange.Role;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A replica under investigation: what it has reported of itself, and what has reached it. */
final class Subject {
  /** Of so many terms it is remembered what their leaders have sent. */
  private static final int MOST_TERMS = 4;

  static final long NEVER = Long.MIN_VALUE / 2;

  final Id id;

  // What happens to it.
  boolean isUp = true;

  /** Whether it was stopped: what is delivered to it waits in its socket. */
  boolean isPaused;

  int lives = 1;
  long upSince;
  long troubledAt = NEVER;

  // What it reports.
  boolean reports;
  long term = Said.UNKNOWN;
  long termSince;
  Role role = Role.FOLLOWER;
  Id leader = Id.BROADCAST;
  Event.Reported leads;
  long leadsSince = NEVER;
  long openingIndex = Said.UNKNOWN;
  int depositions;
  final Ledger log = new Ledger();
  long commit;
  Event.Reported commitReport;
  long applied;
  List<Id> voters = List.of();
  boolean hasMembers;
  boolean isLogKnown = true;

  /** Up to this entry a snapshot may stand in the place of its log. {@link #log} still has them. */
  long discarded;

  /** In which of its lives its messages last showed its log, if it reports nothing. */
  int logShownInLife = 1;

  /** An older message of its leader, or the answer to one, after it had said to have more. */
  Event overtaken;

  // What has reached it.
  private final TreeMap<Long, Offers> offers = new TreeMap<>();
  private final Map<Long, Set<Id>> votes = new HashMap<>();
  private final Map<Id, Long> matched = new HashMap<>();
  private final Map<Id, Long> repliedAt = new HashMap<>();
  private long repliesOfTerm = Said.UNKNOWN;
  long verifiedEver;

  Subject(Id id) {
    this.id = id;
  }

  boolean leads() {
    return role == Role.LEADER && isUp;
  }

  boolean isCandidate() {
    return role == Role.CANDIDATE || role == Role.PRE_CANDIDATE;
  }

  /** It starts again: what it knows by heart is gone, and what it reports is to come. */
  void startAgain(long atMicros) {
    lives++;
    isUp = true;
    isPaused = false;
    overtaken = null;
    upSince = atMicros;
    role = Role.FOLLOWER;
    leader = Id.BROADCAST;
    leads = null;
    openingIndex = Said.UNKNOWN;
    commit = 0;
    commitReport = null;
    applied = 0;
    matched.clear();
    repliedAt.clear();
    repliesOfTerm = Said.UNKNOWN;
  }

  // ---- messages that have come ----

  /** What the leader of a term has sent it; null if nothing, or too long ago. */
  Offers offers(long ofTerm) {
    return offers.get(ofTerm);
  }

  Offers offersToAdd(long ofTerm) {
    Offers known = offers.get(ofTerm);
    if (known == null) {
      known = new Offers(ofTerm);
      offers.put(ofTerm, known);
      if (offers.size() > MOST_TERMS) {
        offers.pollFirstEntry();
      }
    }
    return known;
  }

  /** What leaders of earlier terms have sent it, latest first. */
  Iterable<Offers> offersBefore(long ofTerm) {
    return new ArrayList<>(offers.headMap(ofTerm, false).descendingMap().values());
  }

  void vote(long ofTerm, Id voter) {
    votes.computeIfAbsent(ofTerm, t -> new HashSet<>()).add(voter);
  }

  /** Who has given it a vote in this term. */
  Set<Id> votes(long ofTerm) {
    return votes.getOrDefault(ofTerm, Set.of());
  }

  void replied(Id follower, Said.AppendReply reply, long atMicros) {
    if (reply.term() != term) {
      return; // of an earlier term, or by one whom it may ignore: it is no member any more
    }
    if (repliesOfTerm != term) {
      repliesOfTerm = term;
      matched.clear();
      repliedAt.clear();
    }
    repliedAt.put(follower, atMicros);
    if (reply.success()) {
      matched.merge(follower, reply.matchIndex(), Math::max);
    }
  }

  /** Up to where a follower has said, in this term, that it agrees; 0 if it hasn't. */
  long matched(Id follower, long ofTerm) {
    return ofTerm == repliesOfTerm ? matched.getOrDefault(follower, 0L) : 0;
  }

  /** The last entry that a majority, of so many others and itself, has said to have; 0 if none. */
  long agreedBy(List<Id> otherVoters, int othersNeeded) {
    if (othersNeeded <= 0) {
      return log.lastIndex();
    }
    long[] all = otherVoters.stream().mapToLong(id -> matched(id, term)).sorted().toArray();
    return othersNeeded > all.length ? 0 : all[all.length - othersNeeded];
  }

  /** When a follower has last answered it in its latest term; {@link #NEVER} if it hasn't. */
  long repliedAt(Id follower) {
    return repliedAt.getOrDefault(follower, NEVER);
  }
}
