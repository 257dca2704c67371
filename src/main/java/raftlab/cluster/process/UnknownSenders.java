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
  private static final class Tally {
    private final String first;
    private long count;

    Tally(String first) {
      this.first = first;
    }
  }

  private final Collection<ReplicaSocket> posts;
  private final Observer observer;

  /** Weak, so that closed sockets are forgotten. */
  private final Map<ReplicaSocket, Tally> tallies = new WeakHashMap<>();

  /**
   * Creates a counter.
   *
   * @param posts the sockets of all running replicas; a view that changes
   */
  UnknownSenders(Collection<ReplicaSocket> posts, Observer observer) {
    this.posts = posts;
    this.observer = observer;
  }

  /** A datagram came to this socket from another sender. */
  void came(ReplicaSocket post, SocketAddress from) {
    Tally tally = tallies.computeIfAbsent(post, first -> new Tally(whose(from)));
    tally.count++;
    if (Event.PassedOver.isTold(tally.count)) {
      observer.passedOver(
          post.id(),
          "a datagram to its port from another socket than it said hello from, " + tally.first,
          tally.count);
    }
  }

  private String whose(SocketAddress from) {
    return posts.stream()
        .filter(post -> post.isAt(from))
        .findFirst()
        .map(post -> "that of replica " + post.id())
        .orElseGet(
            () ->
                "that of port "
                    + (from instanceof InetSocketAddress at ? at.getPort() : "unknown"));
  }
}
