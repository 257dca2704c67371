package raftlab.run.script;

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
import raftlab.run.lab.ReplicaListText;
import raftlab.run.lab.ReplicaState;
import raftlab.run.traffic.OpenRequests;
import raftlab.run.traffic.RunClients;
import raftlab.scenario.ActionType;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;

/**
 * Creates the conditions that steps of a scenario wait for, as far as they can be seen from outside
 * the replicas.
 */
public final class WaitConditions {
  private record SimpleCondition(BooleanSupplier met, Supplier<String> reason)
      implements WaitCondition {
    @Override
    public boolean isMet() {
      return met.getAsBoolean();
    }

    @Override
    public String unmetReason() {
      return reason.get();
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
      case LEADER -> new SimpleCondition(this::hasLeader, lab::noLeaderReason);
      case NEW_LEADER ->
          new SimpleCondition(
              () -> lab.leader().filter(id -> !id.equals(leaderBefore)).isPresent(),
              () ->
                  lab.leader()
                      .map(id -> "replica " + id + " still leads")
                      .orElseGet(lab::noLeaderReason));
      case AGREED -> new SimpleCondition(this::isAgreed, this::disagreement);
      case NO_LEADER ->
          new SimpleCondition(
              () -> !hasLeader(),
              () ->
                  lab.leader().map(id -> "replica " + id).orElse("a replica")
                      + " was known to lead");
      case ANSWERED -> answered(until.count());
      case ALL_ANSWERED -> allAnswered();
      case READY ->
          new SimpleCondition(
              () -> starting().isEmpty(), () -> starting() + " sent nothing so far");
      case CAUGHT_UP ->
          new SimpleCondition(this::isCaughtUp, () -> "committed so far: " + commitIndices());
      case TRIGGERED ->
          new SimpleCondition(
              () -> triggers.armed() == 0,
              () -> triggers.armed() + " of the awaited messages did not come");
      case CHANGED ->
          new SimpleCondition(
              () -> !actions.isChanging(), () -> "a change of members or leader is under way");
      case ENDED -> ended(until.who());
    };
  }

  private boolean hasLeader() {
    return lab.leader().isPresent();
  }

  private boolean isAgreed() {
    return hasLeader() && lab.leadership().nonFollowers().isEmpty();
  }

  private String disagreement() {
    return lab.leader()
        .map(
            id ->
                "the leader is "
                    + id
                    + ", but not for "
                    + ReplicaListText.of(lab.leadership().nonFollowers()))
        .orElseGet(lab::noLeaderReason);
  }

  private WaitCondition answered(int count) {
    long before = doneBefore;
    return new SimpleCondition(
        () -> requests.done() - before >= count,
        () -> requests.done() - before + " of " + count + " were answered ok");
  }

  private WaitCondition allAnswered() {
    long newest = requests.newest();
    return new SimpleCondition(
        () -> !requests.isAnyOpen(newest) && clients.unfinished() == 0,
        () -> requests.open(newest) + " requests were still not answered ok" + unansweredText());
  }

  private String unansweredText() {
    long unfinished = clients.unfinished();
    return unfinished == 0 ? "" : ", and " + unfinished + " of \"requests\" were not done";
  }

  private List<Id> starting() {
    return lab.replicas().stream().filter(id -> lab.state(id) == ReplicaState.STARTING).toList();
  }

  /** How far each replica's log is committed, as it reports. */
  private Map<Id, Long> commitIndices() {
    Map<Id, Long> committed = new TreeMap<>();
    states.forEach(
        (id, state) -> {
          if (state.hasReportedCommitIndex()) {
            committed.put(id, state.commitIndex());
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
        () -> ReplicaListText.of(which) + " kept running");
  }
}
