package raftlab.run.action;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.run.lab.ClusterOperator.ChangeResult;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Applies actions on the membership: asks the cluster to add, remove or promote replicas, and
 * starts replicas.
 */
final class MembershipActions {
  private record PendingStart(ActionType type, long atMicros) {}

  private final Lab lab;
  private final FaultRecorder faultRecorder;

  /** The replicas that an action started: why, and when they were last started. */
  private final Map<Id, PendingStart> started = new TreeMap<>();

  /** What follows when a replica becomes ready. */
  private final Map<Id, Runnable> whenReady = new HashMap<>();

  private int changesUnderWay;

  MembershipActions(Lab lab, FaultRecorder faultRecorder) {
    this.lab = lab;
    this.faultRecorder = faultRecorder;
    lab.onReady(
        id -> {
          Runnable next = whenReady.remove(id);
          if (next != null) {
            next.run();
          }
        });
  }

  /** Whether a requested change isn't done yet. */
  boolean isChanging() {
    return changesUnderWay > 0;
  }

  /** Starts a replica that doesn't run. */
  void start(ActionType type, Id id) {
    started.put(id, new PendingStart(type, lab.nowMicros()));
    lab.start(id);
  }

  void transfer(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> candidates = chosen.isEmpty() ? faultRecorder.reachableFollowers() : chosen;
    if (candidates.isEmpty()) {
      faultRecorder.noteImpossible(ActionType.TRANSFER, "no replica except the leader was running");
      return;
    }
    Id next = candidates.get(random.nextInt(candidates.size()));
    faultRecorder.notePlayed(
        ActionType.TRANSFER,
        FaultRecorder.withTargets(ActionType.TRANSFER, List.of(next), action.detail()),
        "replica " + next + " is to lead, in place of " + faultRecorder.leaderText());
    ask(action, Message.TRANSFER, next, "replica " + next + " leads");
  }

  void add(Action action) {
    Id id = lab.nextId().orElse(null);
    if (id == null) {
      faultRecorder.noteImpossible(ActionType.ADD, "no ID was left for one more replica");
      return;
    }
    faultRecorder.notePlayed(
        ActionType.ADD,
        FaultRecorder.withTargets(ActionType.ADD, List.of(), action.detail()),
        "replica " + id + " started, to be added");
    started.put(id, new PendingStart(ActionType.ADD, lab.nowMicros()));
    changesUnderWay++;
    whenReady.put(
        id,
        () -> {
          changesUnderWay--;
          ask(action, Message.ADD, id, "replica " + id + " is a member of the cluster");
        });
    lab.join(id);
  }

  void remove(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> candidates = chosen;
    if (action.type() == ActionType.REMOVE_LEADER) {
      candidates = lab.leader().stream().toList();
    } else if (candidates.isEmpty()) {
      candidates = faultRecorder.reachableFollowers();
    }
    if (candidates.isEmpty()) {
      faultRecorder.noteImpossible(action.type(), "no replica except the leader was running");
      return;
    }
    Id victim = candidates.get(random.nextInt(candidates.size()));
    faultRecorder.notePlayed(
        action.type(),
        FaultRecorder.withTargets(ActionType.REMOVE, List.of(victim), action.detail()),
        "replica " + victim + " is to be removed");
    ask(action, Message.REMOVE, victim, "replica " + victim + " is no longer a member");
  }

  private void ask(Action action, String request, Id about, String done) {
    changesUnderWay++;
    Action.ClusterChange change = (Action.ClusterChange) action.detail();
    long bound = change.withinMillis() * 1000;
    Consumer<ChangeResult> onDone = report -> changeEnded(action, about, done, report);
    if (change.once()) {
      lab.operator().askOnce(request, about, bound, onDone);
    } else {
      lab.operator().ask(request, about, bound, onDone);
    }
  }

  private void changeEnded(Action action, Id about, String done, ChangeResult report) {
    ActionType type = action.type();
    boolean once = ((Action.ClusterChange) action.detail()).once();
    changesUnderWay--;
    String seconds = String.format(Locale.ROOT, "%.3f s", report.micros() / 1e6);
    if (report.done()) {
      faultRecorder.noteOutcome(type, done + ", " + seconds + " after it was asked for");
      return;
    }
    String failure =
        "not done for replica " + about + " in " + seconds + ": " + report.failureReason();
    if (once && report.requests() > 0) {
      // The scenario demands the request only, not its success.
      faultRecorder.noteOutcome(type, failure);
    } else {
      faultRecorder.noteImpossible(type, failure);
    }
  }

  /**
   * Ends the run: records that requested changes were not done, and that started replicas did not
   * become ready.
   *
   * @param startBoundMillis the time in which a replica must send its first message
   */
  void end(long startBoundMillis) {
    lab.operator().cancelAll();
    started.forEach(
        (id, start) -> {
          long waited = lab.nowMicros() - start.atMicros;
          if (lab.state(id) != ReplicaState.STARTING) {
            return;
          }
          if (waited >= startBoundMillis * 1000) {
            lab.trace().add(new Event.NeverReady(lab.nowMicros(), id, startBoundMillis));
          } else {
            faultRecorder.noteImpossible(
                start.type,
                String.format(
                    Locale.ROOT,
                    "replica %s did not send hello in the remaining %.3f s",
                    id,
                    waited / 1e6));
          }
        });
  }
}
