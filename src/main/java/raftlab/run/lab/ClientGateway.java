package raftlab.run.lab;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RequestTransport;

/**
 * Sends the requests of clients into a lab. Clients know the members of the cluster and pick only
 * members, but they follow a redirect to a replica that is about to become a member.
 */
record ClientGateway(Lab lab, MessageRouter router) implements RequestTransport {
  @Override
  public long send(Message request) {
    return router.ask(request);
  }

  @Override
  public void sendAgain(Message request, long operation) {
    router.askAgain(request, operation);
  }

  @Override
  public long nowMicros() {
    return lab.nowMicros();
  }

  @Override
  public void schedule(long afterMicros, Runnable action) {
    lab.scheduleAt(lab.nowMicros() + afterMicros, action);
  }

  @Override
  public void getNotGenerated(Id client) {
    lab.trace().add(new Event.GetNotGenerated(lab.nowMicros(), client));
  }

  @Override
  public boolean isReachable(Id replica) {
    return isReady(replica) && lab.membershipStatus(replica) != MembershipStatus.REMOVED;
  }

  @Override
  public @Nullable Id anyReachable(RandomGenerator random) {
    return anyOf(readyMembers(), random);
  }

  @Override
  public @Nullable Id anyReachableExcept(Id replica, RandomGenerator random) {
    List<Id> ready = readyMembers();
    List<Id> others = ready.stream().filter(id -> !id.equals(replica)).toList();
    return anyOf(others.isEmpty() ? ready : others, random);
  }

  private static @Nullable Id anyOf(List<Id> replicas, RandomGenerator random) {
    return replicas.isEmpty() ? null : replicas.get(random.nextInt(replicas.size()));
  }

  private List<Id> readyMembers() {
    return lab.members().stream().filter(this::isReady).toList();
  }

  /** Clients can't see that a replica is paused: its socket still accepts messages. */
  private boolean isReady(Id replica) {
    return lab.state(replica) == ReplicaState.READY || lab.state(replica) == ReplicaState.PAUSED;
  }
}
