package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Gets are answered by a leader that still leads, and has committed an entry of its term (§8). */
final class ReadDetector implements Detector {
  /** No correct lease is longer. */
  private static final long MAX_LEASE_MICROS = 1_500_000;

  /**
   * No shortest election timeout is shorter. If a majority has answered a leader within this time,
   * and another was elected nevertheless, then the leader's lease is not what is wrong.
   */
  private static final long MIN_PROMISE_MICROS = 140_000;

  /** A leader that reads from its own state answers within this time. */
  private static final long PROMPT_MICROS = 50_000;

  /** A get that was answered by a leader after another had been elected. */
  private record DeposedRead(
      ReplicaView replica,
      PendingRequest request,
      Event.Sent answer,
      long silenceMicros,
      Event.@Nullable Reported nextLeader) {}

  /** A get that was answered by a replica that did not lead. */
  private record FollowerRead(Role role, PendingRequest request, Event.Sent answer) {}

  private final ClusterView cluster;
  private final Suspicions suspicions;

  /** Reads at followers that report nothing: their next message shows whether they follow. */
  private final Map<Id, FollowerRead> unproven = new HashMap<>();

  private final Map<Id, Long> receivedAt = new HashMap<>();
  private final Map<PendingRequest, Long> held = new HashMap<>();
  private boolean holdsReads;
  private boolean readsReplies;
  private boolean isExplained;
  private @Nullable DeposedRead deposed;

  ReadDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  /** Whether a leader of this run waited with a get until it was sure that it leads. */
  boolean holdsReads() {
    return holdsReads;
  }

  /** What a deposed leader answered has another reason than that it asked no majority. */
  void explained() {
    isExplained = true;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    receivedAt.put(to.id(), event.atMicros());
    readsReplies |=
        message.content() instanceof AppendReply reply && reply.success() && reply.matchIndex() > 0;
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    if (request.isRead()
        && replica.leads()
        && !replica.isPaused()
        && replica.commitIndex() >= replica.firstOwnEntry()) {
      held.put(request, replica.term());
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now && now.role() != Role.FOLLOWER) {
      unproven.remove(replica.id());
    }
    if (change instanceof RoleChanged && replica.leads()) {
      // A leader that had not answered a read when it stepped down was not sure that it leads.
      for (PendingRequest request : held.keySet()) {
        holdsReads |=
            request.request().replica().equals(replica.id())
                && !request.isAnswered()
                && event.atMicros() - request.arrivedMicros() > PROMPT_MICROS;
      }
      held.keySet().removeIf(request -> request.request().replica().equals(replica.id()));
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    held.remove(request);
    if (!request.isRead()
        || !answer.message().type().equals(Message.OK)
        || !request.hasArrived()
        || !from.reports() && from.term() < 0) {
      return;
    }
    if (from.isDeposed()) {
      return; // see DeposedAnswerDetector
    }
    if (!from.isLeader()) {
      if (from.stepDowns() == request.stepDowns()) {
        atFollower(from, request, answer);
      }
    } else if (request.leaderTerm() <= from.term()) {
      atLeader(from, request, answer);
    } else if (deposed == null) {
      long silence = silence(from, answer.atMicros());
      if (from.reports() || silence > MIN_PROMISE_MICROS && !hasVoterRestarted(from, silence)) {
        deposed = new DeposedRead(from, request, answer, silence, cluster.latestLeaderReport());
      }
    }
  }

  /**
   * Whether a voter restarted since a majority last answered: it may have forgotten its promise.
   */
  private boolean hasVoterRestarted(ReplicaView leader, long silence) {
    return silence < MAX_LEASE_MICROS
        && cluster.otherVoters(leader).stream()
            .map(cluster::replica)
            .anyMatch(
                voter ->
                    voter != null
                        && voter.lives() > 1
                        && voter.upSince() > leader.repliedAt(voter.id()));
  }

  private void atFollower(ReplicaView from, PendingRequest request, Event.Sent answer) {
    boolean receivedNothing =
        receivedAt.getOrDefault(from.id(), ReplicaView.NEVER) < request.arrivedMicros();
    if (receivedNothing && cluster.latestLeaderTerm() > 0 && cluster.majority(from) > 1) {
      FollowerRead read = new FollowerRead(from.role(), request, answer);
      if (from.reports()) {
        readAnywhere(from, read, true);
      } else if (from.role() == Role.FOLLOWER) {
        unproven.put(from.id(), read); // it may just have been elected
      } else {
        readAnywhere(from, read, false);
      }
    }
  }

  private void readAnywhere(ReplicaView replica, FollowerRead read, boolean isCertain) {
    suspicions.suspect(
        isCertain,
        KnownMistake.READS_ANYWHERE,
        read.answer.atMicros(),
        Evidence.of(read.request.request(), read.answer),
        "replica %s, a %s, answered a get from its own state",
        replica.id(),
        read.role == Role.FOLLOWER ? "follower" : "candidate");
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    FollowerRead read =
        message.content() instanceof AppendReply reply && reply.success()
            ? unproven.remove(from.id())
            : null;
    if (read != null) {
      readAnywhere(from, read, true);
    }
  }

  /** For how long no majority has answered a leader. */
  private long silence(ReplicaView leader, long now) {
    long[] replied =
        cluster.otherVoters(leader).stream().mapToLong(leader::repliedAt).sorted().toArray();
    int needed = cluster.majority(leader) - 1;
    return needed == 0 ? 0 : now - Math.max(leader.leaderSince(), replied[replied.length - needed]);
  }

  private void atLeader(ReplicaView from, PendingRequest request, Event.Sent answer) {
    long silence = silence(from, answer.atMicros());
    if (from.firstOwnEntry() != RaftMessageView.UNKNOWN
        && maxCommitIndex(from) < from.firstOwnEntry()) {
      suspicions.certain(
          KnownMistake.READS_BEFORE_OWN_COMMIT,
          answer.atMicros(),
          Evidence.of(from.leaderReport(), request.request(), answer),
          "leader %s answered a get before entry %d, the first of its term %d, was committed",
          from.id(),
          from.firstOwnEntry(),
          from.term());
    } else if (hasAppendedNothing(from)) {
      suspicions.certain(
          KnownMistake.READS_BEFORE_OWN_COMMIT,
          answer.atMicros(),
          Evidence.of(from.leaderReport(), request.request(), answer),
          "leader %s answered a get before it had any entry of its term %d: it can't tell whether"
              + " entries %d to %d of its log are committed",
          from.id(),
          from.term(),
          Math.max(from.commitIndex(), from.verifiedIndex()) + 1,
          from.log().lastIndex());
    } else if (silence > MAX_LEASE_MICROS) {
      suspicions.likely(
          KnownMistake.READS_WITHOUT_MAJORITY,
          answer.atMicros(),
          Evidence.of(answer),
          "leader %s answered a get %s after a majority had last answered it",
          from.id(),
          ClusterView.duration(silence));
    } else {
      suspicions.kept(
          KnownMistake.READS_ANYWHERE,
          KnownMistake.READS_BEFORE_OWN_COMMIT,
          KnownMistake.READS_WITHOUT_MAJORITY);
    }
  }

  /** Whether a leader's log may have uncommitted entries, all of earlier terms. */
  private static boolean hasAppendedNothing(ReplicaView leader) {
    return leader.firstOwnEntry() == RaftMessageView.UNKNOWN
        && leader.isLogKnown()
        && leader.commitIndex() >= 0
        && leader.log().lastTerm() < leader.term()
        && leader.log().lastIndex() > Math.max(leader.commitIndex(), leader.verifiedIndex());
  }

  /** The highest commit index that a leader can have. */
  private long maxCommitIndex(ReplicaView leader) {
    if (leader.reports()) {
      return leader.commitIndex();
    }
    return readsReplies && cluster.isConfigurationKnown(leader)
        ? leader.agreedBy(cluster.otherVoters(leader), cluster.majority(leader) - 1)
        : Long.MAX_VALUE;
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    unproven.remove(replica.id());
  }

  @Override
  public void ended() {
    if (deposed != null) {
      suspicions.suspect(
          // That it waits for a lease at other times is inferred from silent replicas' answers.
          deposed.replica.reports() || !isExplained && !holdsReads,
          holdsReads ? KnownMistake.LEASE_TOO_LONG : KnownMistake.READS_WITHOUT_MAJORITY,
          deposed.answer.atMicros(),
          Evidence.of(deposed.nextLeader, deposed.request.request(), deposed.answer),
          "leader %s answered a get %s after a majority had last answered it, though %s led by then",
          deposed.replica.id(),
          ClusterView.duration(deposed.silenceMicros),
          deposed.nextLeader == null ? "another replica" : deposed.nextLeader.replica());
    }
  }
}
