package raftlab.judge.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.ReplicaIndex;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** Reads a trace once, finds the stable periods in it, and checks liveness in them. */
public final class LivenessReview {
  /** The interval of the checks, in microseconds. */
  private static final long CHECK_INTERVAL_MICROS = 50_000;

  /** The shortest stable period that is judged. */
  private static final long SHORTEST_MICROS = 5_000_000;

  /** A message that is delayed for longer may disturb its receiver. */
  private static final long STALE_MICROS = 200_000;

  private final LivenessFindings findings = new LivenessFindings();
  private final ReplicaIndex replicaIndex;
  private final Disturbances disturbances;
  private final LeaderTenure leaderTenure;
  private final LeaderExistsCheck leaderExists;
  private final RequestProgressCheck requestProgress;
  private final CommitCatchUpCheck commitCatchUp;
  private final MessageExchangeCheck messageExchange;
  private final LeaderFlappingCheck leaderFlapping;
  private final List<LivenessCheck> checks;

  /** The present stable period; null for none. */
  private @Nullable StablePeriod stablePeriod;

  private long nextCheckMicros;

  /** The last message between members of the stable period; 0 if the last was another. */
  private long lastNumber;

  private boolean lastInStablePeriod;
  private boolean lastBetweenReplicas;

  /** When the last delayed message will have arrived. */
  private long staleUntilMicros;

  private LivenessReview(Trace trace, double slack) {
    replicaIndex = new ReplicaIndex(trace.header().replicas());
    disturbances = new Disturbances(replicaIndex, trace.header().replicas(), slack);
    leaderTenure = new LeaderTenure(replicaIndex);
    leaderExists = new LeaderExistsCheck(findings, leaderTenure);
    requestProgress = new RequestProgressCheck(findings, replicaIndex, leaderTenure);
    commitCatchUp = new CommitCatchUpCheck(findings, replicaIndex, leaderTenure);
    messageExchange = new MessageExchangeCheck(findings, replicaIndex, leaderTenure);
    leaderFlapping = new LeaderFlappingCheck(findings);
    checks = List.of(leaderExists, requestProgress, commitCatchUp, messageExchange, leaderFlapping);
  }

  /**
   * Reviews a whole trace.
   *
   * @param slack the factor by which the replicas may be slower than on an idle machine, because
   *     they themselves keep its processors busy; 1 or more
   */
  public static LivenessFindings of(Trace trace, double slack) {
    LivenessReview review = new LivenessReview(trace, slack);
    for (Event event : trace.events()) {
      review.onEvent(event);
    }
    return review.findings;
  }

  private void onEvent(Event event) {
    if (stablePeriod != null && event.atMicros() >= nextCheckMicros) {
      checkAll(event.atMicros());
    }
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      if (!requestProgress.isIdle()) {
        requestProgress.delivered(delivered.number(), delivered.atMicros(), isStable(event));
      }
    } else if (event instanceof Event.Reported report) {
      commitCatchUp.reported(report);
    } else if (event instanceof Event.Requested request) {
      requested(request);
    } else if (event instanceof Event.Answered answer) {
      if (disturbances.members().answered(answer)) {
        endStablePeriod(answer);
      }
    } else if (event instanceof Event.Dropped dropped) {
      dropped(dropped);
    } else if (event instanceof Event.Delayed delayed) {
      delayed(delayed);
    } else if (event instanceof Event.Corrupted) {
      corrupted(event);
    } else if (event instanceof Event.LeaderKnown known) {
      leaderTenure.leaderKnown(known);
    } else {
      onOtherEvent(event);
    }
  }

  private void checkAll(long nowMicros) {
    nextCheckMicros = nowMicros + CHECK_INTERVAL_MICROS;
    for (int i = 0; i < checks.size(); i++) {
      checks.get(i).check(nowMicros);
    }
  }

  /** Whether this moment is in a stable period. */
  private boolean isStable(Event event) {
    return stablePeriod != null && event.atMicros() >= stablePeriod.fromMicros;
  }

  /** Whether this moment is in a stable period of this replica. */
  private boolean isInStablePeriod(Event event, int replica) {
    return stablePeriod != null
        && event.atMicros() >= stablePeriod.fromMicros
        && stablePeriod.contains(replica);
  }

  // ---- messages ----

  private void sent(Event.Sent sent) {
    int from = replicaIndex.indexOf(sent.from());
    if (from == ReplicaIndex.NONE) {
      lastBetweenReplicas = false;
      lastInStablePeriod = false;
      requestProgress.sent(sent);
      return;
    }
    int to = replicaIndex.indexOf(sent.to());
    boolean inCalm = isInStablePeriod(sent, from);
    lastNumber = sent.number();
    lastBetweenReplicas = to != ReplicaIndex.NONE;
    lastInStablePeriod = inCalm && isInStablePeriod(sent, to);
    if (inCalm) {
      said(sent, from, to);
    }
    if (to == ReplicaIndex.NONE) {
      requestProgress.answers(sent, inCalm);
    }
  }

  private void said(Event.Sent sent, int from, int to) {
    leaderTenure.leaderNamed(from, sent);
    boolean claims = sent.from().equals(sent.message().leader());
    if (claims) {
      leaderFlapping.leaderClaimed(from, sent);
    }
    leaderExists.sent(from, sent.atMicros());
    if (claims || to == ReplicaIndex.NONE && sent.message().type().equals(Message.OK)) {
      leaderExists.leaderSeen(sent);
    }
    if (to != ReplicaIndex.NONE) {
      leaderExists.memberSpoke(sent.atMicros());
    }
    if (to == ReplicaIndex.NONE || lastInStablePeriod) {
      messageExchange.said(from, to, sent);
    }
  }

  private void dropped(Event.Dropped dropped) {
    requestProgress.lost(dropped.number());
    boolean ofCalm = lastInStablePeriod && dropped.number() == lastNumber;
    if (ofCalm && dropped.why() == DropReason.PARTITION) {
      // The links are not as the trace says.
      disturbances.markUnknown();
      endStablePeriod(dropped);
    } else if (dropped.why() == DropReason.PLANNED
        || ofCalm && dropped.why() == DropReason.QUEUE_FULL) {
      endStablePeriod(dropped);
    }
  }

  private void delayed(Event.Delayed delayed) {
    if (delayed.delayMicros() > STALE_MICROS
        && lastBetweenReplicas
        && delayed.number() == lastNumber) {
      staleUntilMicros =
          Math.max(staleUntilMicros, delayed.atMicros() + delayed.delayMicros() + STALE_MICROS);
      if (stablePeriod != null) {
        endStablePeriod(delayed);
      }
    }
  }

  private void corrupted(Event event) {
    if (lastBetweenReplicas) {
      // A replica may now hold, permanently, what no other replica has sent.
      disturbances.markUnknown();
      endStablePeriod(event);
    }
  }

  private void requested(Event.Requested request) {
    if (request.isAdministration()) {
      disturbances.members().asked(request);
      endStablePeriod(request);
    } else {
      requestProgress.requested(request);
      messageExchange.requested();
    }
  }

  // ---- faults ----

  private void onOtherEvent(Event event) {
    if (event instanceof Event.Started started) {
      commitCatchUp.started(replicaIndex.indexOf(started.replica()));
    }
    if (disturbances.onEvent(event)) {
      endStablePeriod(event);
    }
  }

  /** Ends the stable period; another may begin. */
  private void endStablePeriod(Event event) {
    if (stablePeriod != null) {
      checkAll(event.atMicros());
      long micros = event.atMicros() - stablePeriod.fromMicros;
      findings.addStableTime(micros >= SHORTEST_MICROS ? micros : 0);
    }
    stablePeriod = disturbances.stablePeriod(Math.max(event.atMicros(), staleUntilMicros), event);
    leaderTenure.setStablePeriod(stablePeriod);
    if (stablePeriod != null) {
      nextCheckMicros = event.atMicros() + CHECK_INTERVAL_MICROS;
      for (LivenessCheck watch : checks) {
        watch.stablePeriodBegan(stablePeriod);
      }
    }
  }
}
