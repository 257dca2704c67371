package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
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

  /** A leader that doesn't wait acknowledges one write in this many at once, under any load. */
  private static final int MIN_IMMEDIATE = 3;

  private static final int MIN_DELAYED = 5;
  private static final int RARELY = 10;

  /** In a cluster of this size, a leader that counts half of the members needs no other. */
  private static final int SMALL_CLUSTER = 3;

  /** A request is handled within this time. */
  private static final long AT_ONCE_MICROS = 1_000;

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

  /** How many messages each replica has received. */
  private final Map<Id, Integer> deliveries = new HashMap<>();

  private final Map<String, Integer> deliveriesBefore = new HashMap<>();

  /** How many acknowledgements of followers each replica has received. */
  private final Map<Id, Integer> replies = new HashMap<>();

  private final Map<String, Integer> repliesBefore = new HashMap<>();
  private int earlyAcks;

  /** Those sent before any follower acknowledged anything, older entries included. */
  private int unansweredAcks;

  /** Those sent while the request was handled, before anything else arrived. */
  private int promptAcks;

  /** Those sent before the leader sent any entry after the request. */
  private int unsentAcks;

  private final Map<Id, Long> sentEntriesAt = new HashMap<>();

  private boolean readsReplies;

  /** Whether a write was acknowledged though no other replica can have said anything about it. */
  private boolean acknowledgesAlone;

  /** A detector of one run. */
  public EarlyAckByMessagesDetector(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof Append append && !append.isHeartbeat()) {
      sentEntriesAt.put(from.id(), message.atMicros());
    }
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
    deliveries.merge(to.id(), 1, Integer::sum);
    received.merge(new Link(message.from(), to.id()), message.atMicros(), Math::max);
    Long known = inFlight.remove(message.sent().number());
    if (known != null) {
      echoed.merge(new Link(to.id(), message.from()), known, Math::max);
    }
    latestTerm.merge(to.id(), content.term(), Math::max);
    if (content.isFromLeader()) {
      latestLeaderTerm.merge(to.id(), content.term(), Math::max);
    } else if (content instanceof AppendReply reply && reply.success()) {
      replies.merge(to.id(), 1, Integer::sum);
      readsReplies = true;
      repliedAt
          .computeIfAbsent(to.id(), id -> new HashMap<>())
          .put(message.from(), event.atMicros());
    }
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    int before = deliveries.merge(replica.id(), 1, Integer::sum);
    if (!replica.reports() && !request.isRead()) {
      deliveriesBefore.put(request.request().mid(), before);
      repliesBefore.put(request.request().mid(), replies.getOrDefault(replica.id(), 0));
      if (replica.leads()) {
        ledTerm.put(request.request().mid(), replica.term());
      }
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    String mid = request.request().mid();
    Long led = ledTerm.remove(mid);
    Integer before = deliveriesBefore.remove(mid);
    int repliesBefore = Objects.requireNonNullElse(this.repliesBefore.remove(mid), 0);
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
      earlyAcks++;
      unsentAcks += sentEntriesAt.getOrDefault(from.id(), 0L) < request.arrivedMicros() ? 1 : 0;
      boolean isNext = deliveries.getOrDefault(from.id(), 0).equals(before);
      unansweredAcks += replies.getOrDefault(from.id(), 0) == repliesBefore ? 1 : 0;
      promptAcks += isNext && waited < AT_ONCE_MICROS ? 1 : 0;
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

  /**
   * The mistake behind the failed check, if the messages before it show one.
   *
   * @param isCommitKnown whether the leaders' commit indexes are known, and were right
   */
  public Optional<Suspicion> suspicion(Judgement judgement, boolean isCommitKnown) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() == Status.FAIL && verdict.check() == CheckName.EARLY_OK) {
        for (Event event : verdict.evidence()) {
          if (!(event instanceof Event.Requested asked)) {
            continue;
          }
          KnownMistake mistake = mistakes.get(asked.mid());
          if (mistake != KnownMistake.OK_AT_LOSING_LEADERSHIP && acknowledgesAlone) {
            mistake = KnownMistake.ACKS_BEFORE_COMMIT; // perhaps one follower was just in time
          }
          if (mistake == KnownMistake.ACKS_BEFORE_COMMIT && !isCommitKnown) {
            mistake = cluster.replicas().size() > SMALL_CLUSTER ? alone() : null;
          }
          if (mistake != null && isSure(mistake)) {
            return Optional.of(Suspicion.of(verdict, mistake));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether replicas that report nothing acknowledge writes without waiting for anything. */
  boolean acknowledgesAtOnce() {
    boolean readsEntries = !sentEntriesAt.isEmpty();
    return readsEntries && unsentAcks > 0 && MIN_IMMEDIATE * unsentAcks >= earlyAcks;
  }

  /**
   * Why a leader acknowledges writes that no follower has acknowledged: at once, without waiting
   * for anything; or when something else arrives, as if it counted what it has sent. Null if that
   * can't be told.
   */
  private @Nullable KnownMistake alone() {
    if (acknowledgesAtOnce() || promptAcks > 0 && MIN_IMMEDIATE * promptAcks >= earlyAcks) {
      return KnownMistake.ACKS_BEFORE_COMMIT;
    }
    boolean followsReplies = earlyAcks >= MIN_DELAYED && RARELY * unansweredAcks < earlyAcks;
    return followsReplies ? KnownMistake.MATCH_FROM_NEXT : null;
  }

  private boolean isSure(KnownMistake mistake) {
    return readsReplies && (mistake != KnownMistake.COMMITS_WITH_HALF || !acknowledgesAlone);
  }
}
