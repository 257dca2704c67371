package raftlab.explain.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A leader that answered a get, although another had been elected, because it received replies of a
 * majority that were late (§8, dissertation §6.4): it counted its lease from their arrival, or took
 * them for replies to messages that it had sent after the get arrived. Without an answer to a late
 * reply {@link ReadDetector} names the mistake.
 */
final class LateReplyDetector implements Detector {
  /** The replies must have been under way for longer than this. */
  private static final long LATE_MICROS = 200_000;

  /** And must have arrived within this time before the answer. */
  private static final long RECENTLY_MICROS = 1_000_000;

  private record Link(Id leader, Id follower) {}

  private record Arrival(InFlightMessage reply, long atMicros) {}

  private record LateRead(
      KnownMistake mistake,
      ReplicaView leader,
      PendingRequest request,
      Event.Sent answer,
      Arrival last,
      long lateMicros) {}

  private final ClusterView cluster;
  private final ReadDetector reads;
  private final Suspicions suspicions;
  private final Map<Link, Arrival> replies = new HashMap<>();
  private @Nullable LateRead first;

  LateReplyDetector(ClusterView cluster, ReadDetector reads, Suspicions suspicions) {
    this.cluster = cluster;
    this.reads = reads;
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (message.content() instanceof AppendReply reply && reply.term() == to.term()) {
      replies.put(new Link(to.id(), message.from()), new Arrival(message, event.atMicros()));
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    if (first != null
        || !from.isLeader()
        || !request.isRead()
        || !answer.message().type().equals(Message.OK)
        || !request.hasArrived()
        || request.leaderTerm() <= from.term()) {
      return;
    }
    // The follower that the majority depends on is the one whose reply arrived longest ago.
    List<Arrival> latest =
        cluster.otherVoters(from).stream()
            .map(voter -> replies.get(new Link(from.id(), voter)))
            .filter(reply -> reply != null && reply.reply.atMicros() >= from.leaderSince())
            .sorted((a, b) -> Long.compare(b.atMicros, a.atMicros))
            .toList();
    int needed = cluster.majority(from) - (cluster.isVoter(from) ? 1 : 0);
    if (needed == 0 || latest.size() < needed) {
      return;
    }
    Arrival last = latest.get(needed - 1);
    long late = last.atMicros - last.reply.atMicros();
    if (late > LATE_MICROS && answer.atMicros() - last.atMicros < RECENTLY_MICROS) {
      boolean hasWaited = last.atMicros > request.arrivedMicros();
      first =
          new LateRead(
              hasWaited ? KnownMistake.READS_BY_LATE_REPLIES : KnownMistake.LEASE_FROM_REPLY,
              from,
              request,
              answer,
              last,
              late);
      reads.explained();
    }
  }

  /** A leader that never waited with a get may not have looked at any reply. */
  @Override
  public void ended() {
    if (first == null) {
      return;
    }
    boolean isSure = reads.holdsReads() || first.mistake == KnownMistake.READS_BY_LATE_REPLIES;
    if (isSure || first.leader.reports()) {
      suspicions.suspect(
          isSure && first.leader.reports(),
          first.mistake,
          first.answer.atMicros(),
          Evidence.of(first.last.reply.sent(), first.request.request(), first.answer),
          "leader %s answered a get, though another replica led by then: the last replies of a"
              + " majority had arrived %s before, but %s after they were sent",
          first.leader.id(),
          ClusterView.duration(first.answer.atMicros() - first.last.atMicros),
          ClusterView.duration(first.lateMicros));
    }
  }
}
