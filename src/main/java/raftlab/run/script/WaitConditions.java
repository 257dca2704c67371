package raftlab.run.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.MessageTriggers;
import raftlab.run.action.TargetResolver;
import raftlab.run.action.WaitCondition;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.run.traffic.OpenRequests;
import raftlab.run.traffic.RunClients;
import raftlab.scenario.ActionType;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;

/**
 * Creates the conditions that steps of a scenario wait for, as far as they can be seen from outside
 * the replicas.
 */
public final class WaitConditions {
  private record SimpleCondition(BooleanSupplier met, Supplier<@Nullable UnmetCondition> missing)
      implements WaitCondition {
    @Override
    public boolean isMet() {
      return met.getAsBoolean();
    }

    @Override
    public @Nullable UnmetCondition unmet() {
      return missing.get();
    }
  }

  private final Lab lab;
  private final TargetResolver targetResolver;
  private final MessageTriggers triggers;
  private final ActionExecutor actions;
  private final RunClients clients;
  private final OpenRequests requests;

  private final Map<Id, ReportedState> states = new TreeMap<>();

  private final Map<Id, Event.Exited> ended = new TreeMap<>();

  /** How many requests were done when the last action was played. */
  private long doneBefore;

  /** The leader when the last action was played; null if there never was one. */
  private @Nullable Id leaderBefore;

  public WaitConditions(
      Lab lab,
      TargetResolver targetResolver,
      MessageTriggers triggers,
      ActionExecutor actions,
      RunClients clients) {
    this.lab = lab;
    this.targetResolver = targetResolver;
    this.triggers = triggers;
    this.actions = actions;
    this.clients = clients;
    this.requests = clients.openRequests();
    lab.trace().addListener(this::onEvent);
  }

  /** An action is about to be played, or clients are about to start. */
  void beforeAction(ActionType type) {
    if (!type.isRequest() && type != ActionType.CHOOSE) {
      doneBefore = requests.done();
      leaderBefore =
          type == ActionType.REQUESTS ? leaderBefore : targetResolver.lastLeader().orElse(null);
    }
  }

  private void onEvent(Event event) {
    if (event instanceof Event.Reported report) {
      states.computeIfAbsent(report.replica(), id -> new ReportedState()).apply(report);
    } else if (event instanceof Event.Exited exited) {
      ended.put(exited.replica(), exited);
    } else if (event instanceof Event.Started started) {
      ended.remove(started.replica());
      states.remove(started.replica());
    }
  }

  /** Returns a condition that starts now. */
  WaitCondition of(Step.Until until) {
    return switch (until.condition()) {
      case LEADER -> new SimpleCondition(this::hasLeader, lab::noLeader);
      case NEW_LEADER ->
          new SimpleCondition(
              () -> lab.leader().filter(id -> !id.equals(leaderBefore)).isPresent(),
              () ->
                  lab.leader()
                      .<UnmetCondition>map(UnmetCondition.LeaderUnchanged::new)
                      .orElseGet(lab::noLeader));
      case AGREED -> new SimpleCondition(this::isAgreed, this::disagreement);
      case NO_LEADER ->
          new SimpleCondition(
              () -> !hasLeader(),
              () -> lab.leader().map(UnmetCondition.LeaderKnown::new).orElse(null));
      case ANSWERED -> answered(until.count());
      case ALL_ANSWERED -> allAnswered();
      case READY ->
          new SimpleCondition(
              () -> starting().isEmpty(), () -> new UnmetCondition.NotReady(starting()));
      case CAUGHT_UP ->
          new SimpleCondition(
              this::isCaughtUp, () -> new UnmetCondition.CommitIndicesDiffer(commitIndices()));
      case TRIGGERED ->
          new SimpleCondition(
              () -> triggers.armed() == 0, () -> new UnmetCondition.NotTriggered(triggers.armed()));
      case CHANGED ->
          new SimpleCondition(() -> !actions.isChanging(), UnmetCondition.ChangePending::new);
      case ENDED -> ended(until.who());
    };
  }

  private boolean hasLeader() {
    return lab.leader().isPresent();
  }

  private boolean isAgreed() {
    return hasLeader() && lab.leadership().nonFollowers().isEmpty();
  }

  private UnmetCondition disagreement() {
    return lab.leader()
        .<UnmetCondition>map(
            id -> new UnmetCondition.NotFollowed(id, lab.leadership().nonFollowers()))
        .orElseGet(lab::noLeader);
  }

  private WaitCondition answered(int count) {
    long before = doneBefore;
    return new SimpleCondition(
        () -> requests.done() - before >= count,
        () -> new UnmetCondition.TooFewAnswered(requests.done() - before, count));
  }

  private WaitCondition allAnswered() {
    long newest = requests.newest();
    return new SimpleCondition(
        () -> !requests.isAnyOpen(newest) && clients.unfinished() == 0,
        () -> new UnmetCondition.RequestsOpen(requests.open(newest), clients.unfinished()));
  }

  private List<Id> starting() {
    return lab.replicas().stream().filter(id -> lab.state(id) == ReplicaState.STARTING).toList();
  }

  /** How far each replica's log is committed, as it reports. */
  private List<UnmetCondition.CommitIndex> commitIndices() {
    List<UnmetCondition.CommitIndex> committed = new ArrayList<>();
    states.forEach(
        (id, state) -> {
          if (state.hasReportedCommitIndex()) {
            committed.add(new UnmetCondition.CommitIndex(id, state.commitIndex()));
          }
        });
    return committed;
  }

  private boolean isCaughtUp() {
    long most = 0;
    long least = Long.MAX_VALUE;
    for (Id id : lab.members()) {
      ReportedState state = states.get(id);
      if (state != null && state.hasReportedCommitIndex() && lab.isRunning(id)) {
        most = Math.max(most, state.commitIndex());
        least = Math.min(least, state.commitIndex());
      }
    }
    return least >= most;
  }

  private WaitCondition ended(TargetSelector who) {
    List<Id> which =
        targetResolver.choose(
            who,
            TargetResolver.TriggerMessage.NONE,
            List.of(),
            SeededGenerators.generator(0, "ended", 0));
    return new SimpleCondition(
        () -> ended.keySet().containsAll(which) && !which.isEmpty(),
        () -> new UnmetCondition.StillRunning(which));
  }
}
