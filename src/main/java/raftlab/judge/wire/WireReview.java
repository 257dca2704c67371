package raftlab.judge.wire;

import java.util.HashSet;
import java.util.Set;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.wire.RequestLog.LoggedRequest;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Reads a trace once, and checks the replicas' messages to each other and to clients. */
public final class WireReview {
  private final FirstViolations findings = new FirstViolations();
  private final ReplicaIndex replicaIndex;
  private final MessageEndpoints messageEndpoints = new MessageEndpoints();
  private final VectorClocks vectorClocks;
  private final PerceivedLeader perceivedLeader;
  private final LeaderClaimCheck leaderClaims;
  private final RequestLog requestLog = new RequestLog();
  private final AcknowledgementCheck acknowledgements;
  private final StyleWarnings styleWarnings;
  private final SilentReplicaCheck silentReplicas = new SilentReplicaCheck(findings);
  private final Set<Id> started = new HashSet<>();
  private final boolean durable;
  private long beganMicros;

  /** The index of the present event, from 1. */
  private int eventIndex;

  private WireReview(Trace trace, boolean durable) {
    this.durable = durable;
    replicaIndex = new ReplicaIndex(trace.header().replicas());
    vectorClocks = new VectorClocks(replicaIndex.size());
    perceivedLeader = new PerceivedLeader(replicaIndex);
    leaderClaims = new LeaderClaimCheck(replicaIndex, perceivedLeader, findings);
    acknowledgements =
        new AcknowledgementCheck(replicaIndex, vectorClocks, perceivedLeader, requestLog, findings);
    styleWarnings = new StyleWarnings(perceivedLeader, replicaIndex, findings);
  }

  /**
   * Reviews a whole trace.
   *
   * @param durable whether replicas could store what must survive a crash; otherwise a restarted
   *     replica may lead a term twice
   */
  public static FirstViolations of(Trace trace, boolean durable) {
    WireReview review = new WireReview(trace, durable);
    for (Event event : trace.events()) {
      review.eventIndex++;
      review.onEvent(event);
    }
    review.acknowledgements.remarks(review.beganMicros);
    review.styleWarnings.remarks(review.requestLog);
    return review.findings;
  }

  private void onEvent(Event event) {
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      delivered(delivered);
    } else if (event instanceof Event.Reported) {
      return; // reports are not used here, and frequent
    } else if (event instanceof Event.Requested request) {
      requested(request);
    } else if (event instanceof Event.Answered answer) {
      answered(answer);
    } else if (event instanceof Event.Dropped dropped) {
      vectorClocks.lost(dropped.number());
    } else if (event instanceof Event.Delayed delayed) {
      delayed(delayed.number());
    } else if (event instanceof Event.Began began) {
      beganMicros = began.atMicros();
    } else if (event instanceof Event.LeaderKnown known) {
      styleWarnings.leaderKnown(known);
    } else if (event instanceof Event.Ended ended) {
      silentReplicas.remarks(ended);
    } else {
      onDisturbance(event);
    }
  }

  private void onDisturbance(Event event) {
    if (event instanceof Event.Started start) {
      started(start.replica(), event.atMicros());
    } else if (event instanceof Event.Crashed crashed) {
      stopped(crashed.replica(), event.atMicros());
    } else if (event instanceof Event.Exited exited) {
      stopped(exited.replica(), event.atMicros());
    } else if (event instanceof Event.Malformed bad) {
      styleWarnings.onDisturbance(event.atMicros());
      silentReplicas.sent(bad.replica(), event.atMicros());
    } else if (event instanceof Event.Paused paused) {
      styleWarnings.onDisturbance(event.atMicros());
      silentReplicas.mayBeSilent(paused.replica());
    } else if (event instanceof Event.Resumed resumed) {
      styleWarnings.onDisturbance(event.atMicros());
      silentReplicas.replicaStarted(resumed.replica(), event.atMicros());
    } else if (!(event instanceof Event.Printed || event instanceof Event.Noted)) {
      styleWarnings.onDisturbance(event.atMicros());
    }
  }

  private void started(Id replica, long micros) {
    styleWarnings.onDisturbance(micros);
    if (replicaIndex.indexOf(replica) != ReplicaIndex.NONE) {
      silentReplicas.replicaStarted(replica, micros);
    }
    if (replicaIndex.addIfAbsent(replica)) {
      vectorClocks.replicaAdded();
      perceivedLeader.replicaAdded();
      leaderClaims.replicaAdded();
    }
    if (!started.add(replica) && !durable) {
      leaderClaims.termsMayRepeat();
    }
  }

  private void stopped(Id replica, long micros) {
    styleWarnings.onDisturbance(micros);
    silentReplicas.mayBeSilent(replica);
    int place = replicaIndex.indexOf(replica);
    if (place != ReplicaIndex.NONE) {
      perceivedLeader.crashed(place, micros);
    }
  }

  private void sent(Event.Sent sent) {
    int from = replicaIndex.indexOf(sent.from());
    if (from == ReplicaIndex.NONE) {
      return; // a client's
    }
    styleWarnings.sent(sent);
    silentReplicas.sent(sent.from(), sent.atMicros());
    boolean isNew = perceivedLeader.leaderNamed(from, sent.message().leader(), sent.atMicros());
    int to = replicaIndex.indexOf(sent.to());
    if (to != ReplicaIndex.NONE) {
      messageEndpoints.sent(sent.number(), from, to);
      leaderClaims.sent(sent, from, isNew);
    } else if (isNew) {
      leaderClaims.otherLeaderNamed(from);
    }
  }

  private void delivered(Event.Delivered delivered) {
    long number = delivered.number();
    int from = messageEndpoints.from(number);
    if (from != ReplicaIndex.NONE) {
      int to = messageEndpoints.to(number);
      vectorClocks.delivered(number, from, to, eventIndex, delivered.atMicros());
      leaderClaims.received(from, to, delivered.atMicros());
    }
  }

  private void delayed(long number) {
    int from = messageEndpoints.from(number);
    if (from != ReplicaIndex.NONE) {
      vectorClocks.delayed(number, from);
    }
  }

  private void requested(Event.Requested request) {
    String key = request.key();
    if (request.type().equals(Message.REMOVE) && key != null && Id.isId(key)) {
      silentReplicas.mayBeSilent(Id.parse(key));
    }
    int replica = replicaIndex.indexOf(request.replica());
    if (replica != ReplicaIndex.NONE) {
      vectorClocks.requestReceived(replica, eventIndex);
      requestLog.requested(request, replica, eventIndex);
    }
  }

  private void answered(Event.Answered answer) {
    int replica = replicaIndex.indexOf(answer.replica());
    LoggedRequest question = requestLog.loggedRequest(answer.mid());
    if (replica == ReplicaIndex.NONE || question == null || answer.again()) {
      return;
    }
    styleWarnings.answered(answer, replica, question);
    if (answer.type().equals(Message.OK)) {
      leaderClaims.ok(answer, replica);
      acknowledgements.ok(answer, replica, question);
    }
  }
}
