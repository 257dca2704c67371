package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What a leader does wrong when it transfers its leadership (dissertation §3.10). */
final class TransferDetector implements Detector {
  /** Longer than any election timeout. */
  private static final long MAX_TRANSFER_MICROS = 1_500_000;

  /** A leader that refuses writes for this long after a transfer began never accepts any. */
  private static final long MAX_REFUSAL_MICROS = 4_000_000;

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, Long> appendedAt = new HashMap<>();
  private final Map<Id, Event.Requested> lastWrites = new HashMap<>();
  private final List<Event.Requested> transfers = new ArrayList<>();

  TransferDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    if (!request.isRead() && replica.leads()) {
      lastWrites.put(replica.id(), request.request());
    }
  }

  @Override
  public void administered(Event.Requested request) {
    if (request.type().equals(Message.TRANSFER)) {
      transfers.add(request);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Appended && replica.reports()) {
      appendedAt.put(replica.id(), event.atMicros());
    }
  }

  /** A leader that was removed asks the best successor that there is; it can't wait. */
  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (!VoteRefusalDetector.isTimeoutNow(message)
        || !from.reports()
        || !from.leads()
        || !cluster.isVoter(from)
        || from.agreedBy(cluster.otherVoters(from), 1) <= 0) {
      return;
    }
    long has = from.matchIndex(message.to(), from.term());
    if (has < from.log().lastIndex()) {
      suspicions.likely(
          KnownMistake.TRANSFERS_TO_LAGGING,
          message.atMicros(),
          Evidence.of(from.log().reportAt(from.log().lastIndex()), message.sent()),
          "leader %s, whose log ended at entry %d, asked %s to take over, which had acknowledged"
              + " entry %d",
          from.id(),
          from.log().lastIndex(),
          message.to(),
          has);
    }
  }

  @Override
  public void ended() {
    for (Event.Requested request : transfers) {
      ReplicaView leader = cluster.replica(request.replica());
      if (leader != null && refusesWrites(leader, request.atMicros())) {
        neverEnds(leader, request);
        return;
      }
    }
  }

  /** Whether it has led since before that time, with a majority, and appended nothing since. */
  private boolean refusesWrites(ReplicaView leader, long since) {
    Event.Requested write = lastWrites.get(leader.id());
    return write != null
        && leader.reports()
        && leader.leads()
        && !leader.isPaused()
        && leader.leaderSince() < since
        && leader.disturbedAt() < since
        && appendedAt.getOrDefault(leader.id(), ReplicaView.NEVER) < since
        && write.atMicros() - since > MAX_TRANSFER_MICROS
        && end() - since > MAX_REFUSAL_MICROS
        && end() - answeredByMajorityAt(leader) < MAX_TRANSFER_MICROS;
  }

  private void neverEnds(ReplicaView leader, Event.Requested transfer) {
    suspicions.likely(
        KnownMistake.TRANSFER_NEVER_ENDS,
        transfer.atMicros(),
        Evidence.of(transfer, lastWrites.get(leader.id())),
        "leader %s was asked to transfer its leadership; in the next %s it still led, and appended no"
            + " write",
        leader.id(),
        ClusterView.duration(end() - transfer.atMicros()));
  }

  private long end() {
    var events = cluster.trace().events();
    return events.isEmpty() ? 0 : events.get(events.size() - 1).atMicros();
  }

  private long answeredByMajorityAt(ReplicaView leader) {
    long[] replied =
        cluster.otherVoters(leader).stream().mapToLong(leader::repliedAt).sorted().toArray();
    int needed = cluster.majority(leader) - (cluster.isVoter(leader) ? 1 : 0);
    return needed == 0 || needed > replied.length ? end() : replied[replied.length - needed];
  }
}
