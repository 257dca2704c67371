package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The mistake behind a write that a replica which reports nothing acknowledged too early: the check
 * {@code early_ok} finds the write, and the messages before it may show which of several mistakes
 * was made. {@link EarlyAckDetector} has the log of replicas that report it.
 */
public final class EarlyAckByMessagesDetector implements Detector {
  /** A leader that still receives answers acknowledges a write within this time. */
  private static final long PROMPT_MICROS = 250_000;

  private static final long ANSWER_MICROS = 50_000;

  private record Link(Id replica, Id other) {}

  private final ClusterView cluster;
  private final Map<String, KnownMistake> mistakes = new HashMap<>();
  private final Map<Id, Map<Id, Long>> repliedAt = new HashMap<>();

  /** Up to when another replica had received what this one sent, as this one can know. */
  private final Map<Link, Long> echoed = new HashMap<>();

  private final Map<Link, Long> received = new HashMap<>();
  private final Map<Long, Long> inFlight = new HashMap<>();
  private final Map<Id, Long> latestTerm = new HashMap<>();
  private final Map<Id, Long> latestLeaderTerm = new HashMap<>();

  /** The terms that replicas led when they received a write. */
  private final Map<String, Long> ledTerm = new HashMap<>();

  private boolean readsReplies;

  /** Whether a write was acknowledged though no other replica can have said anything about it. */
  private boolean acknowledgesAlone;

  /** A detector of one run. */
  public EarlyAckByMessagesDetector(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    Long known = received.get(new Link(message.to(), from.id()));
    if (known != null && !from.reports()) {
      inFlight.put(message.sent().number(), known);
    }
  }

  @Override
  public void dropped(InFlightMessage message, Event.Dropped event) {
    inFlight.remove(message.sent().number());
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    RaftMessageView content = message.content();
    received.merge(new Link(message.from(), to.id()), message.atMicros(), Math::max);
    Long known = inFlight.remove(message.sent().number());
    if (known != null) {
      echoed.merge(new Link(to.id(), message.from()), known, Math::max);
    }
    latestTerm.merge(to.id(), content.term(), Math::max);
    if (content.isFromLeader()) {
      latestLeaderTerm.merge(to.id(), content.term(), Math::max);
    } else if (content instanceof AppendReply reply && reply.success()) {
      readsReplies = true;
      repliedAt
          .computeIfAbsent(to.id(), id -> new HashMap<>())
          .put(message.from(), event.atMicros());
    }
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    if (!replica.reports() && replica.leads() && !request.isRead()) {
      ledTerm.put(request.request().mid(), replica.term());
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    String mid = request.request().mid();
    Long led = ledTerm.remove(mid);
    if (from.reports() || request.isRead() || !answer.message().type().equals(Message.OK)) {
      return;
    }
    long waited = answer.atMicros() - request.arrivedMicros();
    long answered =
        cluster.otherVoters(from).stream()
            .map(other -> echoed.getOrDefault(new Link(from.id(), other), 0L))
            .filter(echo -> echo >= request.arrivedMicros())
            .count();
    if (waited < PROMPT_MICROS && answered == 0) {
      acknowledgesAlone |= cluster.majority(from) > 1;
      mistakes.put(mid, KnownMistake.ACKS_BEFORE_COMMIT);
    } else if (led != null && hasLostLeadership(from, request, led, answer.atMicros())) {
      mistakes.put(mid, KnownMistake.OK_AT_LOSING_LEADERSHIP);
    } else if (led != null
        && waited < PROMPT_MICROS
        && answered == cluster.majority(from) - 2
        && answered > 0) {
      mistakes.put(mid, KnownMistake.COMMITS_WITH_HALF);
    }
  }

  /**
   * Whether it was no longer leader, and no later leader had sent it anything: that may have made
   * it commit the write.
   */
  private boolean hasLostLeadership(
      ReplicaView replica, PendingRequest request, long led, long now) {
    if (latestLeaderTerm.getOrDefault(replica.id(), RaftMessageView.UNKNOWN) > led) {
      return false;
    }
    long latest =
        repliedAt.getOrDefault(replica.id(), Map.of()).values().stream()
            .mapToLong(at -> at)
            .max()
            .orElse(ReplicaView.NEVER);
    boolean isAlone = now - request.arrivedMicros() > PROMPT_MICROS && now - latest > ANSWER_MICROS;
    return isAlone || latestTerm.getOrDefault(replica.id(), RaftMessageView.UNKNOWN) > led;
  }

  /** The mistake behind the failed check, if the messages before it show one. */
  public Optional<Suspicion> suspicion(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() == Status.FAIL && verdict.check() == CheckName.EARLY_OK) {
        for (Event event : verdict.evidence()) {
          KnownMistake mistake =
              event instanceof Event.Requested asked ? mistakes.get(asked.mid()) : null;
          if (mistake != null && isSure(mistake)) {
            return Optional.of(Suspicion.of(verdict, mistake));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isSure(KnownMistake mistake) {
    return readsReplies && (mistake != KnownMistake.COMMITS_WITH_HALF || !acknowledgesAlone);
  }
}
