package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView.Other;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Election timeouts are random, longer than the heartbeat interval, and end unless the leader, or a
 * vote, resets the timer (§5.2).
 */
final class ElectionTimeoutDetector implements Detector {
  /** Random timeouts are never this much alike this many times in a row. */
  private static final int ALIKE = 4;

  private static final long ALIKE_MICROS = 2_000;

  /** No election timeout is longer. */
  private static final long MAX_TIMEOUT_MICROS = 4_000_000;

  /** A timer that is checked only when messages arrive has ended after a longer gap. */
  private static final long MAX_GAP_MICROS = 1_000_000;

  private static final int MIN_OTHER_MESSAGES = 20;

  /** This many elections against a leader that is up are no accident. */
  private static final int MAX_IMPATIENT = 3;

  private static final int MAX_NOT_REPEATED = 2;

  /** A leader repeats a lost message within this time. */
  private static final long RETRANSMIT_MICROS = 100_000;

  /** No election timeout is shorter. */
  private static final long MIN_TIMEOUT_MICROS = 100_000;

  private static final class Timer {
    private long resetAt = ReplicaView.NEVER;
    private long leaderReceivedAt = ReplicaView.NEVER;
    private long leaderSentAt = ReplicaView.NEVER;
    private int sentSinceReceived;
    private boolean isLossy;
    private @Nullable Id leader;
    private long leaderTerm;
    private final List<Long> waits = new ArrayList<>();
    private long otherReceivedAt = ReplicaView.NEVER;
    private long othersReceived;

    private void reset(long atMicros) {
      resetAt = atMicros;
      othersReceived = 0;
    }
  }

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, Timer> timers = new HashMap<>();

  /** Whether messages show candidacies. */
  private boolean showsCandidacies;

  /** Whether a message was lost: then a leader may have stepped down for lack of answers. */
  private boolean losesMessages;

  private int notRepeated;
  private int impatient;

  ElectionTimeoutDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  private Timer of(Id replica) {
    return timers.computeIfAbsent(replica, id -> new Timer());
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    of(replica.id()).reset(event.atMicros());
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content().isFromLeader()) {
      Timer timer = of(message.to());
      timer.leaderSentAt = message.atMicros();
      timer.sentSinceReceived++;
      timer.leader = from.id();
      timer.leaderTerm = message.content().term();
      timer.isLossy = false;
    } else if (!from.reports()
        && (message.content().isVote() || message.content() instanceof VoteRequest)) {
      of(from.id()).reset(message.atMicros());
    }
  }

  @Override
  public void dropped(InFlightMessage message, Event.Dropped event) {
    losesMessages = true;
    if (message.content().isFromLeader()) {
      of(message.to()).isLossy = true;
    } else if (message.to().equals(of(message.from()).leader)) {
      of(message.from()).isLossy = true;
    }
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    Timer timer = of(to.id());
    if (message.content().isFromLeader() && message.content().term() >= to.term()) {
      timer.reset(event.atMicros());
      timer.leaderReceivedAt = event.atMicros();
      timer.sentSinceReceived = 0;
      return;
    }
    if (message.content() instanceof Other && message.from().equals(to.leader())) {
      timer.leaderReceivedAt = ReplicaView.NEVER; // its leader may want it to stand
    }
    otherReceived(to, event);
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    otherReceived(replica, event);
  }

  private void otherReceived(ReplicaView replica, Event.Delivered event) {
    Timer timer = of(replica.id());
    if (event.atMicros() - timer.otherReceivedAt > MAX_GAP_MICROS) {
      timer.reset(event.atMicros());
    }
    timer.otherReceivedAt = event.atMicros();
    timer.othersReceived++;
    checkSilence(replica, timer, event);
  }

  /** No message of a leader arrives, many others do, and the replica doesn't stand for election. */
  private void checkSilence(ReplicaView replica, Timer timer, Event.Delivered event) {
    long waited = event.atMicros() - Math.max(timer.resetAt, replica.disturbedAt());
    boolean isVisible =
        replica.reports() || timer.leaderReceivedAt != ReplicaView.NEVER && showsCandidacies;
    if (isVisible
        && replica.isUp()
        && replica.role() == Role.FOLLOWER
        && waited > MAX_TIMEOUT_MICROS
        && timer.resetAt > 0
        && timer.othersReceived > MIN_OTHER_MESSAGES
        && cluster.isConfigurationKnown(replica) // else it may have been removed
        && cluster.isVoter(replica)) {
      suspicions.likely(
          KnownMistake.ANY_MESSAGE_RESETS_TIMER,
          event.atMicros() - waited,
          Evidence.of(),
          "replica %s received the last message of a leader; in the next %s it did not stand for"
              + " election, while it received %d other messages",
          replica.id(),
          ClusterView.duration(waited),
          timer.othersReceived);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    Timer timer = of(replica.id());
    if (change instanceof Voted vote && !vote.candidate().equals(replica.id())) {
      timer.reset(event.atMicros());
    } else if (change instanceof RoleChanged now) {
      if (now.role() == Role.CANDIDATE || now.role() == Role.PRE_CANDIDATE) {
        showsCandidacies = true;
        stands(replica, now, timer, event);
      } else if (now.role() == Role.LEADER) {
        timer.waits.clear();
      }
      timer.reset(event.atMicros());
    }
  }

  private void stands(ReplicaView replica, RoleChanged now, Timer timer, Event.Reported event) {
    boolean isAfterPreVote = replica.role() == Role.PRE_CANDIDATE && now.role() == Role.CANDIDATE;
    if (isAfterPreVote || replica.disturbedAt() > timer.resetAt) {
      return;
    }
    if (replica.role() == Role.FOLLOWER) {
      checkLeader(replica, timer, event);
    }
    long waited = event.atMicros() - timer.resetAt;
    timer.waits.add(waited);
    int count = timer.waits.size();
    if (count >= ALIKE && waited > 20 * ALIKE_MICROS) {
      List<Long> sorted = timer.waits.subList(count - ALIKE, count).stream().sorted().toList();
      if (sorted.get(ALIKE - 1) - sorted.get(0) < ALIKE_MICROS) {
        suspicions.likely(
            KnownMistake.FIXED_ELECTION_TIMEOUT,
            event.atMicros(),
            Evidence.of(event),
            "replica %s stood for election for the %dth time after the same time, %s",
            replica.id(),
            ALIKE,
            ClusterView.duration(waited));
      }
    }
  }

  /** The replica stands though its leader is up: the leader sent nothing, or repeated nothing. */
  private void checkLeader(ReplicaView replica, Timer timer, Event.Reported event) {
    ReplicaView leader = timer.leader == null ? null : cluster.replica(timer.leader);
    if (leader == null) {
      return;
    }
    boolean isAlive =
        leader.isUp()
            && leader.term() == timer.leaderTerm // else it may have stepped down
            && leader.disturbedAt() < timer.leaderSentAt
            && leader.leaderSince() <= timer.leaderSentAt
            && timer.leaderReceivedAt >= Math.max(leader.leaderSince(), replica.disturbedAt())
            && cluster.voters(leader).contains(replica.id());
    if (!isAlive) {
      return;
    }
    long silence = event.atMicros() - timer.leaderSentAt;
    boolean isSure = replica.reports() && leader.leads() || !losesMessages;
    if (!timer.isLossy
        && isSure
        && silence >= MIN_TIMEOUT_MICROS
        && timer.resetAt >= timer.leaderSentAt
        && ++impatient == MAX_IMPATIENT) {
      suspicions.likely(
          KnownMistake.SLOW_HEARTBEATS,
          event.atMicros(),
          Evidence.of(event),
          "replica %s stood for election though its leader %s was up and no message was lost: the"
              + " leader had sent nothing for %s",
          replica.id(),
          leader.id(),
          ClusterView.duration(silence));
    } else if (timer.isLossy
        && leader.leads()
        && timer.sentSinceReceived <= 1
        && silence > RETRANSMIT_MICROS
        && ++notRepeated == MAX_NOT_REPEATED) {
      suspicions.likely(
          KnownMistake.NEVER_RETRANSMITS,
          event.atMicros(),
          Evidence.of(event),
          "replica %s stood for election though its leader %s was up: a message between them was"
              + " lost, and the leader sent nothing again for %s",
          replica.id(),
          leader.id(),
          ClusterView.duration(silence));
    }
  }
}
