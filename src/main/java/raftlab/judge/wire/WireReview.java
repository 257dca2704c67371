package raftlab.judge.wire;

import java.util.HashSet;
import java.util.Set;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.wire.RequestLog.Question;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Reads a trace once, and checks the replicas' messages to each other and to clients. */
public final class WireReview {
  private final FirstViolations findings = new FirstViolations();
  private final ReplicaIndex places;
  private final MessageEndpoints routes = new MessageEndpoints();
  private final VectorClocks causality;
  private final PerceivedLeader voices;
  private final LeaderClaimCheck claims;
  private final RequestLog asked = new RequestLog();
  private final AcknowledgementCheck acknowledgements;
  private final StyleWarnings habits;
  private final SilentReplicaCheck silence = new SilentReplicaCheck(findings);
  private final Set<Id> started = new HashSet<>();
  private final boolean durable;
  private long beganMicros;

  /** The index of the present event, from 1. */
  private int moment;

  private WireReview(Trace trace, boolean durable) {
    this.durable = durable;
    places = new ReplicaIndex(trace.header().replicas());
    causality = new VectorClocks(places.count());
    voices = new PerceivedLeader(places);
    claims = new LeaderClaimCheck(places, voices, findings);
    acknowledgements = new AcknowledgementCheck(places, causality, voices, asked, findings);
    habits = new StyleWarnings(voices, places, findings);
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
      review.moment++;
      review.take(event);
    }
    review.acknowledgements.remarks(review.beganMicros);
    review.habits.remarks(review.asked);
    return review.findings;
  }

  private void take(Event event) {
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
      causality.lost(dropped.number());
    } else if (event instanceof Event.Delayed delayed) {
      delayed(delayed.number());
    } else if (event instanceof Event.Began began) {
      beganMicros = began.atMicros();
    } else if (event instanceof Event.LeaderKnown known) {
      habits.leaderKnown(known);
    } else if (event instanceof Event.Ended ended) {
      silence.remarks(ended);
    } else {
      trouble(event);
    }
  }

  private void trouble(Event event) {
    if (event instanceof Event.Started start) {
      started(start.replica(), event.atMicros());
    } else if (event instanceof Event.Crashed crashed) {
      died(crashed.replica(), event.atMicros());
    } else if (event instanceof Event.Exited exited) {
      died(exited.replica(), event.atMicros());
    } else if (event instanceof Event.Malformed bad) {
      habits.trouble(event.atMicros());
      silence.heard(bad.replica(), event.atMicros());
    } else if (event instanceof Event.Paused paused) {
      habits.trouble(event.atMicros());
      silence.mayBeSilent(paused.replica());
    } else if (event instanceof Event.Resumed resumed) {
      habits.trouble(event.atMicros());
      silence.starts(resumed.replica(), event.atMicros());
    } else if (!(event instanceof Event.Printed)) {
      habits.trouble(event.atMicros());
    }
  }

  private void started(Id replica, long micros) {
    habits.trouble(micros);
    if (places.of(replica) != ReplicaIndex.NOBODY) {
      silence.starts(replica, micros);
    }
    if (places.started(replica)) {
      causality.grow();
      voices.grow();
      claims.grow();
    }
    if (!started.add(replica) && !durable) {
      claims.termsMayRepeat();
    }
  }

  private void died(Id replica, long micros) {
    habits.trouble(micros);
    silence.mayBeSilent(replica);
    int place = places.of(replica);
    if (place != ReplicaIndex.NOBODY) {
      voices.died(place, micros);
    }
  }

  private void sent(Event.Sent sent) {
    int from = places.of(sent.from());
    if (from == ReplicaIndex.NOBODY) {
      return; // a client's
    }
    habits.sent(sent);
    silence.heard(sent.from(), sent.atMicros());
    boolean isNew = voices.heard(from, sent.message().leader(), sent.atMicros());
    int to = places.of(sent.to());
    if (to != ReplicaIndex.NOBODY) {
      routes.sent(sent.number(), from, to);
      claims.sent(sent, from, isNew);
    } else if (isNew) {
      claims.renamed(from);
    }
  }

  private void delivered(Event.Delivered delivered) {
    long number = delivered.number();
    int from = routes.from(number);
    if (from != ReplicaIndex.NOBODY) {
      int to = routes.to(number);
      causality.delivered(number, from, to, moment, delivered.atMicros());
      claims.heard(from, to, delivered.atMicros());
    }
  }

  private void delayed(long number) {
    int from = routes.from(number);
    if (from != ReplicaIndex.NOBODY) {
      causality.delayed(number, from);
    }
  }

  private void requested(Event.Requested request) {
    if (request.type().equals(Message.REMOVE) && Id.isId(request.key())) {
      silence.mayBeSilent(Id.parse(request.key()));
    }
    int replica = places.of(request.replica());
    if (replica != ReplicaIndex.NOBODY) {
      causality.asked(replica, moment);
      asked.requested(request, replica, moment);
    }
  }

  private void answered(Event.Answered answer) {
    int replica = places.of(answer.replica());
    Question question = asked.question(answer.mid());
    if (replica == ReplicaIndex.NOBODY || question == null || answer.again()) {
      return;
    }
    habits.answered(answer, replica, question);
    if (answer.type().equals(Message.OK)) {
      claims.ok(answer, replica);
      acknowledgements.ok(answer, replica, question);
    }
  }
}
