package raftlab.explain.view;

import raftlab.trace.Event;
import raftlab.wire.Message;

/** A client's request, and the state of the cluster when the request reached the replica. */
public final class PendingRequest {
  private final Event.Requested request;
  private boolean isAnswered;
  private boolean hasArrived;
  private long arrivedMicros;
  private long leaderTerm;
  private int stepDowns;

  /** A request that has not arrived yet. */
  public PendingRequest(Event.Requested request) {
    this.request = request;
  }

  /** It has reached this replica. */
  public void arrived(long atMicros, ClusterView cluster, ReplicaView replica) {
    if (!hasArrived) {
      hasArrived = true;
      arrivedMicros = atMicros;
      leaderTerm = cluster.latestLeaderTerm();
      stepDowns = replica.stepDowns();
    }
  }

  /** The replica answers it; returns whether for the first time. */
  public boolean answered() {
    boolean isFirst = !isAnswered;
    isAnswered = true;
    return isFirst;
  }

  /** The request. */
  public Event.Requested request() {
    return request;
  }

  /** Whether it is a get. */
  public boolean isRead() {
    return request.type().equals(Message.GET);
  }

  /** Whether it was answered. */
  public boolean isAnswered() {
    return isAnswered;
  }

  /** Whether it has reached the replica. */
  public boolean hasArrived() {
    return hasArrived;
  }

  /** When it reached the replica. */
  public long arrivedMicros() {
    return arrivedMicros;
  }

  /** The latest term in which a leader had been elected by then. */
  public long leaderTerm() {
    return leaderTerm;
  }

  /** How often the replica had lost leadership by then. */
  public int stepDowns() {
    return stepDowns;
  }
}
