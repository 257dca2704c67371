package raftlab.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import raftlab.network.DeliveryDecision;
import raftlab.network.Network;
import raftlab.scenario.LinkConditions;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/** The steps of a message's way through the kit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBench {
  private static final byte[] APPEND =
      ("{\"src\":\"0002\",\"dst\":\"0004\",\"leader\":\"0002\",\"type\":\"append\",\"term\":3,\"prevLogIndex\":117,"
              + "\"prevLogTerm\":3,\"leaderCommit\":116,\"round\":412,\"entries\":[{\"term\":3,"
              + "\"key\":\"Wq8sT0bYh2kLmNcVxZaPoIuYtReWqAsD\",\"value\":\"5d41402abc4b2a76b9719d911017c592\"}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final Network network =
      new Network(1, List.of(Id.of(2), Id.of(4)), LinkConditions.loss(0.1));
  private final Id from = Id.of(2);
  private final Id to = Id.of(4);
  private final Message message = Message.get(from, to, to, "0123456789abcdef", "a key");

  /** What the emulated network reads of a message. */
  @Benchmark
  public Message scan() throws MalformedMessageException {
    return Message.parseHeader(APPEND);
  }

  /** What a replica reads of a message. */
  @Benchmark
  public Message parse() throws MalformedMessageException {
    return Message.parse(APPEND);
  }

  /** What a replica does to send one. */
  @Benchmark
  public byte[] render() {
    return Message.put(
            from, to, to, "0123456789abcdef", "a key", "5d41402abc4b2a76b9719d911017c592")
        .bytes();
  }

  /** The decision about one message on a link that loses some. */
  @Benchmark
  public DeliveryDecision decision() {
    return network.decide(from, to, message, 0);
  }
}
