package raftlab.run.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import raftlab.network.Network;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The leader of a lab's cluster, as messages show it. Each change is recorded in the trace; see
 * {@link LeaderTracker} for the rules.
 */
public final class Leadership {
  private final Trace trace;
  private final LongSupplier nowMicros;
  private final ReplicaStates replicaStates;
  private final Network network;
  private final LeaderTracker tracker;
  private final List<Runnable> onChange = new ArrayList<>();

  Leadership(Trace trace, LongSupplier nowMicros, ReplicaStates replicaStates, Network network) {
    this.trace = trace;
    this.nowMicros = nowMicros;
    this.replicaStates = replicaStates;
    this.network = network;
    this.tracker =
        new LeaderTracker(
            replicaStates,
            id ->
                replicaStates.isActing(id)
                    && network.topology().isInMajority(id, replicaStates.members()));
  }

  /** Returns the leader as seen in messages. */
  Optional<Id> leader() {
    return tracker.leader();
  }

  /** Returns the replicas that claim to lead and count, ascending. */
  List<Id> claimants() {
    return tracker.claimants();
  }

  /**
   * Returns the running members that could exchange messages with the leader and don't follow it
   * yet, as far as messages show, ascending; all if no leader is known.
   */
  public List<Id> nonFollowers() {
    Id leader = leader().orElse(null);
    return replicaStates.members().stream()
        .filter(
            id ->
                replicaStates.isActing(id)
                    && (leader == null
                        || !tracker.follows(id, leader)
                            && network.topology().connectsBothWays(id, leader)))
        .toList();
  }

  /** Calls the action whenever another leader is known. */
  public void onChange(Runnable action) {
    onChange.add(action);
  }

  /** A replica sent a message. */
  void messageSent(Id from, Message message) {
    if (tracker.leaderNamed(from, message.leader())) {
      recount();
    }
  }

  /** A message reached its receiver. */
  void messageDelivered(Event.Sent sent) {
    Id from = sent.from();
    Message message = sent.message();
    if (message.leader().equals(from)) {
      boolean matters =
          replicaStates.contains(sent.to())
              ? tracker.messageDelivered(from, sent.to())
              : message.type().equals(Message.OK) && tracker.acknowledged(from);
      if (matters) {
        recount();
      }
    }
  }

  /** A replica crashed or exited. */
  void replicaCrashed(Id replica) {
    tracker.replicaCrashed(replica);
    recount();
  }

  /** Links changed, or replicas were paused or resumed. */
  void linksChanged() {
    tracker.linksChanged();
    recount();
  }

  /** The members changed. */
  void membersChanged() {
    recount();
  }

  private void recount() {
    if (tracker.recount()) {
      trace.add(new Event.LeaderKnown(nowMicros.getAsLong(), leader().orElse(Id.BROADCAST)));
      if (leader().isPresent()) {
        List.copyOf(onChange).forEach(Runnable::run);
      }
    }
  }
}
