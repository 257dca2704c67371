package raftlab.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.network.Seeds;
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
  private record Member(RetryingClient asker, RequestGenerator wishes, RandomGenerator random) {}

  private final TrafficPlan plan;
  private final RequestSender requests;
  private final RandomGenerator random;
  private final OperationCounter tally = new OperationCounter();
  private final Map<Id, Member> members = new LinkedHashMap<>();
  private final List<Member> list;

  /** Scheduled operations for which no replica could be reached yet. */
  private final List<ClientOperation> unsent = new ArrayList<>();

  private long paced;
  private boolean over;

  /**
   * Creates clients that haven't sent anything yet.
   *
   * @param number the plan's place among the scenario's; part of the random seed
   * @param ids the IDs of the plan's clients, one each
   * @throws IllegalArgumentException if there are more or fewer, or if the plan is a closed loop
   *     without a timeout
   */
  public LoadGenerator(
      TrafficPlan plan, int number, List<Id> ids, long seed, RequestSender requests) {
    if (ids.size() != plan.clients()) {
      throw new IllegalArgumentException(
          "found " + ids.size() + " IDs, expected " + plan.clients() + ", one a client");
    }
    if (plan.pace().isClosed() && plan.patience().isEmpty()) {
      throw new IllegalArgumentException("a closed loop without patience would hang after a crash");
    }
    this.plan = plan;
    this.requests = requests;
    String concern = "traffic" + number;
    this.random = Seeds.generator(seed, concern, 0);
    RetryingClient.Manner manner = new RetryingClient.Manner(plan.sessions(), plan.patience());
    ValueLengths lengths = new ValueLengths();
    for (Id id : ids) {
      RandomGenerator own = Seeds.generator(seed, concern, members.size() + 1L);
      RetryingClient asker = new RetryingClient(id, manner, requests, own, tally);
      members.put(id, new Member(asker, new RequestGenerator(id, plan, lengths, own), own));
    }
    this.list = List.copyOf(members.values());
  }

  /** Starts to play the plan, or plays it once more, after {@code start_wait}. */
  public void start() {
    long start = requests.nowMicros();
    paced = 0;
    over = false;
    requests.later(plan.untilMillis() * 1000, this::end);
    if (plan.pace().isClosed()) {
      requests.later(plan.fromMillis() * 1000, () -> list.forEach(this::goRound));
    } else {
      askAt(start, 0);
    }
  }

  private void end() {
    over = true;
    unsent.forEach(ClientOperation::withdraw);
    unsent.clear();
  }

  /** Schedules the request with this number of an open loop, from 0, and all later ones. */
  private void askAt(long start, long number) {
    long fromMicros = plan.fromMillis() * 1000;
    long at = start + fromMicros + Math.round(number * 1e6 / plan.pace().perSecond());
    if (at < start + plan.untilMillis() * 1000) {
      requests.later(
          Math.max(0, at - requests.nowMicros()),
          () -> {
            if (mayBegin()) {
              begin(list.get(random.nextInt(list.size())), () -> {});
              askAt(start, number + 1);
            }
          });
    }
  }

  /** Runs a client of a closed loop: one operation after the other. */
  private void goRound(Member member) {
    if (mayBegin()) {
      begin(member, () -> goOnAfterPause(member));
    }
  }

  private void goOnAfterPause(Member member) {
    long pause = plan.pace().pauseMillis();
    if (pause == 0) {
      goRound(member);
    } else {
      requests.later(pause * 1000, () -> goRound(member));
    }
  }

  private boolean mayBegin() {
    return !over && (plan.most().isEmpty() || paced < plan.most().getAsLong());
  }

  private void begin(Member member, Runnable then) {
    paced++;
    ClientOperation operation = ask(member, firstOf(member), then);
    if (!operation.hasBegun()) {
      unsent.removeIf(ClientOperation::hasBegun);
      unsent.add(operation);
    }
  }

  /** Returns the first replica that the plan asks; null for the client's choice. */
  private Id firstOf(Member member) {
    return plan.to() == TrafficPlan.To.ANY ? requests.anyReachable(member.random) : null;
  }

  private ClientOperation ask(Member member, Id to, Runnable then) {
    return member.asker.ask(
        member.wishes.next(),
        to,
        true,
        operation -> {
          member.wishes.learn(operation);
          then.run();
        });
  }

  /**
   * Lets {@code count} clients start one operation each at once, whatever the plan's rate, with the
   * plan's mix.
   *
   * @param to the replica that is asked first, dead or alive; null for the plan's choice
   * @throws IllegalArgumentException if there are fewer clients
   */
  public List<ClientOperation> burst(int count, Id to) {
    if (count < 0 || count > list.size()) {
      throw new IllegalArgumentException(
          "found a burst of " + count + ", expected 0 to " + list.size() + ", one a client");
    }
    return list.subList(0, count).stream()
        .map(member -> ask(member, to != null ? to : firstOf(member), () -> {}))
        .toList();
  }

  /** Returns the counts of all operations so far, with bursts. */
  public OperationCounter tally() {
    return tally;
  }

  /** Handles an answer for one of these clients. */
  public void receive(Message answer) {
    members.get(answer.dst()).asker.receive(answer);
  }
}
