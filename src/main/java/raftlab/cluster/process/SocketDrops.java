package raftlab.cluster.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster.Observer;
import raftlab.wire.Id;

/**
 * Detects datagrams that the system dropped because the receiver's socket was full. Linux counts
 * them for each socket. For a replica this is a loss like any other, but the trace shows these
 * datagrams as delivered, so judges need the number.
 */
final class SocketDrops {
  private static final long PAUSE_MICROS = 250_000;
  private static final List<Path> SOCKET_TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  /** The numbers that were reported last. */
  private static final class ReportedDrops {
    private long byReplica;
    private long byKit;
  }

  private final Collection<ReplicaSocket> sockets;
  private final Observer observer;
  private final ObjLongConsumer<Id> onLost;
  private final Map<ReplicaSocket, ReportedDrops> reportedDrops = new WeakHashMap<>();
  private long nextPollMicros;

  /**
   * Creates a detector.
   *
   * @param sockets the sockets of all running replicas; a view that changes
   * @param onLost gets the number of further datagrams of a replica that were dropped before the
   *     kit read them
   */
  SocketDrops(Collection<ReplicaSocket> sockets, Observer observer, ObjLongConsumer<Id> onLost) {
    this.sockets = sockets;
    this.observer = observer;
    this.onLost = onLost;
  }

  /** Reports new drops, if the next check is due. */
  void poll(long nowMicros) {
    if (nowMicros < nextPollMicros) {
      return;
    }
    nextPollMicros = nowMicros + PAUSE_MICROS;
    Map<InetSocketAddress, Long> dropped = readDropped();
    if (!dropped.isEmpty()) {
      List.copyOf(sockets).forEach(post -> report(post, dropped));
    }
  }

  /** Reports new drops of a replica that is about to end, together with its socket. */
  void pollBeforeExit(Id replica) {
    for (ReplicaSocket post : List.copyOf(sockets)) {
      if (post.id().equals(replica)) {
        report(post, readDropped());
      }
    }
  }

  private static Map<InetSocketAddress, Long> readDropped() {
    Map<InetSocketAddress, Long> dropped = new HashMap<>();
    for (Path table : SOCKET_TABLES) {
      try {
        addDropped(Files.readAllLines(table), dropped);
      } catch (IOException notHere) {
        continue; // another system, or one without this protocol
      }
    }
    return dropped;
  }

  private void report(ReplicaSocket post, Map<InetSocketAddress, Long> dropped) {
    ReportedDrops before = reportedDrops.computeIfAbsent(post, first -> new ReportedDrops());
    long byReplica = at(post.replicaAddress(), dropped);
    long byKit = at(post.localAddress(), dropped);
    if (byReplica > before.byReplica || byKit > before.byKit) {
      onLost.accept(post.id(), byKit - before.byKit);
      before.byReplica = byReplica;
      before.byKit = byKit;
      observer.overflowed(post.id(), byReplica, byKit);
    }
  }

  /**
   * Returns the drops of the socket that receives datagrams for this address: the one bound to it,
   * else the one bound to all addresses.
   *
   * @param address null if it isn't known
   */
  static long at(@Nullable InetSocketAddress address, Map<InetSocketAddress, Long> dropped) {
    if (address == null) {
      return 0;
    }
    Long exact = dropped.get(address);
    if (exact != null) {
      return exact;
    }
    long any = 0;
    for (Map.Entry<InetSocketAddress, Long> socket : dropped.entrySet()) {
      InetSocketAddress local = socket.getKey();
      if (local.getPort() == address.getPort() && local.getAddress().isAnyLocalAddress()) {
        any += socket.getValue();
      }
    }
    return any;
  }

  /**
   * Adds the local addresses in these lines, with the drops of their sockets.
   *
   * @param lines a table of the system: the second word of each line is address and port in
   *     hexadecimal digits, the last the number of dropped datagrams
   */
  static void addDropped(List<String> lines, Map<InetSocketAddress, Long> dropped) {
    for (String line : lines) {
      String[] words = line.trim().split(" +");
      int colon = words.length < 3 ? -1 : words[1].lastIndexOf(':');
      if (colon < 0) {
        continue;
      }
      try {
        int port = Integer.parseInt(words[1].substring(colon + 1), 16);
        InetSocketAddress local =
            new InetSocketAddress(address(words[1].substring(0, colon)), port);
        dropped.merge(local, Long.parseLong(words[words.length - 1]), Long::sum);
      } catch (IllegalArgumentException | UnknownHostException heading) {
        continue;
      }
    }
  }

  /**
   * Parses an address; the system prints each 32 bits of it as one number in the machine's byte
   * order.
   */
  private static InetAddress address(String hexadecimal) throws UnknownHostException {
    ByteBuffer printed = ByteBuffer.wrap(HexFormat.of().parseHex(hexadecimal));
    ByteBuffer bytes = ByteBuffer.allocate(printed.capacity()).order(ByteOrder.nativeOrder());
    while (printed.remaining() >= Integer.BYTES) {
      bytes.putInt(printed.getInt());
    }
    return InetAddress.getByAddress(bytes.array()); // turns a mapped IPv4 address into one of IPv4
  }
}
