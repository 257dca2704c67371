package raftlab.run.traffic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import raftlab.network.Seeds;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.WaitCondition;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.Scenario;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.ClientIds;
import raftlab.workload.ClientOperation;
import raftlab.workload.CourseClients;
import raftlab.workload.LoadGenerator;
import raftlab.workload.OperationCounter;
import raftlab.workload.OperationRequest;
import raftlab.workload.ReplyDispatcher;
import raftlab.workload.RequestSender;
import raftlab.workload.RetryingClient;
import raftlab.workload.UniqueValues;

/**
 * All clients of a run: the course's, those of each traffic plan, and those for single requests.
 */
public final class RunClients implements ActionExecutor.Asking {
  /** The timeout of a single request that is retried, in milliseconds. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** A client for single requests. */
  private record Single(RetryingClient asker, UniqueValues values) {}

  private final Scenario scenario;
  private final Lab lab;
  private final CourseClients course;
  private final List<LoadGenerator> crowds = new ArrayList<>();
  private final Map<TrafficPlan, LoadGenerator> ofActions = new IdentityHashMap<>();

  /**
   * How many operations of each plan of an action should be done at the end; 0 for a plan without
   * end.
   */
  private final Map<TrafficPlan, Long> targets = new IdentityHashMap<>();

  /** Null if the scenario has none. */
  private final BackgroundClient background;

  private final OpenRequests open = new OpenRequests();

  /** The clients for single requests, each with the values that it writes. */
  private final List<Single> singles = new ArrayList<>();

  public RunClients(Scenario scenario, Lab lab, long seed) {
    this.scenario = scenario;
    this.lab = lab;
    ClientIds clientele = clientele(scenario);
    RequestSender requests = lab.requests();
    ReplyDispatcher reception = new ReplyDispatcher();
    this.course =
        scenario.isCourse()
            ? new CourseClients(clientele.course(), scenario.mix(), seed, requests)
            : null;
    if (course != null) {
      reception.add(clientele.course(), course::receive);
    }
    List<TrafficPlan> plans = plans(scenario);
    for (int i = 0; i < plans.size(); i++) {
      LoadGenerator crowd =
          new LoadGenerator(plans.get(i), i + 1, clientele.crowds().get(i), seed, requests);
      reception.add(clientele.crowds().get(i), crowd::receive);
      if (i < scenario.traffic().size()) {
        crowds.add(crowd);
      } else {
        ofActions.put(plans.get(i), crowd);
      }
    }
    for (Id id : clientele.probes()) {
      Single single =
          new Single(
              new RetryingClient(
                  id,
                  new RetryingClient.Manner(false, OptionalLong.of(PATIENCE_MILLIS)),
                  requests,
                  Seeds.generator(seed, "single requests", singles.size()),
                  new OperationCounter()),
              new UniqueValues(id));
      singles.add(single);
      reception.add(List.of(id), single.asker::receive);
    }
    background = clientele.background().map(id -> new BackgroundClient(id, lab, seed)).orElse(null);
    lab.clients(reception::receive);
    lab.trace().watch(open::see);
  }

  /** Returns the open operations. */
  public OpenRequests open() {
    return open;
  }

  /** Returns the clients of a scenario's runs, with their IDs. */
  public static ClientIds clientele(Scenario scenario) {
    int singles = 0;
    for (Action action : scenario.actions()) {
      if (action.detail() instanceof Action.Ask ask) {
        singles = Math.max(singles, ask.asker());
      }
    }
    return ClientIds.of(
        scenario.replicas(),
        scenario.isCourse(),
        plans(scenario),
        singles,
        scenario.hasBackground());
  }

  private static List<TrafficPlan> plans(Scenario scenario) {
    List<TrafficPlan> plans = new ArrayList<>(scenario.traffic());
    for (Action action : scenario.actions()) {
      if (action.detail() instanceof Action.Traffic traffic) {
        plans.add(traffic.plan());
      }
    }
    return plans;
  }

  /** Starts the clients that no step or event starts, at this time. */
  public void begin(long fromMicros) {
    for (int i = 0; i < scenario.requests(); i++) {
      lab.at(fromMicros + i * scenario.lifetimeMillis() * 1000 / scenario.requests(), course::ask);
    }
    crowds.forEach(crowd -> lab.at(fromMicros, crowd::start));
    if (background != null) {
      lab.at(fromMicros, background::ask);
    }
  }

  @Override
  public void begin(Action.Traffic traffic) {
    TrafficPlan plan = traffic.plan();
    targets.merge(plan, plan.most().orElse(0), Long::sum);
    ofActions.get(plan).start();
  }

  /** Returns how many operations of limited plans are still to be done. */
  public long unfinished() {
    long left = 0;
    for (Map.Entry<TrafficPlan, Long> target : targets.entrySet()) {
      left += Math.max(0, target.getValue() - ofActions.get(target.getKey()).tally().done());
    }
    return left;
  }

  @Override
  public WaitCondition ask(Action action, List<Id> to) {
    Action.Ask ask = (Action.Ask) action.detail();
    Single single = singles.get(ask.asker() - 1);
    String value = ask.value() != null ? ask.value() : single.values.next(1);
    OperationRequest wanted =
        switch (action.type()) {
          case PUT -> OperationRequest.put(ask.key(), value);
          case APPEND -> OperationRequest.append(ask.key(), value);
          case CAS -> OperationRequest.cas(ask.key(), ask.expect(), value);
          default -> OperationRequest.get(ask.key());
        };
    Id first = !to.isEmpty() ? to.get(0) : leader();
    ClientOperation operation =
        ask.session() == null
            ? single.asker.ask(wanted, first, ask.follow(), over -> {})
            : single.asker.askIn(ask.session(), ask.seq(), wanted, first, ask.follow(), over -> {});
    if (!ask.follow()) {
      open.ignore(operation.number());
    }
    return new Awaited(ask, operation);
  }

  private Id leader() {
    return lab.leader().isBroadcast() ? null : lab.leader();
  }

  /** Waits for the answer to a single request. */
  private record Awaited(Action.Ask ask, ClientOperation operation) implements WaitCondition {
    @Override
    public boolean isMet() {
      return switch (ask.answer()) {
        case OK -> operation.isDone();
        case ANY -> operation.isOver();
        case NO_OK -> operation.isOver() && !operation.isDone();
      };
    }

    @Override
    public boolean isHopeless() {
      return switch (ask.answer()) {
        case OK -> operation.isOver() && !operation.isDone();
        case ANY -> false;
        case NO_OK -> operation.isDone();
      };
    }

    @Override
    public boolean mayStayAway() {
      return ask.answer() != Action.Answer.OK;
    }

    @Override
    public String missing() {
      Message answer = operation.answer();
      return operation.isDone()
          ? "it was answered ok"
          : answer != null ? "it was answered " + answer.type() : "no ok came";
    }
  }
}
