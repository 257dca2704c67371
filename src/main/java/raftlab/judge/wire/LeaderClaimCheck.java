package raftlab.judge.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final int PATIENCE = 20;

  /** A replica that claims to lead this long after a message from another leader gets a remark. */
  private static final long STUBBORN_MICROS = 2_000_000;

  /** A replica that surely led a term: its answer, and its messages before and after. */
  private record Led(int replica, Event.Sent before, Event.Answered ok, Event.Sent after) {}

  /** The present claim of one replica. */
  private static final class Claim {
    private Event.Sent first;
    private long term = NONE;
    private Event.Answered ok;
    private boolean isOpen = true;
    private int withoutTerm;
    private long toldOtherwiseMicros = NONE;
    private boolean isRemarked;

    private void begin() {
      first = null;
      term = NONE;
      ok = null;
      isOpen = true;
      toldOtherwiseMicros = NONE;
    }
  }

  private final ReplicaIndex places;
  private final PerceivedLeader voices;
  private final FirstViolations findings;
  private final Map<Long, Led> leaders = new HashMap<>();
  private boolean termsMayRepeat;
  private Claim[] claims;

  LeaderClaimCheck(ReplicaIndex places, PerceivedLeader voices, FirstViolations findings) {
    this.places = places;
    this.voices = voices;
    this.findings = findings;
    claims = new Claim[places.count()];
    Arrays.setAll(claims, place -> new Claim());
  }

  void grow() {
    claims = Arrays.copyOf(claims, places.count());
    claims[claims.length - 1] = new Claim();
  }

  /** A replica has lost its stored state: from now on, terms prove nothing. */
  void termsMayRepeat() {
    termsMayRepeat = true;
  }

  /** Notes that a replica names another leader than before, in an answer to a client. */
  void renamed(int replica) {
    claims[replica].begin();
  }

  /** Notes a message from a replica to another; {@code isNew} if it named another leader before. */
  void sent(Event.Sent sent, int replica, boolean isNew) {
    Claim claim = claims[replica];
    if (isNew) {
      claim.begin();
    }
    if (!voices.claims(replica)) {
      return;
    }
    if (claim.isOpen && claim.withoutTerm < PATIENCE) {
      read(sent, replica, claim);
    }
    if (claim.toldOtherwiseMicros != NONE
        && !claim.isRemarked
        && sent.atMicros() - claim.toldOtherwiseMicros > STUBBORN_MICROS) {
      remarkStubborn(replica, claim);
    }
  }

  private void read(Event.Sent sent, int replica, Claim claim) {
    long term = term(sent.message());
    if (term == NONE) {
      claim.withoutTerm++;
      return;
    }
    if (claim.ok != null && claim.term == term) {
      leads(term, new Led(replica, claim.first, claim.ok, sent));
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

  private void leads(long term, Led led) {
    Led before = leaders.putIfAbsent(term, led);
    if (before != null && before.replica != led.replica && !termsMayRepeat) {
      findings.violated(
          Invariant.ONE_LEADER,
          List.of(places.id(before.replica), places.id(led.replica)),
          Evidence.of(before.before, before.ok, before.after, led.before, led.ok, led.after),
          "replicas %s and %s both sent messages as leader of term %d, and both answered"
              + " clients meanwhile",
          places.id(before.replica),
          places.id(led.replica),
          term);
    }
  }

  /** Notes an ok of a replica to a client. */
  void ok(Event.Answered answer, int replica) {
    Claim claim = claims[replica];
    if (claim.term != NONE && claim.ok == null && voices.claims(replica)) {
      claim.ok = answer;
      claim.isOpen = true;
    }
  }

  /** Notes that a message of the majority's leader reached another replica. */
  void heard(int from, int to, long micros) {
    if (from == voices.favourite()
        && voices.claims(to)
        && to != from
        && claims[to].toldOtherwiseMicros == NONE) {
      claims[to].toldOtherwiseMicros = Math.max(micros, voices.favouriteSince());
    }
  }

  private void remarkStubborn(int replica, Claim claim) {
    claim.isRemarked = true;
    int favourite = voices.favourite();
    if (favourite != ReplicaIndex.NOBODY
        && favourite != replica
        && voices.favouriteSince() <= claim.toldOtherwiseMicros) {
      findings.remark(
          "replica "
              + places.id(replica)
              + " claimed to lead for more than "
              + STUBBORN_MICROS / 1_000_000
              + " s after it had a message from "
              + places.id(favourite)
              + ", the leader that most replicas follow: a leader steps down when it sees a later"
              + " term (§5.1)");
    }
  }
}
