package raftlab.replica;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.node.Storage;
import raftlab.storage.DurableStorage;
import raftlab.storage.FileStorage;
import raftlab.storage.MemoryStorage;
import raftlab.storage.StorageException;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * Runs a node in a replica process: one thread, one socket, one node. It sends to the kit's port on
 * localhost and receives from there.
 */
public final class UdpHost implements Host, AutoCloseable {
  private record Timer(long dueNanos, long setting, String name) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(dueNanos - other.dueNanos, 0);
      return byTime != 0 ? byTime : Long.compare(setting, other.setting);
    }
  }

  /** The most datagrams that are handled before due timers fire. */
  private static final int MAX_IN_A_STEP = 64;

  private static final int BUFFER_BYTES = 4 << 20;

  private final Id id;
  private final List<Id> others;
  private final DatagramChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private final RandomGenerator random = new SplittableRandom();
  private final ReplicaEnvironment environment;
  private final DurableStorage disk;

  /** Null if state changes are not reported. */
  private final @Nullable StateChangeWriter changes;

  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Map<String, Long> timerSettings = new HashMap<>();
  private final List<Message> outbox = new ArrayList<>();
  private final Node node;
  private long timerCount;

  /** The number of datagrams that were sent. */
  private long sentDatagrams;

  /**
   * The number of datagrams that were sent, or queued, when the node began to handle the present
   * event.
   */
  private long sentBeforeAction;

  /**
   * Opens the socket, sends hello, opens the storage, and creates the node.
   *
   * @param port the kit's UDP port on localhost, 1 to 65,535
   * @throws StorageException if the storage or the file for changes can't be used
   */
  public UdpHost(
      int port, Id id, List<Id> others, ReplicaEnvironment environment, NodeFactory factory)
      throws IOException {
    this.id = id;
    this.others = others.stream().sorted().toList();
    InetAddress localhost = InetAddress.getLoopbackAddress();
    this.channel =
        DatagramChannel.open()
            // A burst of large messages must not be lost. The system may give less than requested.
            .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
            .bind(new InetSocketAddress(localhost, 0));
    channel.connect(new InetSocketAddress(localhost, port));
    channel.configureBlocking(false);
    sendHello();
    this.environment = environment;
    this.disk =
        environment.dataDirectory() == null
            ? new MemoryStorage()
            : new FileStorage(environment.dataDirectory());
    this.changes =
        environment.traceFile() == null ? null : new StateChangeWriter(environment.traceFile());
    this.node = factory.create(this);
  }

  /**
   * Sends hello: from now on datagrams can arrive, and wait in the socket. This happens before the
   * node and the JSON library are loaded, since the kit waits for the slowest of several replicas
   * that start at once.
   */
  private void sendHello() throws IOException {
    String hello = "{\"src\":\"%s\",\"dst\":\"FFFF\",\"leader\":\"FFFF\",\"type\":\"hello\"}";
    out.put(hello.replace("%s", id.toString()).getBytes(StandardCharsets.UTF_8)).flip();
    sentDatagrams += channel.write(out) > 0 ? 1 : 0;
  }

  /**
   * Runs the node for as long as the process lives.
   *
   * @throws StorageException if the stored records can't be used, or if the storage or the file of
   *     changes can't be written
   */
  public void run() throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      start();
      finishStep();
      while (true) {
        boolean received = receiveWaiting();
        boolean fired = fireTimer(); // always: datagrams may keep waiting
        if (received || fired) {
          finishStep();
        } else {
          awaitNextEvent(selector);
        }
      }
    }
  }

  private void start() {
    beginAction();
    try {
      node.start();
    } catch (IllegalStateException unusable) {
      if (environment.dataDirectory() == null) {
        throw unusable;
      }
      throw new StorageException(
          environment.dataDirectory() + ": " + unusable.getMessage(), unusable);
    }
  }

  private void awaitNextEvent(Selector selector) throws IOException {
    Timer next = timers.peek();
    if (next == null) {
      selector.select();
    } else {
      long nanos = next.dueNanos - System.nanoTime();
      if (nanos > 0) {
        selector.select((nanos + 999_999) / 1_000_000);
      }
    }
    selector.selectedKeys().clear();
  }

  /**
   * Handles the waiting datagrams; returns whether there were any. They share one sync, which
   * raises the throughput under load and doesn't delay a single datagram.
   */
  private boolean receiveWaiting() {
    int received = 0;
    while (received < MAX_IN_A_STEP && receive()) {
      received++;
    }
    return received > 0;
  }

  /** Handles one datagram; returns whether there was one. */
  private boolean receive() {
    in.clear();
    try {
      if (channel.read(in) <= 0) {
        return false;
      }
    } catch (IOException noReceiver) {
      // An ICMP error for an earlier datagram of ours. A replica doesn't exit because of it.
      return false;
    }
    byte[] datagram = new byte[in.flip().remaining()];
    in.get(datagram);
    beginAction();
    try {
      node.receive(Message.parse(datagram));
    } catch (MalformedMessageException ignored) {
      return true;
    }
    return true;
  }

  private boolean fireTimer() {
    Timer next = timers.peek();
    if (next == null || next.dueNanos - System.nanoTime() > 0) {
      return false;
    }
    timers.remove();
    if (timerSettings.remove(next.name, next.setting)) {
      beginAction();
      node.timeout(next.name);
    }
    return true;
  }

  /** Notes how many datagrams precede the changes that the node is about to report. */
  private void beginAction() {
    sentBeforeAction = sentDatagrams + outbox.size();
  }

  /**
   * After the node has handled its events: syncs the storage, writes the changes, sends the
   * messages.
   */
  private void finishStep() {
    disk.sync();
    if (changes != null) {
      changes.write();
    }
    send();
  }

  private void send() {
    for (int i = 0; i < outbox.size(); i++) {
      out.clear();
      out.put(outbox.get(i).bytes()).flip();
      try {
        sentDatagrams += channel.write(out) > 0 ? 1 : 0;
      } catch (IOException lost) {
        // UDP may lose any datagram, and the node tolerates that.
        continue;
      }
    }
    outbox.clear();
  }

  @Override
  public Id id() {
    return id;
  }

  @Override
  public List<Id> others() {
    return others;
  }

  @Override
  public boolean isJoining() {
    return environment.joining();
  }

  @Override
  public long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public void send(Message message) {
    message.checkSize();
    outbox.add(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    timerSettings.put(timer, ++timerCount);
    timers.add(new Timer(System.nanoTime() + afterMillis * 1_000_000, timerCount, timer));
  }

  @Override
  public void cancelTimer(String timer) {
    timerSettings.remove(timer);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Storage storage() {
    return disk;
  }

  @Override
  public void report(StateChange change) {
    if (changes != null) {
      changes.add(change, sentBeforeAction);
    }
  }

  /** Closes the socket and the storage; otherwise the end of the process closes them. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (changes != null) {
      changes.close();
    }
    disk.close();
  }
}
