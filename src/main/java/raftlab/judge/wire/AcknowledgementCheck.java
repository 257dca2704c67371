package raftlab.judge.wire;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.wire.RequestLog.LoggedRequest;
import raftlab.judge.wire.RequestLog.Origin;
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

  private final ReplicaIndex replicaIndex;
  private final VectorClocks vectorClocks;
  private final PerceivedLeader perceivedLeader;
  private final RequestLog requestLog;
  private final FirstViolations findings;
  private int blindReads;
  private Event.@Nullable Answered firstBlind;

  AcknowledgementCheck(
      ReplicaIndex replicaIndex,
      VectorClocks vectorClocks,
      PerceivedLeader perceivedLeader,
      RequestLog requestLog,
      FirstViolations findings) {
    this.replicaIndex = replicaIndex;
    this.vectorClocks = vectorClocks;
    this.perceivedLeader = perceivedLeader;
    this.requestLog = requestLog;
    this.findings = findings;
  }

  /** Checks the first ok of a replica to a request. */
  void ok(Event.Answered answer, int replica, LoggedRequest question) {
    if (question.isRead()) {
      checkRead(answer, replica, question);
    } else if (question.isTraceableWrite()) {
      checkWrite(answer, replica, question);
    }
  }

  /** Returns the smallest majority that can be in force. */
  private int majority() {
    return Math.max(1, replicaIndex.initialMemberCount() - requestLog.removals()) / 2 + 1;
  }

  private void checkWrite(Event.Answered answer, int replica, LoggedRequest question) {
    int have = 0;
    for (int other = 0; other < replicaIndex.size(); other++) {
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
          replicaIndex.initialMemberCount(),
          have > 0 ? ", itself included" : "",
          majority());
    }
  }

  private boolean canKnowThatHas(int who, int whom, LoggedRequest question) {
    for (int i = 0; i < question.origins.size(); i++) {
      Origin origin = question.origins.get(i);
      if (vectorClocks.knowsThatKnows(who, whom, origin.replica(), origin.eventIndex())) {
        return true;
      }
    }
    return false;
  }

  private void checkRead(Event.Answered answer, int replica, LoggedRequest question) {
    long now = answer.atMicros();
    int inTouch = 1;
    int sinceAsked = 0;
    for (int other = 0; other < replicaIndex.size(); other++) {
      if (other != replica) {
        long contact = vectorClocks.lastContactMicros(replica, other);
        inTouch += contact != Long.MIN_VALUE && now - contact < LONGEST_LEASE_MICROS ? 1 : 0;
      }
    }
    if (inTouch >= majority()) {
      return;
    }
    for (int other = 0; other < replicaIndex.size(); other++) {
      boolean knows =
          vectorClocks.knowsThatKnows(replica, other, question.replica, question.eventIndex);
      sinceAsked += knows ? 1 : 0;
    }
    if (sinceAsked < majority()) {
      checkBlindRead(answer, replica, question, inTouch);
    }
  }

  private void checkBlindRead(
      Event.Answered answer, int replica, LoggedRequest question, int inTouch) {
    int leader = perceivedLeader.majorityLeader();
    boolean deposed =
        leader != ReplicaIndex.NONE
            && leader != replica
            && perceivedLeader.majorityLeaderSince() < question.request.atMicros()
            && !requestLog.changesMembers();
    if (deposed) {
      findings.violated(
          Invariant.BLIND_READ,
          List.of(answer.replica()),
          Evidence.of(question.request, answer),
          "replica %s answered a get though it had messages from only %d of %d replicas, itself"
              + " included, in the last %.1f s, and %s had been leading for %.1f s",
          answer.replica(),
          inTouch,
          replicaIndex.initialMemberCount(),
          LONGEST_LEASE_MICROS / 1e6,
          replicaIndex.id(leader),
          (answer.atMicros() - perceivedLeader.majorityLeaderSince()) / 1e6);
    } else {
      blindReads++;
      firstBlind = firstBlind == null ? answer : firstBlind;
    }
  }

  void remarks(long beganMicros) {
    if (firstBlind != null) {
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
