package raftlab.cluster.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * The kit's socket for one replica. Every datagram that arrives here is from that replica; its
 * {@code src} may differ.
 */
final class ReplicaSocket {
  private static final int BUFFER_BYTES = 4 << 20;

  /** Bounds how long a flood from other senders can delay the kit. */
  private static final int MAX_IGNORED = 32;

  private final Id id;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final SelectionKey key;

  private final UnknownSenders unknownSenders;

  /** The replica's address: the sender of its first datagram. */
  private @Nullable SocketAddress address;

  ReplicaSocket(Id id, Selector selector, UnknownSenders unknownSenders) throws IOException {
    this.id = id;
    this.unknownSenders = unknownSenders;
    this.channel =
        DatagramChannel.open()
            // A burst of answers must not be lost. The system may give less than requested.
            .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
            .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.local = (InetSocketAddress) channel.getLocalAddress();
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  Id id() {
    return id;
  }

  /** Returns the kit's port. */
  int port() {
    return local.getPort();
  }

  /** Returns the address of the kit's socket. */
  InetSocketAddress localAddress() {
    return local;
  }

  /** Returns the replica's address; null if it hasn't sent anything yet. */
  @Nullable InetSocketAddress replicaAddress() {
    return address instanceof InetSocketAddress known ? known : null;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isReady() {
    return address != null;
  }

  /** Whether this is the replica's address. */
  boolean isAt(SocketAddress other) {
    return other.equals(address);
  }

  /**
   * Returns the next datagram; null if there is none, or if too many came from other senders. The
   * first one determines the replica's address.
   */
  byte @Nullable [] receive(ByteBuffer buffer) {
    try {
      for (int passedOver = 0; passedOver < MAX_IGNORED && channel.isOpen(); passedOver++) {
        buffer.clear();
        SocketAddress sender = channel.receive(buffer);
        if (sender == null) {
          return null;
        }
        if (address == null) {
          address = sender;
        }
        // Another sender is not the replica.
        if (address.equals(sender)) {
          byte[] datagram = new byte[buffer.flip().remaining()];
          buffer.get(datagram);
          return datagram;
        }
        unknownSenders.received(this, sender);
      }
    } catch (IOException lost) {
      return null;
    }
    return null;
  }

  void send(byte[] datagram, ByteBuffer buffer) {
    buffer.clear();
    buffer.put(datagram).flip();
    try {
      channel.send(buffer, address);
    } catch (IOException lost) {
      // UDP may lose any datagram.
      return;
    }
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException closedAnyway) {
      return;
    }
  }
}
