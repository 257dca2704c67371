package raftlab.judge.live;

import java.util.List;
import raftlab.trace.Event;
import raftlab.trace.Event.Reason;
import raftlab.trace.ReplicaIndex;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** Reads a trace once, finds the stable periods in it, and checks liveness in them. */
public final class LivenessReview {
  /** The interval of the checks, in microseconds. */
  private static final long LOOK_MICROS = 50_000;

  /** The shortest stable period that is judged. */
  private static final long SHORTEST_MICROS = 5_000_000;

  /** A message that is delayed for longer may disturb its receiver. */
  private static final long STALE_MICROS = 200_000;

  private final LivenessFindings findings = new LivenessFindings();
  private final ReplicaIndex places;
  private final Disturbances weather;
  private final LeaderTenure reign;
  private final LeaderExistsCheck leaders;
  private final RequestProgressCheck answering;
  private final CommitCatchUpCheck catchingUp;
  private final MessageExchangeCheck talk;
  private final LeaderFlappingCheck claimants;
  private final List<LivenessCheck> watches;

  /** The present stable period; null for none. */
  private StablePeriod calm;

  private long lookMicros;

  /** The last message between members of the stable period; 0 if the last was another. */
  private long lastNumber;

  private boolean lastInCalm;
  private boolean lastBetweenReplicas;

  /** When the last delayed message will have arrived. */
  private long staleUntilMicros;

  private LivenessReview(Trace trace, double slack) {
    places = new ReplicaIndex(trace.header().replicas());
    weather = new Disturbances(places, trace.header().replicas(), slack);
    reign = new LeaderTenure(places);
    leaders = new LeaderExistsCheck(findings, reign);
    answering = new RequestProgressCheck(findings, places, reign);
    catchingUp = new CommitCatchUpCheck(findings, places, reign);
    talk = new MessageExchangeCheck(findings, places, reign);
    claimants = new LeaderFlappingCheck(findings);
    watches = List.of(leaders, answering, catchingUp, talk, claimants);
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
      review.take(event);
    }
    return review.findings;
  }

  private void take(Event event) {
    if (calm != null && event.atMicros() >= lookMicros) {
      look(event.atMicros());
    }
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      if (!answering.isIdle()) {
        answering.delivered(delivered.number(), delivered.atMicros(), isCalm(event));
      }
    } else if (event instanceof Event.Reported report) {
      catchingUp.reported(report);
    } else if (event instanceof Event.Requested request) {
      requested(request);
    } else if (event instanceof Event.Answered answer) {
      if (weather.members().answered(answer)) {
        trouble(answer);
      }
    } else if (event instanceof Event.Dropped dropped) {
      dropped(dropped);
    } else if (event instanceof Event.Delayed delayed) {
      delayed(delayed);
    } else if (event instanceof Event.Corrupted) {
      corrupted(event);
    } else if (event instanceof Event.LeaderKnown known) {
      reign.known(known);
    } else {
      happened(event);
    }
  }

  private void look(long nowMicros) {
    lookMicros = nowMicros + LOOK_MICROS;
    for (int i = 0; i < watches.size(); i++) {
      watches.get(i).look(nowMicros);
    }
  }

  /** Whether this moment is in a stable period. */
  private boolean isCalm(Event event) {
    return calm != null && event.atMicros() >= calm.fromMicros;
  }

  // ---- messages ----

  private void sent(Event.Sent sent) {
    int from = places.of(sent.from());
    if (from == ReplicaIndex.NOBODY) {
      lastBetweenReplicas = false;
      lastInCalm = false;
      answering.sent(sent);
      return;
    }
    int to = places.of(sent.to());
    boolean inCalm = isCalm(sent) && calm.has(from);
    lastNumber = sent.number();
    lastBetweenReplicas = to != ReplicaIndex.NOBODY;
    lastInCalm = inCalm && calm.has(to);
    if (inCalm) {
      said(sent, from, to);
    }
    if (to == ReplicaIndex.NOBODY) {
      answering.answers(sent, inCalm);
    }
  }

  private void said(Event.Sent sent, int from, int to) {
    reign.heard(from, sent);
    boolean claims = sent.from().equals(sent.message().leader());
    if (claims) {
      claimants.claims(from, sent);
    }
    leaders.sent(from, sent.atMicros());
    if (claims || to == ReplicaIndex.NOBODY && sent.message().type().equals(Message.OK)) {
      leaders.led(sent);
    }
    if (to != ReplicaIndex.NOBODY) {
      leaders.spoke(sent.atMicros());
    }
    if (to == ReplicaIndex.NOBODY || lastInCalm) {
      talk.said(from, to, sent);
    }
  }

  private void dropped(Event.Dropped dropped) {
    answering.lost(dropped.number());
    boolean ofCalm = lastInCalm && dropped.number() == lastNumber;
    if (ofCalm && dropped.why() == Reason.PARTITION) {
      // The links are not as the trace says.
      weather.lose();
      trouble(dropped);
    } else if (dropped.why() == Reason.PLANNED || ofCalm && dropped.why() == Reason.QUEUE_FULL) {
      trouble(dropped);
    }
  }

  private void delayed(Event.Delayed delayed) {
    if (delayed.delayMicros() > STALE_MICROS
        && lastBetweenReplicas
        && delayed.number() == lastNumber) {
      staleUntilMicros =
          Math.max(staleUntilMicros, delayed.atMicros() + delayed.delayMicros() + STALE_MICROS);
      if (calm != null) {
        trouble(delayed);
      }
    }
  }

  private void corrupted(Event event) {
    if (lastBetweenReplicas) {
      // A replica may now believe, permanently, what no other replica has sent.
      weather.lose();
      trouble(event);
    }
  }

  private void requested(Event.Requested request) {
    if (request.isAdministration()) {
      weather.members().asked(request);
      trouble(request);
    } else {
      answering.requested(request);
      talk.requested();
    }
  }

  // ---- faults ----

  private void happened(Event event) {
    if (event instanceof Event.Started started) {
      catchingUp.started(places.of(started.replica()));
    }
    if (weather.happened(event)) {
      trouble(event);
    }
  }

  /** Ends the stable period; another may begin. */
  private void trouble(Event event) {
    if (calm != null) {
      look(event.atMicros());
      long micros = event.atMicros() - calm.fromMicros;
      findings.judged(micros >= SHORTEST_MICROS ? micros : 0);
    }
    calm = weather.calm(Math.max(event.atMicros(), staleUntilMicros), event);
    reign.began(calm);
    if (calm != null) {
      lookMicros = event.atMicros() + LOOK_MICROS;
      for (LivenessCheck watch : watches) {
        watch.began(calm);
      }
    }
  }
}
