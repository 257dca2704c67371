package raftlab.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.lab.Lab;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RequestTransport;

/**
 * How many puts a second five reference replicas do as processes, with 64 clients that each put
 * again as soon as they have an answer; in memory and on disk.
 */
public final class Throughput {
  private static final int REPLICAS = 5;
  private static final int CLIENTS = 64;
  private static final int WARM_SECONDS = 4;
  private static final int SECONDS = 6;

  private final Lab lab;
  private final RequestTransport requests;
  private final List<Id> clients;
  private final List<Long> latencies = new ArrayList<>();
  private final long[] sentAt = new long[1 << 16];
  private Id leader;
  private long number;
  private long oks;
  private long others;

  private Throughput(Lab lab, List<Id> clients) {
    this.lab = lab;
    this.clients = clients;
    this.requests = lab.requests();
    lab.clientReceiver(this::receive);
  }

  /** Prints the figures. */
  public static void main(String[] args) {
    play(false);
    play(true);
  }

  private static void play(boolean durable) {
    List<Id> replicas = IntStream.range(0, REPLICAS).mapToObj(Id::of).toList();
    List<Id> clients = IntStream.range(0, CLIENTS).mapToObj(i -> Id.of(0x100 + i)).toList();
    TraceHeader header =
        new TraceHeader("throughput", "{}", "process", 1, List.of(), replicas, clients);
    Trace trace = new Trace(header);
    try (Lab lab = new Lab(new ProcessWorld(ReplicaCommand.reference()), trace, 0, durable)) {
      lab.replicas().forEach(lab::start);
      while (lab.leader().isEmpty()) {
        lab.step(lab.nowMicros() + 100_000);
      }
      new Throughput(lab, clients).measure(durable);
    }
  }

  private void measure(boolean durable) {
    leader = lab.leader().orElseThrow();
    clients.forEach(this::put);
    lab.runUntil(lab.nowMicros() + WARM_SECONDS * 1_000_000L);
    oks = 0;
    latencies.clear();
    long messages = lab.messagesBetweenReplicas();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long from = lab.nowMicros();
    lab.runUntil(from + SECONDS * 1_000_000L);
    double seconds = (lab.nowMicros() - from) / 1e6;
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    messages = lab.messagesBetweenReplicas() - messages;
    latencies.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f puts a second, %.2f messages between replicas each, median latency %.1f ms,"
            + " %d answers that were not ok; the kit's thread is busy for %.0f %% of the time%n",
        durable ? "on disk" : "in memory",
        oks / seconds,
        (double) messages / oks,
        latencies.get(latencies.size() / 2) / 1000.0,
        others,
        cpu / 1e7 / seconds);
  }

  private void put(Id client) {
    String mid = Long.toString(number++);
    sentAt[client.value()] = lab.nowMicros();
    requests.send(Message.put(client, leader, leader, mid, "key" + client, "value" + mid));
  }

  private void receive(Message answer) {
    if (answer.type().equals(Message.OK)) {
      oks++;
      latencies.add(lab.nowMicros() - sentAt[answer.dst().value()]);
    } else {
      others++;
      leader = answer.leader().isBroadcast() ? lab.leader().orElse(Id.BROADCAST) : answer.leader();
    }
    put(answer.dst());
  }
}
