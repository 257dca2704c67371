package raftlab.run.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.network.DeliveryDecision;
import raftlab.network.Network;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Passes each message to the emulated network and on to its delivery. */
final class MessageRouter {
  private static final int MANY_HELLOS = 100;

  private final Trace trace;
  private final LongSupplier nowMicros;
  private final ReplicaStates replicaStates;
  private final Network network;
  private final AnswerValidator answers;
  private final MessageDelivery delivery;
  private @Nullable MessageListener listener;
  private long messages;
  private long operations;
  private long messagesBetweenReplicas;

  /** How often each replica has sent hello since it was started. */
  private final Map<Id, Long> hellos = new HashMap<>();

  MessageRouter(
      Trace trace,
      LongSupplier nowMicros,
      ReplicaStates replicaStates,
      Network network,
      AnswerValidator answers,
      MessageDelivery delivery) {
    this.trace = trace;
    this.nowMicros = nowMicros;
    this.replicaStates = replicaStates;
    this.network = network;
    this.answers = answers;
    this.delivery = delivery;
  }

  /**
   * Sets the listener for each message, before the network decides on its delivery; null for none.
   */
  void listener(@Nullable MessageListener watcher) {
    listener = watcher;
  }

  /** Returns the number of messages between replicas, as the course counts them. */
  long messagesBetweenReplicas() {
    return messagesBetweenReplicas;
  }

  void resetCount() {
    messagesBetweenReplicas = 0;
  }

  /** Sends the first request of an operation, and returns the operation's number. */
  long ask(Message request) {
    ask(request, ++operations, false);
    return operations;
  }

  /** Sends one more request of this operation. */
  void askAgain(Message request, long operation) {
    ask(request, operation, true);
  }

  private void ask(Message request, long operation, boolean retry) {
    answers.expectAnswer(request, operation, retry);
    routeClientMessage(request.src(), request.dst(), request);
  }

  /** Sends a message in another's name; it doesn't count as a replica's message. */
  void sendForged(Id from, Id to, Message message) {
    routeClientMessage(from, to, message);
  }

  /** Sends a replica's message to its receivers. */
  void routeFromReplica(Id from, Message message) {
    Id to = message.dst();
    if (to.isBroadcast()) {
      broadcast(from, message);
    } else if (replicaStates.contains(to)) {
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
      onHello(from);
      return;
    }
    for (Id replica : replicaStates.all()) {
      if (!replica.equals(from)) {
        route(from, replica, message);
      }
    }
  }

  /**
   * Records repeated hellos: a few are normal until the replica gets a message, but an endless
   * series isn't.
   */
  private void onHello(Id from) {
    long count = hellos.merge(from, 1L, Long::sum);
    if (count >= MANY_HELLOS && Event.PassedOver.isReported(count)) {
      trace.add(new Event.PassedOver(nowMicros.getAsLong(), from, "a hello like its first", count));
    }
  }

  /** A replica is started: its next hello is its first again. */
  void replicaStarted(Id replica) {
    hellos.remove(replica);
  }

  private void route(Id from, Id to, Message message) {
    messagesBetweenReplicas++;
    Event.Sent sent = recordSent(from, to, message);
    boolean lost = listener != null && listener.shouldDrop(from, to, message);
    DeliveryDecision decision = network.decide(from, to, message, sent.atMicros());
    delivery.deliver(sent, lost ? DeliveryDecision.PLANNED_LOSS : decision);
  }

  /** Sends a message of the kit; one that is too large for a datagram is dropped. */
  private void routeClientMessage(Id from, Id to, Message message) {
    Event.Sent sent = recordSent(from, to, message);
    if (!message.fitsDatagram()) {
      delivery.deliverClientMessage(sent, DeliveryDecision.TOO_LARGE);
      return;
    }
    boolean isWatched = !answers.isUnjudged(from) && !answers.isUnjudged(to);
    boolean lost = isWatched && listener != null && listener.shouldDrop(from, to, message);
    DeliveryDecision decision = network.decideForClient(from, to, message, sent.atMicros());
    delivery.deliverClientMessage(sent, lost ? DeliveryDecision.PLANNED_LOSS : decision);
  }

  private Event.Sent recordSent(Id from, Id to, Message message) {
    Event.Sent sent = new Event.Sent(nowMicros.getAsLong(), ++messages, from, to, message);
    trace.add(sent);
    return sent;
  }

  private void answer(Id from, Message answer) {
    String complaint = answers.complaint(answer);
    if (complaint != null) {
      malformed(from, complaint, answer);
      return;
    }
    routeClientMessage(from, answer.dst(), answer);
  }

  private void malformed(Id from, String complaint, Message message) {
    if (delivery.wasMisled(from, message.dst())) {
      delivery.lose(recordSent(from, message.dst(), message));
      return;
    }
    trace.add(
        new Event.Malformed(
            nowMicros.getAsLong(), from, complaint, PrintableText.of(message.bytes())));
  }
}
