package raftlab.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The clients of a {@link TrafficPlan}. Each has its own random generator, so that plans don't
 * influence each other.
 *
 * <p>In an open loop a random client sends a request at each due time, however many are unanswered.
 * In a closed loop each client has one operation at a time; it needs a timeout, or a client would
 * wait forever after its replica was killed.
 */
public final class LoadGenerator {
  private record LoadClient(
      RetryingClient client, RequestGenerator requestGenerator, RandomGenerator random) {}

  private final TrafficPlan plan;
  private final RequestTransport requests;
  private final RandomGenerator random;
  private final OperationCounter operationCounter = new OperationCounter();
  private final Map<Id, LoadClient> clients = new LinkedHashMap<>();
  private final List<LoadClient> clientList;

  /** Scheduled operations for which no replica could be reached yet. */
  private final List<ClientOperation> unsent = new ArrayList<>();

  private long pacedRequests;
  private boolean ended;

  /**
   * Creates clients that haven't sent anything yet.
   *
   * @param number the plan's place among the scenario's; part of the random seed
   * @param ids the IDs of the plan's clients, one each
   * @throws IllegalArgumentException if there are more or fewer, or if the plan is a closed loop
   *     without a timeout
   */
  public LoadGenerator(
      TrafficPlan plan, int number, List<Id> ids, long seed, RequestTransport requests) {
    if (ids.size() != plan.clients()) {
      throw new IllegalArgumentException(
          "found " + ids.size() + " IDs, expected " + plan.clients() + ", one a client");
    }
    if (plan.pace().isClosed() && plan.timeoutMillis().isEmpty()) {
      throw new IllegalArgumentException(
          "a closed loop without a timeout would hang after a crash");
    }
    this.plan = plan;
    this.requests = requests;
    String concern = "traffic" + number;
    this.random = SeededGenerators.generator(seed, concern, 0);
    RetryingClient.RetryBehavior manner =
        new RetryingClient.RetryBehavior(plan.sessions(), plan.timeoutMillis());
    ValueLengths lengths = new ValueLengths();
    for (Id id : ids) {
      RandomGenerator own = SeededGenerators.generator(seed, concern, clients.size() + 1L);
      RetryingClient asker = new RetryingClient(id, manner, requests, own, operationCounter);
      clients.put(id, new LoadClient(asker, new RequestGenerator(id, plan, lengths, own), own));
    }
    this.clientList = List.copyOf(clients.values());
  }

  /** Starts to play the plan, or plays it once more, after {@code start_wait}. */
  public void start() {
    long start = requests.nowMicros();
    pacedRequests = 0;
    ended = false;
    requests.schedule(plan.untilMillis() * 1000, this::end);
    if (plan.pace().isClosed()) {
      requests.schedule(plan.fromMillis() * 1000, () -> clientList.forEach(this::runClosedLoop));
    } else {
      scheduleRequest(start, 0);
    }
  }

  private void end() {
    ended = true;
    unsent.forEach(ClientOperation::withdraw);
    unsent.clear();
  }

  /** Schedules the request with this number of an open loop, from 0, and all later ones. */
  private void scheduleRequest(long start, long number) {
    long fromMicros = plan.fromMillis() * 1000;
    long at = start + fromMicros + Math.round(number * 1e6 / plan.pace().perSecond());
    if (at < start + plan.untilMillis() * 1000) {
      requests.schedule(
          Math.max(0, at - requests.nowMicros()),
          () -> {
            if (mayBegin()) {
              begin(clientList.get(random.nextInt(clientList.size())), () -> {});
              scheduleRequest(start, number + 1);
            }
          });
    }
  }

  /** Runs a client of a closed loop: one operation after the other. */
  private void runClosedLoop(LoadClient member) {
    if (mayBegin()) {
      begin(member, () -> continueAfterPause(member));
    }
  }

  private void continueAfterPause(LoadClient member) {
    long pause = plan.pace().pauseMillis();
    if (pause == 0) {
      runClosedLoop(member);
    } else {
      requests.schedule(pause * 1000, () -> runClosedLoop(member));
    }
  }

  private boolean mayBegin() {
    return !ended
        && (plan.maxOperations().isEmpty() || pacedRequests < plan.maxOperations().getAsLong());
  }

  private void begin(LoadClient member, Runnable then) {
    pacedRequests++;
    ClientOperation operation = ask(member, firstTarget(member), then);
    if (!operation.hasBegun()) {
      unsent.removeIf(ClientOperation::hasBegun);
      unsent.add(operation);
    }
  }

  /** Returns the first replica that the plan asks; null for the client's choice. */
  private @Nullable Id firstTarget(LoadClient member) {
    return plan.firstTarget() == TrafficPlan.FirstTarget.ANY
        ? requests.anyReachable(member.random)
        : null;
  }

  private ClientOperation ask(LoadClient member, @Nullable Id to, Runnable then) {
    return member.client.ask(
        member.requestGenerator.next(),
        to,
        true,
        operation -> {
          member.requestGenerator.learn(operation);
          then.run();
        });
  }

  /**
   * Lets {@code count} clients start one operation each at once, independent of the plan's rate,
   * with the plan's mix.
   *
   * @param to the replica that is asked first, running or not; null for the plan's choice
   * @throws IllegalArgumentException if there are fewer clients
   */
  public List<ClientOperation> burst(int count, @Nullable Id to) {
    if (count < 0 || count > clientList.size()) {
      throw new IllegalArgumentException(
          "found a burst of " + count + ", expected 0 to " + clientList.size() + ", one a client");
    }
    return clientList.subList(0, count).stream()
        .map(member -> ask(member, to != null ? to : firstTarget(member), () -> {}))
        .toList();
  }

  /** Returns the counts of all operations so far, with bursts. */
  public OperationCounter operationCounter() {
    return operationCounter;
  }

  /** Handles an answer for one of these clients. */
  public void receive(Message answer) {
    Objects.requireNonNull(clients.get(answer.dst()), "the answer is for one of these clients")
        .client
        .receive(answer);
  }
}
