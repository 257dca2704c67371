package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import raftlab.cluster.RecordingObserver;
import raftlab.wire.Id;

class SocketDropsTest {
  private static final String HEADING =
      "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode ref pointer drops            ";

  private static String socket(String address, long drops) {
    return "  123: "
        + address
        + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2 0 "
        + drops
        + "      ";
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(address, port);
  }

  @Test
  void the_tables_show_how_many_datagrams_each_socket_dropped() {
    Map<InetSocketAddress, Long> dropped = new HashMap<>();
    SocketDrops.addDropped(
        List.of(
            HEADING,
            socket("0100007F:1F90", 12),
            socket("0100007F:0035", 0),
            socket("0000000000000000FFFF00000100007F:C001", 3),
            "",
            "something else altogether"),
        dropped);
    assertThat(dropped)
        .containsOnly(
            Map.entry(at("127.0.0.1", 8080), 12L),
            Map.entry(at("127.0.0.1", 53), 0L),
            Map.entry(at("127.0.0.1", 0xC001), 3L));
  }

  @Test
  void a_socket_at_another_address_with_the_same_port_does_not_count() {
    Map<InetSocketAddress, Long> dropped = new HashMap<>();
    SocketDrops.addDropped(
        List.of(socket("0200007F:1F90", 12), socket("0100007F:1F90", 1)), dropped);
    assertThat(SocketDrops.at(at("127.0.0.1", 8080), dropped)).isEqualTo(1);
    assertThat(SocketDrops.at(at("127.0.0.3", 8080), dropped)).isZero();
  }

  @Test
  void a_socket_at_all_addresses_counts_where_none_is_at_that_address() {
    Map<InetSocketAddress, Long> dropped = new HashMap<>();
    SocketDrops.addDropped(
        List.of(
            socket("00000000:1F90", 5),
            socket("00000000000000000000000000000000:1F91", 6),
            socket("0100007F:1F92", 0),
            socket("00000000:1F92", 7)),
        dropped);
    assertThat(SocketDrops.at(at("127.0.0.1", 8080), dropped)).isEqualTo(5);
    assertThat(SocketDrops.at(at("127.0.0.1", 8081), dropped)).isEqualTo(6);
    assertThat(SocketDrops.at(at("127.0.0.1", 8082), dropped)).isZero();
    assertThat(SocketDrops.at(null, dropped)).isZero();
  }

  @Test
  void what_a_replica_does_not_read_in_time_is_reported_once() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/udp")));
    RecordingObserver observer = new RecordingObserver();
    try (Selector selector = Selector.open();
        DatagramSocket replica = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      replica.setReceiveBufferSize(4096);
      ReplicaSocket post =
          new ReplicaSocket(Id.of(3), selector, new UnknownSenders(List.of(), observer));
      replica.send(
          new DatagramPacket(
              new byte[1],
              1,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), post.port())));
      selector.select();
      post.receive(ByteBuffer.allocate(100));
      long[] lost = new long[1];
      SocketDrops overflows =
          new SocketDrops(List.of(post), observer, (id, count) -> lost[0] += count);
      overflows.poll(0);
      assertThat(observer.lines()).isEmpty();
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      for (int i = 0; i < 50; i++) {
        post.send(new byte[20_000], buffer);
      }
      overflows.poll(100_000); // too early
      assertThat(observer.lines()).isEmpty();
      overflows.poll(300_000);
      overflows.poll(900_000);
      assertThat(observer.lines()).hasSize(1);
      assertThat(observer.lines().get(0)).matches("0003 overflowed [1-9][0-9] 0");
      assertThat(lost[0]).isZero();

      observer.clear();
      for (int i = 0; i < 300; i++) { // more than the kit's own socket holds
        replica.send(
            new DatagramPacket(
                new byte[60_000],
                60_000,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), post.port())));
      }
      overflows.pollBeforeExit(Id.of(3));
      assertThat(observer.lines()).hasSize(1);
      assertThat(observer.lines().get(0)).matches("0003 overflowed [1-9][0-9] [1-9][0-9]+");
      assertThat(observer.lines().get(0)).endsWith(" " + lost[0]);
      post.close();
    }
  }
}
