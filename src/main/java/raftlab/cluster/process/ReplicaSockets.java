package raftlab.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster.Observer;
import raftlab.wire.Id;

/**
 * The kit's sockets for the replicas of one cluster. One selector waits on all of them. Used by one
 * thread, except for {@link #wakeUp}.
 */
final class ReplicaSockets {
  /** The selector's resolution. */
  static final long RESOLUTION_MICROS = 1_000;

  private static final long MAX_PRECISE_WAIT_MICROS = 100;

  private final Map<Id, ReplicaSocket> sockets = new TreeMap<>();
  private final UnknownSenders unknownSenders;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private final Selector selector;

  /**
   * Opens the selector.
   *
   * @throws UncheckedIOException if the system has none left
   */
  ReplicaSockets(Observer observer) {
    unknownSenders = new UnknownSenders(sockets.values(), observer);
    try {
      selector = Selector.open();
    } catch (IOException noSelector) {
      throw new UncheckedIOException(noSelector);
    }
  }

  /** Returns all open sockets; a view that changes. */
  Collection<ReplicaSocket> all() {
    return sockets.values();
  }

  /** Opens a socket for this replica. */
  ReplicaSocket open(Id replica) throws IOException {
    ReplicaSocket post = new ReplicaSocket(replica, selector, unknownSenders);
    sockets.put(replica, post);
    return post;
  }

  /** Closes this replica's socket, if it has one. */
  void close(Id replica) {
    ReplicaSocket post = sockets.remove(replica);
    if (post != null) {
      post.close();
    }
  }

  /** Sends to this replica, if its address is known. */
  void send(Id replica, byte[] datagram) {
    ReplicaSocket post = sockets.get(replica);
    if (post != null && post.isReady()) {
      post.send(datagram, out);
    }
  }

  /**
   * Waits until datagrams can be read, for at most this time, and passes on each socket that has
   * some. Returns early after {@link #wakeUp}.
   */
  void await(long micros, Consumer<ReplicaSocket> receiver) {
    try {
      if (micros >= RESOLUTION_MICROS) {
        selector.select(micros / RESOLUTION_MICROS);
      } else {
        preciseWait(micros);
        selector.selectNow();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      receiver.accept((ReplicaSocket) key.attachment());
    }
    selector.selectedKeys().clear();
  }

  /**
   * Waits until a time that is too near for the selector. In small steps, so that datagrams are
   * noticed in between.
   */
  private static void preciseWait(long micros) {
    if (micros > 0) {
      LockSupport.parkNanos(Math.min(micros, MAX_PRECISE_WAIT_MICROS) * 1000);
    }
  }

  /** Reads one datagram; null if there is none. */
  byte @Nullable [] receive(ReplicaSocket post) {
    return post.receive(in);
  }

  /** Ends the present or the next wait; for other threads. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Closes all sockets. */
  void closeAll() {
    sockets.values().forEach(ReplicaSocket::close);
    sockets.clear();
  }

  /** Closes the selector, after {@link #closeAll}. */
  void closeSelector() {
    try {
      selector.close();
    } catch (IOException closedAnyway) {
      // Its loss has no effect.
      return;
    }
  }
}
