package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.ObjLongConsumer;
import raftlab.cluster.Cluster.Observer;
import raftlab.wire.Id;

/**
 * Datagrams that the system dropped because whoever they were for did not read them in time and the
 * socket was full. Linux counts them a socket. To a replica they are like any other loss; but who
 * judges a run must know that not all that was handed over has come.
 */
final class SocketDrops {
  private static final long PAUSE_MICROS = 250_000;
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  /** How many were known of when it was last told. */
  private static final class Known {
    private long byReplica;
    private long byKit;
  }

  private final Collection<ReplicaSocket> posts;
  private final Observer observer;
  private final ObjLongConsumer<Id> lost;
  private final Map<ReplicaSocket, Known> known = new WeakHashMap<>();
  private long nextLookMicros;

  /**
   * Nothing is known yet.
   *
   * @param posts those of all replicas that run; a view that changes with them
   * @param lost hears how many more datagrams of a replica were dropped before the kit read them
   */
  SocketDrops(Collection<ReplicaSocket> posts, Observer observer, ObjLongConsumer<Id> lost) {
    this.posts = posts;
    this.observer = observer;
    this.lost = lost;
  }

  /** Tells what has been dropped since the last time, if it is time to look. */
  void look(long nowMicros) {
    if (nowMicros < nextLookMicros) {
      return;
    }
    nextLookMicros = nowMicros + PAUSE_MICROS;
    Map<Integer, Long> dropped = dropped();
    if (!dropped.isEmpty()) {
      List.copyOf(posts).forEach(post -> tell(post, dropped));
    }
  }

  /** A replica is about to end, and its socket with it: tells what was dropped by then. */
  void lookNow(Id replica) {
    for (ReplicaSocket post : List.copyOf(posts)) {
      if (post.id().equals(replica)) {
        tell(post, dropped());
      }
    }
  }

  private static Map<Integer, Long> dropped() {
    Map<Integer, Long> dropped = new HashMap<>();
    for (Path table : TABLES) {
      try {
        addDropped(Files.readAllLines(table), dropped);
      } catch (IOException notHere) {
        continue; // another system, or one without this protocol
      }
    }
    return dropped;
  }

  private void tell(ReplicaSocket post, Map<Integer, Long> dropped) {
    Known before = known.computeIfAbsent(post, first -> new Known());
    long byReplica = dropped.getOrDefault(post.replicaPort(), 0L);
    long byKit = dropped.getOrDefault(post.port(), 0L);
    if (byReplica > before.byReplica || byKit > before.byKit) {
      lost.accept(post.id(), byKit - before.byKit);
      before.byReplica = byReplica;
      before.byKit = byKit;
      observer.overflowed(post.id(), byReplica, byKit);
    }
  }

  /**
   * Adds the ports of these lines whose sockets have dropped anything.
   *
   * @param lines a table of the system's: the second word of each is address and port in
   *     hexadecimal digits, the last the number of datagrams that were dropped
   */
  static void addDropped(List<String> lines, Map<Integer, Long> dropped) {
    for (String line : lines) {
      String[] words = line.trim().split(" +");
      int colon = words.length < 3 ? -1 : words[1].lastIndexOf(':');
      if (colon < 0 || words[words.length - 1].equals("0")) {
        continue;
      }
      try {
        int port = Integer.parseInt(words[1].substring(colon + 1), 16);
        dropped.merge(port, Long.parseLong(words[words.length - 1]), Long::sum);
      } catch (NumberFormatException heading) {
        continue;
      }
    }
  }
}
