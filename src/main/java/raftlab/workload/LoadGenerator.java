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
 * The clients of a {@link TrafficPlan}. Each draws from a generator of its own, so that plans don't
 * change each other.
 *
 * <p>In an open loop a random client asks for something at each moment that is due, however much it
 * waits for already. In a closed loop each client asks for one thing at a time; so it must have
 * patience, or a client whose replica is killed would never ask again.
 */
public final class LoadGenerator {
  private record Member(RetryingClient asker, RequestGenerator wishes, RandomGenerator random) {}

  private final TrafficPlan plan;
  private final RequestSender requests;
  private final RandomGenerator random;
  private final OperationCounter tally = new OperationCounter();
  private final Map<Id, Member> members = new LinkedHashMap<>();
  private final List<Member> list;

  /** Those of the plan's pace for which no replica could be asked yet. */
  private final List<ClientOperation> unsent = new ArrayList<>();

  private long paced;
  private boolean over;

  /**
   * Clients that haven't asked for anything yet.
   *
   * @param number the plan's place among the scenario's, which makes its random choices its own
   * @param ids as many as the plan has clients
   * @throws IllegalArgumentException if there are more or fewer, or if the plan is a closed loop
   *     without patience
   */
  public LoadGenerator(
      TrafficPlan plan, int number, List<Id> ids, long seed, RequestSender requests) {
    if (ids.size() != plan.clients()) {
      throw new IllegalArgumentException(
          "found " + ids.size() + " IDs, expected " + plan.clients() + ", one a client");
    }
    if (plan.pace().isClosed() && plan.patience().isEmpty()) {
      throw new IllegalArgumentException("a closed loop without patience would hang at a crash");
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

  /** Begins to play the plan, or plays it once more: {@code start_wait} is over now. */
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

  /** Plans the request of this number of an open loop, from 0, and so those after it. */
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

  /** The client asks for one thing after the other, from now on. */
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

  /** Whom a new request is sent to by the plan; null for whom the client thinks best. */
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
   * So many clients ask for something at once, whatever the plan's pace: one operation each, as the
   * plan mixes them.
   *
   * @param to who is asked first, dead or alive; null for the plan's choice
   * @throws IllegalArgumentException if there aren't so many clients
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

  /** What was asked for so far, bursts included. */
  public OperationCounter tally() {
    return tally;
  }

  /** An answer that came for a client; its {@code dst} is one of theirs. */
  public void receive(Message answer) {
    members.get(answer.dst()).asker.receive(answer);
  }
}
