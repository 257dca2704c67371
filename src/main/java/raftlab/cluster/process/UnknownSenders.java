package raftlab.cluster.process;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import raftlab.cluster.Cluster.Observer;
import raftlab.trace.Event;

/**
 * Counts datagrams to a replica's {@link ReplicaSocket} from a socket other than the replica's:
 * from another replica, a second socket of this one, or any other process on this machine. They are
 * reported and ignored.
 */
final class UnknownSenders {
  /** The datagrams to one socket. */
  private static final class SenderCount {
    private final String first;
    private long count;

    SenderCount(String first) {
      this.first = first;
    }
  }

  private final Collection<ReplicaSocket> sockets;
  private final Observer observer;

  /** Weak, so that closed sockets can be garbage-collected. */
  private final Map<ReplicaSocket, SenderCount> counts = new WeakHashMap<>();

  /**
   * Creates a counter.
   *
   * @param sockets the sockets of all running replicas; a view that changes
   */
  UnknownSenders(Collection<ReplicaSocket> sockets, Observer observer) {
    this.sockets = sockets;
    this.observer = observer;
  }

  /** A datagram came to this socket from another sender. */
  void received(ReplicaSocket post, SocketAddress from) {
    SenderCount tally =
        counts.computeIfAbsent(post, first -> new SenderCount(describeSender(from)));
    tally.count++;
    if (Event.PassedOver.isReported(tally.count)) {
      observer.passedOver(
          post.id(),
          "a datagram to its port from another socket than the one that sent hello, " + tally.first,
          tally.count);
    }
  }

  private String describeSender(SocketAddress from) {
    return sockets.stream()
        .filter(post -> post.isAt(from))
        .findFirst()
        .map(post -> "that of replica " + post.id())
        .orElseGet(
            () ->
                "that of port "
                    + (from instanceof InetSocketAddress at ? at.getPort() : "unknown"));
  }
}
