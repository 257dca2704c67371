package raftlab.run;

import java.util.function.LongSupplier;
import raftlab.cluster.Cluster;
import raftlab.network.Fate;
import raftlab.network.Network;
import raftlab.trace.Event;
import raftlab.trace.Event.Reason;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.Printable;

/** Carries messages through the emulated network, and records what becomes of each. */
final class Traffic {
  private final Trace trace;
  private final LongSupplier nowMicros;
  private final Population population;
  private final Network network;
  private final Cluster cluster;
  private final Answers answers;
  private long messages;
  private long operations;
  private long betweenReplicas;

  Traffic(Trace trace, Population population, Network network, Cluster cluster, Answers answers) {
    this.trace = trace;
    this.nowMicros = cluster::nowMicros;
    this.population = population;
    this.network = network;
    this.cluster = cluster;
    this.answers = answers;
  }

  /** The messages between replicas, as the course counts them. */
  long betweenReplicas() {
    return betweenReplicas;
  }

  void countFromHere() {
    betweenReplicas = 0;
  }

  /** Carries the first request of an operation, and returns the operation's number. */
  long ask(Message request) {
    ask(request, ++operations, false);
    return operations;
  }

  /** Carries one more request of this operation. */
  void askAgain(Message request, long operation) {
    ask(request, operation, true);
  }

  private void ask(Message request, long operation, boolean retry) {
    answers.expect(request, operation, retry);
    handOver(enter(request.src(), request.dst(), request), request.dst(), request, 0);
  }

  /** Carries what a replica sent, to wherever it is for. */
  void carry(Id from, Message message) {
    Id to = message.dst();
    if (to.isBroadcast()) {
      broadcast(from, message);
    } else if (population.contains(to)) {
      route(from, to, message);
    } else if (answers.isClient(to)) {
      answer(from, message);
    } else {
      String complaint = "field \"dst\" is \"" + to + "\", which is no replica and no client";
      malformed(from, complaint, message);
    }
  }

  private void broadcast(Id from, Message message) {
    if (message.type().equals(Message.HELLO)) {
      return;
    }
    for (Id replica : population.all()) {
      if (!replica.equals(from)) {
        route(from, replica, message);
      }
    }
  }

  private void route(Id from, Id to, Message message) {
    betweenReplicas++;
    long number = enter(from, to, message);
    Fate fate = network.fate(from, to);
    if (fate.arrives()) {
      handOver(number, to, message, fate.delayMicros());
    } else {
      trace.add(new Event.Dropped(nowMicros.getAsLong(), number, fate.lost()));
    }
  }

  private long enter(Id from, Id to, Message message) {
    long number = ++messages;
    trace.add(new Event.Sent(nowMicros.getAsLong(), number, from, to, message));
    return number;
  }

  private void handOver(long number, Id to, Message message, long delayMicros) {
    if (population.isReady(to)) {
      cluster.deliver(to, message, delayMicros);
      trace.add(new Event.Delivered(nowMicros.getAsLong(), number));
    } else {
      trace.add(new Event.Dropped(nowMicros.getAsLong(), number, Reason.NOBODY_THERE));
    }
  }

  private void answer(Id from, Message answer) {
    String complaint = answers.complaint(answer);
    if (complaint != null) {
      malformed(from, complaint, answer);
      return;
    }
    trace.add(new Event.Delivered(nowMicros.getAsLong(), enter(from, answer.dst(), answer)));
    answers.receive(from, answer);
  }

  private void malformed(Id from, String complaint, Message message) {
    trace.add(
        new Event.Malformed(nowMicros.getAsLong(), from, complaint, Printable.of(message.bytes())));
  }
}
