package raftlab.cluster.process;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import raftlab.cluster.Cluster.Observer;
import raftlab.trace.Event;

/**
 * Those who send to a replica's {@link ReplicaSocket} from another socket than the replica's own:
 * another replica, a second socket of this one, or anybody on this machine. They are told of and
 * passed over.
 */
final class UnknownSenders {
  /** What came to one post. */
  private static final class Tally {
    private final String first;
    private long count;

    Tally(String first) {
      this.first = first;
    }
  }

  private final Collection<ReplicaSocket> posts;
  private final Observer observer;

  /** A post that was closed needs none any more. */
  private final Map<ReplicaSocket, Tally> tallies = new WeakHashMap<>();

  /**
   * @param posts those of all replicas that run; a view that changes with them
   */
  UnknownSenders(Collection<ReplicaSocket> posts, Observer observer) {
    this.posts = posts;
    this.observer = observer;
  }

  /** A datagram came to this post from elsewhere. */
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
