package raftlab.judge.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.wire.Message;

/**
 * Checks that no two replicas lead in the same term (§5.2), where messages have a term.
 *
 * <p>A candidate that names itself too early is no leader. So a claim counts only with an ok to a
 * client between two messages with the claim; only these two of a leader's messages are read.
 */
final class LeaderClaimCheck {
  private static final String TERM = "term";
  private static final long NONE = -1;

  /** After this many messages without a term no more of this replica's are read. */
  private static final int MAX_MESSAGES_WITHOUT_TERM = 20;

  /** A replica that claims to lead this long after a message from another leader gets a remark. */
  private static final long STUBBORN_MICROS = 2_000_000;

  /** A replica that surely led a term: its answer, and its messages before and after. */
  private record TermLeader(int replica, Event.Sent before, Event.Answered ok, Event.Sent after) {}

  /** The present claim of one replica. */
  private static final class LeaderClaim {
    private Event.@Nullable Sent first;
    private long term = NONE;
    private Event.@Nullable Answered ok;
    private boolean isOpen = true;
    private int withoutTerm;
    private long otherLeaderReceivedMicros = NONE;
    private boolean isRemarked;

    private void begin() {
      first = null;
      term = NONE;
      ok = null;
      isOpen = true;
      otherLeaderReceivedMicros = NONE;
    }
  }

  private final ReplicaIndex replicaIndex;
  private final PerceivedLeader perceivedLeader;
  private final FirstViolations findings;
  private final Map<Long, TermLeader> leaders = new HashMap<>();
  private boolean termsMayRepeat;
  private LeaderClaim[] claims;

  LeaderClaimCheck(
      ReplicaIndex replicaIndex, PerceivedLeader perceivedLeader, FirstViolations findings) {
    this.replicaIndex = replicaIndex;
    this.perceivedLeader = perceivedLeader;
    this.findings = findings;
    claims = new LeaderClaim[replicaIndex.size()];
    Arrays.setAll(claims, place -> new LeaderClaim());
  }

  void replicaAdded() {
    claims = Arrays.copyOf(claims, replicaIndex.size());
    claims[claims.length - 1] = new LeaderClaim();
  }

  /** A replica has lost its stored state: from now on, terms prove nothing. */
  void termsMayRepeat() {
    termsMayRepeat = true;
  }

  /** Notes that a replica names another leader than before, in an answer to a client. */
  void otherLeaderNamed(int replica) {
    claims[replica].begin();
  }

  /** Notes a message from a replica to another; {@code isNew} if it named another leader before. */
  void sent(Event.Sent sent, int replica, boolean isNew) {
    LeaderClaim claim = claims[replica];
    if (isNew) {
      claim.begin();
    }
    if (!perceivedLeader.claimsLeadership(replica)) {
      return;
    }
    if (claim.isOpen && claim.withoutTerm < MAX_MESSAGES_WITHOUT_TERM) {
      read(sent, replica, claim);
    }
    if (claim.otherLeaderReceivedMicros != NONE
        && !claim.isRemarked
        && sent.atMicros() - claim.otherLeaderReceivedMicros > STUBBORN_MICROS) {
      remarkStubborn(replica, claim);
    }
  }

  private void read(Event.Sent sent, int replica, LeaderClaim claim) {
    long term = term(sent.message());
    if (term == NONE) {
      claim.withoutTerm++;
      return;
    }
    if (claim.ok != null && claim.term == term) {
      Event.Sent first = Objects.requireNonNull(claim.first, "set together with the term");
      leads(term, new TermLeader(replica, first, claim.ok, sent));
    }
    if (claim.term != term) {
      claim.first = sent;
      claim.ok = null;
    }
    claim.term = term;
    claim.isOpen = false;
  }

  private static long term(Message message) {
    JsonElement field = message.fields().get(TERM);
    if (field instanceof JsonPrimitive number && number.isNumber()) {
      double term = number.getAsDouble();
      return term >= 0 && term < 1e15 && term == Math.rint(term) ? (long) term : NONE;
    }
    return NONE;
  }

  private void leads(long term, TermLeader led) {
    TermLeader before = leaders.putIfAbsent(term, led);
    if (before != null && before.replica != led.replica && !termsMayRepeat) {
      findings.violated(
          Invariant.ONE_LEADER,
          List.of(replicaIndex.id(before.replica), replicaIndex.id(led.replica)),
          Evidence.of(before.before, before.ok, before.after, led.before, led.ok, led.after),
          "replicas %s and %s both sent messages as leader of term %d, and both answered"
              + " clients meanwhile",
          replicaIndex.id(before.replica),
          replicaIndex.id(led.replica),
          term);
    }
  }

  /** Notes an ok of a replica to a client. */
  void ok(Event.Answered answer, int replica) {
    LeaderClaim claim = claims[replica];
    if (claim.term != NONE && claim.ok == null && perceivedLeader.claimsLeadership(replica)) {
      claim.ok = answer;
      claim.isOpen = true;
    }
  }

  /** Notes that a message of the majority's leader reached another replica. */
  void received(int from, int to, long micros) {
    if (from == perceivedLeader.majorityLeader()
        && perceivedLeader.claimsLeadership(to)
        && to != from
        && claims[to].otherLeaderReceivedMicros == NONE) {
      claims[to].otherLeaderReceivedMicros =
          Math.max(micros, perceivedLeader.majorityLeaderSince());
    }
  }

  private void remarkStubborn(int replica, LeaderClaim claim) {
    claim.isRemarked = true;
    int favourite = perceivedLeader.majorityLeader();
    if (favourite != ReplicaIndex.NONE
        && favourite != replica
        && perceivedLeader.majorityLeaderSince() <= claim.otherLeaderReceivedMicros) {
      findings.remark(
          "replica "
              + replicaIndex.id(replica)
              + " claimed to lead for more than "
              + STUBBORN_MICROS / 1_000_000
              + " s after it had a message from "
              + replicaIndex.id(favourite)
              + ", the leader that most replicas follow: a leader steps down when it sees a later"
              + " term (§5.1)");
    }
  }
}
