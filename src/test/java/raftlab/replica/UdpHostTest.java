package raftlab.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange.TermChanged;
import raftlab.storage.FileStorage;
import raftlab.storage.StorageException;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The host of a real process, played within this one until its node breaks. */
class UdpHostTest {
  private static final Id SELF = Id.of(1);
  private static final Id OTHER = Id.of(0);

  @TempDir private Path folder;
  private DatagramSocket kit;
  private SocketAddress replica;

  @BeforeEach
  void listen() throws IOException {
    kit = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    kit.setSoTimeout(20_000);
  }

  @AfterEach
  void hang_up() {
    kit.close();
  }

  /** For each message stores, reports and sends something, after a look at what was before. */
  private final class BusyNode implements Node {
    private final Host host;
    private final List<List<String>> reportedBefore = new ArrayList<>();

    private BusyNode(Host host) {
      this.host = host;
    }

    @Override
    public void start() {
      host.report(new TermChanged(host.storage().load().size()));
    }

    @Override
    public void receive(Message message) {
      reportedBefore.add(reported());
      if (message.type().equals("break")) {
        throw new IllegalStateException("on request");
      }
      host.send(Message.of(SELF, OTHER, OTHER, "done", null, new JsonObject()));
      host.storage().append(message.type().getBytes(StandardCharsets.UTF_8));
      host.report(new TermChanged(7));
      host.report(new TermChanged(8));
    }

    @Override
    public void timeout(String timer) {
      throw new AssertionError("no timer was set");
    }
  }

  private ReplicaEnvironment environment() {
    return new ReplicaEnvironment(folder.resolve("data"), folder.resolve("trace"), false);
  }

  private List<String> reported() {
    try {
      return Files.readAllLines(folder.resolve("trace"));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private UdpHost open(ReplicaEnvironment environment, NodeFactory factory) throws IOException {
    return new UdpHost(kit.getLocalPort(), SELF, List.of(OTHER), environment, factory);
  }

  private String received() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    kit.receive(packet);
    replica = packet.getSocketAddress();
    return new String(Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.UTF_8);
  }

  private void send(String type) throws IOException {
    byte[] bytes = Message.of(OTHER, SELF, OTHER, type, null, new JsonObject()).bytes();
    kit.send(new DatagramPacket(bytes, bytes.length, replica));
  }

  /** A report of a term, after the given number of datagrams. */
  private static String line(long term, long sent) {
    return "{\"change\":\"TermChanged\",\"term\":" + term + ",\"sent\":" + sent + "}";
  }

  @Test
  void after_each_step_records_are_stored_and_changes_are_written_and_messages_leave()
      throws Exception {
    BusyNode[] node = new BusyNode[1];
    UdpHost host = open(environment(), made -> node[0] = new BusyNode(made));
    assertThat(received()).contains("hello");
    FutureTask<Void> running = running(host);
    send("first");
    assertThat(received()).contains("done");
    assertThat(reported()).containsExactly(line(0, 1), line(7, 1), line(8, 1));
    send("second");
    assertThat(received()).contains("done");
    send("break");
    assertThatThrownBy(running::get).hasCauseInstanceOf(IllegalStateException.class);

    assertThat(node[0].reportedBefore)
        .containsExactly(
            List.of(line(0, 1)),
            List.of(line(0, 1), line(7, 1), line(8, 1)),
            List.of(line(0, 1), line(7, 1), line(8, 1), line(7, 2), line(8, 2)));
    host.close();
    try (FileStorage storage = new FileStorage(folder.resolve("data"))) {
      assertThat(storage.load())
          .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .containsExactly("first", "second");
    }
  }

  @Test
  void datagrams_that_wait_make_one_step_and_one_that_breaks_takes_the_step_with_it()
      throws IOException {
    BusyNode[] node = new BusyNode[1];
    UdpHost host = open(environment(), made -> node[0] = new BusyNode(made));
    assertThat(received()).contains("hello");
    send("first");
    send("break");
    assertThatThrownBy(host::run).isInstanceOf(IllegalStateException.class);

    assertThat(node[0].reportedBefore).containsExactly(List.of(line(0, 1)), List.of(line(0, 1)));
    host.close();
    try (FileStorage storage = new FileStorage(folder.resolve("data"))) {
      assertThat(storage.load()).isEmpty();
    }
  }

  /** Each datagram that it handles brings the next one, so that one always waits. */
  private final class FloodedNode implements Node {
    private static final int GIVE_UP = 10_000;
    private final Host host;
    private int received;

    private FloodedNode(Host host) {
      this.host = host;
    }

    @Override
    public void start() {
      host.setTimer("due", 0);
    }

    @Override
    public void receive(Message message) {
      received++;
      if (received == GIVE_UP) {
        throw new IllegalStateException("the timer never came");
      }
      try {
        send("more");
      } catch (IOException unsent) {
        throw new AssertionError(unsent);
      }
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("timer " + timer + " came");
    }
  }

  @Test
  void a_timer_that_is_due_comes_though_datagrams_wait_without_end() throws IOException {
    try (UdpHost host = open(new ReplicaEnvironment(null, null, false), FloodedNode::new)) {
      assertThat(received()).contains("hello");
      send("first");
      send("second");

      assertThatThrownBy(host::run).hasMessage("timer due came");
    }
  }

  private static FutureTask<Void> running(UdpHost host) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              host.run();
              return null;
            });
    Thread thread = new Thread(task, "replica");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void without_variables_nothing_is_written_anywhere() throws IOException {
    UdpHost host = open(ReplicaEnvironment.of(Map.of("RAFTLAB_TRACE", "")), FailingNode::new);
    received();
    send("break");
    assertThatThrownBy(host::run).isInstanceOf(IllegalStateException.class);
    assertThat(folder).isEmptyDirectory();
    host.close();
  }

  /** Reports and stores without an observer, and throws at once. */
  private record FailingNode(Host host) implements Node {
    @Override
    public void start() {
      assertThat(host.isJoining()).isFalse();
      host.storage().append(new byte[1]);
      host.report(new TermChanged(1));
    }

    @Override
    public void receive(Message message) {
      throw new IllegalStateException("on request");
    }

    @Override
    public void timeout(String timer) {
      throw new AssertionError("no timer was set");
    }
  }

  @Test
  void hello_is_said_even_if_the_storage_is_damaged() throws IOException {
    Path journal = Files.createDirectory(folder.resolve("data")).resolve("journal");
    Files.writeString(journal, "what a mess, and a long one");
    assertThatThrownBy(() -> open(environment(), BusyNode::new))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(journal + ": byte 0: ");
    assertThat(received()).contains("hello");
  }

  @Test
  void unusable_storage_is_reported_with_its_directory() throws IOException {
    Node choosy = new ChoosyNode();
    try (UdpHost host = open(environment(), made -> choosy)) {
      assertThatThrownBy(host::run)
          .isInstanceOf(StorageException.class)
          .hasMessage(folder.resolve("data") + ": record 1 of 1 is of an unknown kind");
    }
  }

  private static final class ChoosyNode implements Node {
    @Override
    public void start() {
      throw new IllegalStateException("record 1 of 1 is of an unknown kind");
    }

    @Override
    public void receive(Message message) {
      throw new AssertionError("never started");
    }

    @Override
    public void timeout(String timer) {
      throw new AssertionError("never started");
    }
  }

  @Test
  void a_trace_file_that_can_not_be_written_is_named() {
    Path nowhere = folder.resolve("gone/trace");
    assertThatThrownBy(() -> open(new ReplicaEnvironment(null, nowhere, false), BusyNode::new))
        .isInstanceOf(StorageException.class)
        .hasMessage(nowhere + ": can't be opened to report changes: no such file or directory");
  }

  @Test
  void the_environment_gives_directory_file_and_whether_to_join() {
    assertThat(
            ReplicaEnvironment.of(
                Map.of("RAFTLAB_DATA_DIR", "/d", "RAFTLAB_TRACE", "/t", "RAFTLAB_JOIN", "1")))
        .isEqualTo(new ReplicaEnvironment(Path.of("/d"), Path.of("/t"), true));
    assertThat(ReplicaEnvironment.of(Map.of("RAFTLAB_JOIN", "0", "RAFTLAB_DATA_DIR", "")))
        .isEqualTo(new ReplicaEnvironment(null, null, false));
  }
}
