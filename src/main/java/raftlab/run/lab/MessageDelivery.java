package raftlab.run.lab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster;
import raftlab.cluster.TimeQueue;
import raftlab.network.DeliveryDecision;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * Delivers messages after the network has decided on their delivery, each at its time, and records
 * the result. Messages wait here in both worlds.
 */
final class MessageDelivery {
  private final Trace trace;
  private final LongSupplier nowMicros;
  private final ReplicaStates replicaStates;
  private final MessagesInFlight inFlight;
  private final Cluster cluster;
  private final AnswerValidator answers;
  private final Consumer<Event.Sent> onDelivered;

  /** By replica, the apparent senders of messages that were corrupted on the way to it. */
  private final Map<Id, Set<Id>> forgedSenders = new HashMap<>();

  /**
   * Creates the delivery of a run.
   *
   * @param onDelivered is called with each message that has reached its receiver
   */
  MessageDelivery(
      Trace trace,
      ReplicaStates replicaStates,
      TimeQueue<Runnable> schedule,
      Cluster cluster,
      AnswerValidator answers,
      Consumer<Event.Sent> onDelivered) {
    this.trace = trace;
    this.nowMicros = cluster::nowMicros;
    this.replicaStates = replicaStates;
    this.inFlight = new MessagesInFlight(trace, nowMicros, schedule, this);
    this.cluster = cluster;
    this.answers = answers;
    this.onDelivered = onDelivered;
  }

  /** Delivers a message from replica to replica. */
  void deliver(Event.Sent sent, DeliveryDecision decision) {
    if (decision == DeliveryDecision.ARRIVES) {
      handOver(sent, null);
    } else if (decision.dropReason() != null) {
      drop(sent, decision.dropReason());
    } else {
      plan(sent, decision.delaysMicros(), corruptedBytes(sent, decision));
    }
  }

  /**
   * Delivers a request of a client, or an answer. A corrupted one is dropped, as if it had a
   * checksum: otherwise the request and the answer would be unknown to the judges.
   */
  void deliverClientMessage(Event.Sent sent, DeliveryDecision decision) {
    if (decision.flip() == null) {
      deliver(sent, decision);
    } else {
      corruptedBytes(sent, decision);
      drop(sent, DropReason.CORRUPTED);
    }
  }

  /** Returns the corrupted bytes of the message; null if it isn't corrupted. */
  private byte @Nullable [] corruptedBytes(Event.Sent sent, DeliveryDecision decision) {
    if (decision.flip() == null) {
      return null;
    }
    byte[] changed = decision.flip().applyTo(sent.message().bytes());
    trace.add(new Event.Corrupted(nowMicros.getAsLong(), sent.number(), PrintableText.of(changed)));
    return changed;
  }

  private void plan(Event.Sent sent, List<Long> delaysMicros, byte @Nullable [] changed) {
    long now = nowMicros.getAsLong();
    int atOnce = 0;
    for (int i = 0; i < delaysMicros.size(); i++) {
      if (i > 0) {
        trace.add(new Event.Duplicated(now, sent.number()));
      }
      long delay = delaysMicros.get(i);
      if (delay == 0) {
        atOnce++;
      } else {
        trace.add(new Event.Delayed(now, sent.number(), delay));
        inFlight.add(sent, changed, now + delay);
      }
    }
    // Only now, since the receiver may send a message itself.
    for (int i = 0; i < atOnce; i++) {
      handOver(sent, changed);
    }
  }

  /** Returns the messages that wait for their delivery. */
  MessagesInFlight inFlight() {
    return inFlight;
  }

  /** Hands a message to its receiver; {@code changed} are the corrupted bytes, if any. */
  void handOver(Event.Sent sent, byte @Nullable [] changed) {
    Id to = sent.to();
    if (replicaStates.isReady(to)) {
      if (changed == null) {
        cluster.deliver(to, sent.message());
      } else {
        cluster.deliverRaw(to, changed);
        noteForgedSender(sent, changed);
      }
      delivered(sent);
    } else if (answers.isClient(to)) {
      delivered(sent);
      answers.receive(sent.from(), sent.message());
    } else {
      drop(sent, DropReason.NOBODY_THERE);
    }
  }

  private void noteForgedSender(Event.Sent sent, byte[] changed) {
    try {
      Id source = Message.parseHeader(changed).src();
      if (!source.equals(sent.from())) {
        forgedSenders.computeIfAbsent(sent.to(), replica -> new HashSet<>()).add(source);
      }
    } catch (MalformedMessageException ignored) {
      // An invalid message misleads no replica.
      return;
    }
  }

  /**
   * Whether a corrupted message made this replica believe that this ID had sent it a message; then
   * an answer to that ID is not the replica's fault.
   */
  boolean wasMisled(Id replica, Id about) {
    return forgedSenders.getOrDefault(replica, Set.of()).contains(about);
  }

  /** Drops an answer without a receiver. */
  void lose(Event.Sent sent) {
    drop(sent, DropReason.NOBODY_THERE);
  }

  private void delivered(Event.Sent sent) {
    trace.add(new Event.Delivered(nowMicros.getAsLong(), sent.number()));
    onDelivered.accept(sent);
  }

  void drop(Event.Sent sent, DropReason why) {
    trace.add(new Event.Dropped(nowMicros.getAsLong(), sent.number(), why));
  }
}
