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
import raftlab.wire.Id;

/**
 * The kit's socket for one replica: what arrives here comes from that replica, whatever it says.
 */
final class ReplicaSocket {
  private static final int BUFFER_BYTES = 4 << 20;

  /** A flood from elsewhere must not keep anybody waiting. */
  private static final int MOST_PASSED_OVER = 32;

  private final Id id;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final SelectionKey key;

  private final UnknownSenders strangers;

  /** Where the replica listens: the sender of its first datagram. */
  private SocketAddress address;

  ReplicaSocket(Id id, Selector selector, UnknownSenders strangers) throws IOException {
    this.id = id;
    this.strangers = strangers;
    this.channel =
        DatagramChannel.open()
            // Asked for; the system may give less. A burst of answers must not be lost for want of
            // room.
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

  /** The kit's own port. */
  int port() {
    return local.getPort();
  }

  /** Where the kit's socket is bound. */
  InetSocketAddress localAddress() {
    return local;
  }

  /** Where the replica listens; null if it has sent nothing yet. */
  InetSocketAddress replicaAddress() {
    return address instanceof InetSocketAddress known ? known : null;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean isReady() {
    return address != null;
  }

  /** Whether this is where the replica listens. */
  boolean isAt(SocketAddress other) {
    return other.equals(address);
  }

  /**
   * The next datagram; null if there is none, or too many came that aren't the replica's. The first
   * one tells where the replica listens.
   */
  byte[] receive(ByteBuffer buffer) {
    try {
      for (int passedOver = 0; passedOver < MOST_PASSED_OVER && channel.isOpen(); passedOver++) {
        buffer.clear();
        SocketAddress sender = channel.receive(buffer);
        if (sender == null) {
          return null;
        }
        if (address == null) {
          address = sender;
        }
        // Whoever else found this port is not the replica.
        if (address.equals(sender)) {
          byte[] datagram = new byte[buffer.flip().remaining()];
          buffer.get(datagram);
          return datagram;
        }
        strangers.came(this, sender);
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
