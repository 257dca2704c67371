package raftlab.judge.wire;

import java.util.List;
import java.util.Locale;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.wire.RequestLog.Origin;
import raftlab.judge.wire.RequestLog.Question;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks each ok against what its sender can have known: how many replicas had the write, or
 * whether another leader was elected.
 */
final class AcknowledgementCheck {
  /**
   * The longest lease of a leader (dissertation §6.4.1), during which it may answer a get without
   * asking other replicas, since no other can be elected. It lasts at most an election timeout,
   * which students rarely set above a second.
   */
  private static final long LONGEST_LEASE_MICROS = 1_500_000;

  private final ReplicaIndex places;
  private final VectorClocks causality;
  private final PerceivedLeader voices;
  private final RequestLog asked;
  private final FirstViolations findings;
  private int blindReads;
  private Event.Answered firstBlind;

  AcknowledgementCheck(
      ReplicaIndex places,
      VectorClocks causality,
      PerceivedLeader voices,
      RequestLog asked,
      FirstViolations findings) {
    this.places = places;
    this.causality = causality;
    this.voices = voices;
    this.asked = asked;
    this.findings = findings;
  }

  /** Checks the first ok of a replica to a request. */
  void ok(Event.Answered answer, int replica, Question question) {
    if (question.isRead()) {
      read(answer, replica, question);
    } else if (question.isClearWrite()) {
      write(answer, replica, question);
    }
  }

  /** Returns the smallest majority that can be in force. */
  private int majority() {
    return Math.max(1, places.members() - asked.removals()) / 2 + 1;
  }

  private void write(Event.Answered answer, int replica, Question question) {
    int have = 0;
    for (int other = 0; other < places.count(); other++) {
      have += canKnowThatHas(replica, other, question) ? 1 : 0;
    }
    if (have < majority()) {
      findings.violated(
          Invariant.EARLY_OK,
          List.of(answer.replica()),
          Evidence.of(question.request, answer),
          "replica %s acknowledged a %s after %.1f ms, when the messages so far could confirm it"
              + " on %d of %d replicas%s; a majority is %d",
          answer.replica(),
          question.request.type(),
          (answer.atMicros() - question.request.atMicros()) / 1000.0,
          have,
          places.members(),
          have > 0 ? ", itself included" : "",
          majority());
    }
  }

  private boolean canKnowThatHas(int who, int whom, Question question) {
    for (int i = 0; i < question.origins.size(); i++) {
      Origin origin = question.origins.get(i);
      if (causality.knowsThatKnows(who, whom, origin.replica(), origin.moment())) {
        return true;
      }
    }
    return false;
  }

  private void read(Event.Answered answer, int replica, Question question) {
    long now = answer.atMicros();
    int inTouch = 1;
    int sinceAsked = 0;
    for (int other = 0; other < places.count(); other++) {
      if (other != replica) {
        long heard = causality.heardMicros(replica, other);
        inTouch += heard != Long.MIN_VALUE && now - heard < LONGEST_LEASE_MICROS ? 1 : 0;
      }
    }
    if (inTouch >= majority()) {
      return;
    }
    for (int other = 0; other < places.count(); other++) {
      boolean knows = causality.knowsThatKnows(replica, other, question.replica, question.moment);
      sinceAsked += knows ? 1 : 0;
    }
    if (sinceAsked < majority()) {
      blind(answer, replica, question, inTouch);
    }
  }

  private void blind(Event.Answered answer, int replica, Question question, int inTouch) {
    int leader = voices.favourite();
    boolean deposed =
        leader != ReplicaIndex.NOBODY
            && leader != replica
            && voices.favouriteSince() < question.request.atMicros()
            && !asked.changesMembers();
    if (deposed) {
      findings.violated(
          Invariant.BLIND_READ,
          List.of(answer.replica()),
          Evidence.of(question.request, answer),
          "replica %s answered a get though it had messages from only %d of %d replicas, itself"
              + " included, in the last %.1f s, and %s had been leading for %.1f s",
          answer.replica(),
          inTouch,
          places.members(),
          LONGEST_LEASE_MICROS / 1e6,
          places.id(leader),
          (answer.atMicros() - voices.favouriteSince()) / 1e6);
    } else {
      blindReads++;
      firstBlind = firstBlind == null ? answer : firstBlind;
    }
  }

  void remarks(long beganMicros) {
    if (blindReads > 0) {
      findings.remark(
          String.format(
              Locale.ROOT,
              "%d get%s answered by a replica without messages from a majority for %.1f s, first"
                  + " by %s at %.3f s: right only if no other can be elected in that time (§8)",
              blindReads,
              blindReads == 1 ? " was" : "s were",
              LONGEST_LEASE_MICROS / 1e6,
              firstBlind.replica(),
              (firstBlind.atMicros() - beganMicros) / 1e6));
    }
  }
}
