package raftlab.workload;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Replicas that do nothing by themselves, on a clock of their own: the test answers for them. */
final class ManualRequestSender implements RequestTransport {
  static final Id A = Id.of(0);
  static final Id B = Id.of(1);
  static final Id C = Id.of(2);

  /**
   * A request that came.
   *
   * @param again whether it is one more of its operation
   */
  record Sent(long atMicros, Message message, long operation, boolean again) {}

  private record Planned(long atMicros, long number, Runnable action)
      implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  final List<Sent> sent = new ArrayList<>();
  final List<Id> running = new ArrayList<>(List.of(A, B, C));
  private final PriorityQueue<Planned> plans = new PriorityQueue<>();
  private long now;
  private long planned;
  private long operations;

  @Override
  public long send(Message request) {
    sent.add(new Sent(now, request, ++operations, false));
    return operations;
  }

  @Override
  public void sendAgain(Message request, long operation) {
    sent.add(new Sent(now, request, operation, true));
  }

  @Override
  public long nowMicros() {
    return now;
  }

  @Override
  public void schedule(long afterMicros, Runnable action) {
    plans.add(new Planned(now + afterMicros, planned++, action));
  }

  @Override
  public void getNotGenerated(Id client) {
    throw new IllegalStateException("only the course's clients get what they put before");
  }

  @Override
  public boolean isReachable(Id replica) {
    return running.contains(replica);
  }

  @Override
  public Id anyReachable(RandomGenerator random) {
    return running.isEmpty() ? null : running.get(random.nextInt(running.size()));
  }

  @Override
  public Id anyReachableExcept(Id replica, RandomGenerator random) {
    List<Id> others = running.stream().filter(id -> !id.equals(replica)).toList();
    return others.isEmpty() ? anyReachable(random) : others.get(random.nextInt(others.size()));
  }

  /** Lets this time pass, and runs all tasks that are due. */
  void pass(long millis) {
    long until = now + millis * 1000;
    while (!plans.isEmpty() && plans.peek().atMicros <= until) {
      Planned next = plans.remove();
      now = next.atMicros;
      next.action.run();
    }
    now = until;
  }

  List<Message> messages() {
    return sent.stream().map(Sent::message).toList();
  }

  Message last() {
    return sent.get(sent.size() - 1).message;
  }

  /** An answer to the request; {@code value} is null for none. */
  static Message answer(Message request, String type, Id leader, String value) {
    JsonObject fields = new JsonObject();
    if (value != null) {
      fields.addProperty("value", value);
    }
    return Message.of(request.dst(), request.src(), leader, type, request.mid(), fields);
  }

  /** An ok from whom was asked, who leads; with a value if it was a get. */
  static Message ok(Message request) {
    return answer(
        request,
        Message.OK,
        request.dst(),
        request.type().equals(Message.GET) ? "what was read" : null);
  }
}
