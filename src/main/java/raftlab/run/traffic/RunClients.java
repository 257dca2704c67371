package raftlab.run.traffic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.WaitCondition;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.Scenario;
import raftlab.scenario.TrafficPlan;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.ClientIds;
import raftlab.workload.ClientOperation;
import raftlab.workload.CourseClients;
import raftlab.workload.LoadGenerator;
import raftlab.workload.OperationCounter;
import raftlab.workload.OperationRequest;
import raftlab.workload.ReplyDispatcher;
import raftlab.workload.RequestTransport;
import raftlab.workload.RetryingClient;
import raftlab.workload.UniqueValues;

/**
 * All clients of a run: the course's, those of each traffic plan, and those for single requests.
 */
public final class RunClients implements ActionExecutor.RequestStarter {
  /** The timeout of a single request that is retried, in milliseconds. */
  private static final long TIMEOUT_MILLIS = 1_000;

  /** A client for single requests. */
  private record SingleClient(RetryingClient client, UniqueValues values) {}

  private final Scenario scenario;
  private final Lab lab;
  private final @Nullable CourseClients course;
  private final List<LoadGenerator> loadGenerators = new ArrayList<>();
  private final Map<TrafficPlan, LoadGenerator> generatorsOfActions = new IdentityHashMap<>();

  /**
   * How many operations of each plan of an action should be done at the end; 0 for a plan without
   * end.
   */
  private final Map<TrafficPlan, Long> targets = new IdentityHashMap<>();

  /** Null if the scenario has none. */
  private final @Nullable BackgroundClient background;

  private final OpenRequests openRequests = new OpenRequests();

  /** The clients for single requests, each with the values that it writes. */
  private final List<SingleClient> singleClients = new ArrayList<>();

  public RunClients(Scenario scenario, Lab lab, long seed) {
    this.scenario = scenario;
    this.lab = lab;
    ClientIds clientele = clientIds(scenario);
    RequestTransport requests = lab.requests();
    ReplyDispatcher reception = new ReplyDispatcher();
    this.course =
        scenario.hasCourseClients()
            ? new CourseClients(clientele.courseClients(), scenario.mix(), seed, requests)
            : null;
    if (course != null) {
      reception.add(clientele.courseClients(), course::receive);
    }
    List<TrafficPlan> plans = plans(scenario);
    for (int i = 0; i < plans.size(); i++) {
      LoadGenerator crowd =
          new LoadGenerator(plans.get(i), i + 1, clientele.loadGenerators().get(i), seed, requests);
      reception.add(clientele.loadGenerators().get(i), crowd::receive);
      if (i < scenario.traffic().size()) {
        loadGenerators.add(crowd);
      } else {
        generatorsOfActions.put(plans.get(i), crowd);
      }
    }
    for (Id id : clientele.singleClients()) {
      SingleClient single =
          new SingleClient(
              new RetryingClient(
                  id,
                  new RetryingClient.RetryBehavior(false, OptionalLong.of(TIMEOUT_MILLIS)),
                  requests,
                  SeededGenerators.generator(seed, "single requests", singleClients.size()),
                  new OperationCounter()),
              new UniqueValues(id));
      singleClients.add(single);
      reception.add(List.of(id), single.client::receive);
    }
    background = clientele.background().map(id -> new BackgroundClient(id, lab, seed)).orElse(null);
    lab.clientReceiver(reception::receive);
    lab.trace().addListener(openRequests::onEvent);
  }

  /** Returns the open operations. */
  public OpenRequests openRequests() {
    return openRequests;
  }

  /** Returns the clients of a scenario's runs, with their IDs. */
  public static ClientIds clientIds(Scenario scenario) {
    int singles = 0;
    for (Action action : scenario.actions()) {
      if (action.detail() instanceof Action.ClientRequest ask) {
        singles = Math.max(singles, ask.clientNumber());
      }
    }
    return ClientIds.of(
        scenario.replicas(),
        scenario.hasCourseClients(),
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
      lab.scheduleAt(
          fromMicros + i * scenario.lifetimeMillis() * 1000 / scenario.requests(),
          Objects.requireNonNull(course, "it starts the scenario's requests")::startRandomRequest);
    }
    loadGenerators.forEach(crowd -> lab.scheduleAt(fromMicros, crowd::start));
    if (background != null) {
      lab.scheduleAt(fromMicros, background::ask);
    }
  }

  @Override
  public void begin(Action.Traffic traffic) {
    TrafficPlan plan = traffic.plan();
    targets.merge(plan, plan.maxOperations().orElse(0), Long::sum);
    generatorOf(plan).start();
  }

  private LoadGenerator generatorOf(TrafficPlan plan) {
    return Objects.requireNonNull(generatorsOfActions.get(plan), "each plan of an action has one");
  }

  /** Returns how many operations of limited plans are still to be done. */
  public long unfinished() {
    long left = 0;
    for (Map.Entry<TrafficPlan, Long> target : targets.entrySet()) {
      left +=
          Math.max(0, target.getValue() - generatorOf(target.getKey()).operationCounter().done());
    }
    return left;
  }

  @Override
  public WaitCondition ask(Action action, List<Id> to) {
    Action.ClientRequest ask = (Action.ClientRequest) action.detail();
    SingleClient single = singleClients.get(ask.clientNumber() - 1);
    String value = ask.value() != null ? ask.value() : single.values.next(1);
    OperationRequest wanted =
        switch (action.type()) {
          case PUT -> OperationRequest.put(ask.key(), value);
          case APPEND -> OperationRequest.append(ask.key(), value);
          case CAS ->
              OperationRequest.cas(
                  ask.key(), Objects.requireNonNull(ask.expect(), "a cas has one"), value);
          default -> OperationRequest.get(ask.key());
        };
    Id first = !to.isEmpty() ? to.get(0) : lab.leader().orElse(null);
    ClientOperation operation =
        ask.session() == null
            ? single.client.ask(wanted, first, ask.isRetried(), over -> {})
            : single.client.askInSession(
                ask.session(), ask.seq(), wanted, first, ask.isRetried(), over -> {});
    if (!ask.isRetried()) {
      openRequests.ignore(operation.number());
    }
    return new RequestCondition(ask, operation);
  }

  /** Waits for the answer to a single request. */
  private record RequestCondition(Action.ClientRequest ask, ClientOperation operation)
      implements WaitCondition {
    @Override
    public boolean isMet() {
      return switch (ask.expectedAnswer()) {
        case OK -> operation.isDone();
        case ANY -> operation.isOver();
        case NO_OK -> operation.isOver() && !operation.isDone();
      };
    }

    @Override
    public boolean cannotBeMet() {
      return switch (ask.expectedAnswer()) {
        case OK -> operation.isOver() && !operation.isDone();
        case ANY -> false;
        case NO_OK -> operation.isDone();
      };
    }

    @Override
    public boolean succeedsOnTimeout() {
      return ask.expectedAnswer() != Action.ExpectedAnswer.OK;
    }

    @Override
    public UnmetCondition unmet() {
      Message answer = operation.answer();
      if (operation.isDone()) {
        return new UnmetCondition.WrongAnswer(Message.OK);
      }
      return answer == null
          ? new UnmetCondition.NoOk()
          : new UnmetCondition.WrongAnswer(answer.type());
    }
  }
}
