package raftlab.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.lab.Lab;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/**
 * What the way through the emulated network costs: how many messages a second one core routes, and
 * how much longer a round trip takes than between two processes that communicate directly.
 */
public final class RoutingLoad {
  private static final int BYTES = 200;
  private static final long SECONDS = 4;

  private RoutingLoad() {}

  /** Prints both figures. */
  public static void main(String[] args) throws Exception {
    throughput(64);
    double direct = directRoundTripMicros();
    double routed = routedRoundTripMicros();
    System.out.printf(
        Locale.ROOT,
        "round trip, median: %.0f µs directly, %.0f µs through the kit: %.0f µs added%n",
        direct,
        routed,
        routed - direct);
  }

  private static Lab lab(int window) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ReplicaCommand command =
        new ReplicaCommand(
            List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                new File(System.getProperty("java.class.path")).getAbsolutePath(),
                LoadReplica.class.getName(),
                Integer.toString(window),
                Integer.toString(BYTES)),
            List.of("load"));
    TraceHeader header =
        new TraceHeader(
            "load", "{}", "process", 1, List.of(), List.of(Id.of(0), Id.of(1)), List.of());
    Lab lab = new Lab(new ProcessWorld(command), new Trace(header), 0, false);
    lab.replicas().forEach(lab::start);
    while (lab.ready().size() < 2) {
      lab.step(lab.nowMicros() + 100_000);
    }
    return lab;
  }

  private static void throughput(int window) {
    try (Lab lab = lab(window)) {
      lab.runUntil(lab.nowMicros() + 2_000_000);
      long messages = lab.messagesBetweenReplicas();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long from = lab.nowMicros();
      lab.runUntil(from + SECONDS * 1_000_000);
      messages = lab.messagesBetweenReplicas() - messages;
      double wallSeconds = (lab.nowMicros() - from) / 1e6;
      double cpuSeconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "routing: %.0f messages of %d bytes a second of one core (%.2f µs each); %.0f a second by the clock, with"
              + " the two replicas on the same machine%n",
          messages / cpuSeconds,
          BYTES,
          cpuSeconds / messages * 1e6,
          messages / wallSeconds);
    }
  }

  /**
   * From the kit's own record: 0000 sends its next message as soon as it has the answer to the
   * last.
   */
  private static double routedRoundTripMicros() {
    try (Lab lab = lab(1)) {
      lab.runUntil(lab.nowMicros() + 2_000_000);
      int first = lab.trace().events().size();
      lab.runUntil(lab.nowMicros() + SECONDS * 1_000_000);
      List<Long> sent = new ArrayList<>();
      for (Event event : lab.trace().events().subList(first, lab.trace().events().size())) {
        if (event instanceof Event.Sent message && message.from().equals(Id.of(0))) {
          sent.add(message.atMicros());
        }
      }
      long[] trips = new long[sent.size() - 1];
      for (int i = 0; i < trips.length; i++) {
        trips[i] = sent.get(i + 1) - sent.get(i);
      }
      return median(trips);
    }
  }

  /** The same ping and pong, in processes of the same kind, without the kit between them. */
  private static double directRoundTripMicros() throws Exception {
    InetAddress localhost = InetAddress.getLoopbackAddress();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try (DatagramSocket socket = new DatagramSocket(0, localhost)) {
      Process echo =
          new ProcessBuilder(
                  java,
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LoadReplica.class.getName(),
                  "1",
                  Integer.toString(BYTES),
                  Integer.toString(socket.getLocalPort()),
                  "0001",
                  "0000")
              .inheritIO()
              .start();
      try {
        DatagramPacket in = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(in);
        DatagramPacket out = new DatagramPacket(new byte[BYTES], BYTES, in.getSocketAddress());
        List<Long> trips = new ArrayList<>();
        long end = System.nanoTime() + (SECONDS + 2) * 1_000_000_000L;
        while (System.nanoTime() < end) {
          long from = System.nanoTime();
          socket.send(out);
          socket.receive(in);
          trips.add((System.nanoTime() - from) / 1000);
        }
        return median(trips.stream().skip(trips.size() / 3).mapToLong(Long::longValue).toArray());
      } finally {
        echo.destroyForcibly().waitFor();
      }
    }
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
