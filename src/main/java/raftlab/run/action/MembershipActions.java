package raftlab.run.action;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import raftlab.run.lab.ClusterOperator.Report;
import raftlab.run.lab.Lab;
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
  private record Start(ActionType type, long atMicros) {}

  private final Lab lab;
  private final FaultLog account;

  /** The replicas that an action started: why, and when they were last started. */
  private final Map<Id, Start> started = new TreeMap<>();

  /** What follows when a replica becomes ready. */
  private final Map<Id, Runnable> whenReady = new HashMap<>();

  private int changesUnderWay;

  MembershipActions(Lab lab, FaultLog account) {
    this.lab = lab;
    this.account = account;
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
    started.put(id, new Start(type, lab.nowMicros()));
    lab.start(id);
  }

  void transfer(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> candidates = chosen.isEmpty() ? account.followers() : chosen;
    if (candidates.isEmpty()) {
      account.impossible(ActionType.TRANSFER, "no replica but the leader was alive");
      return;
    }
    Id next = candidates.get(random.nextInt(candidates.size()));
    account.played(
        ActionType.TRANSFER,
        FaultLog.exactly(ActionType.TRANSFER, List.of(next), action.detail()),
        "replica " + next + " is to lead, in place of " + lab.leader());
    ask(action, Message.TRANSFER, next, "replica " + next + " leads");
  }

  void add(Action action) {
    Id id = lab.nextId();
    if (id.isBroadcast()) {
      account.impossible(ActionType.ADD, "no ID was left for one more replica");
      return;
    }
    account.played(
        ActionType.ADD,
        FaultLog.exactly(ActionType.ADD, List.of(), action.detail()),
        "replica " + id + " started, to be added");
    started.put(id, new Start(ActionType.ADD, lab.nowMicros()));
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
      candidates = List.of(lab.leader());
    } else if (candidates.isEmpty()) {
      candidates = account.followers();
    }
    if (candidates.isEmpty()) {
      account.impossible(action.type(), "no replica but the leader was alive");
      return;
    }
    Id victim = candidates.get(random.nextInt(candidates.size()));
    account.played(
        action.type(),
        FaultLog.exactly(ActionType.REMOVE, List.of(victim), action.detail()),
        "replica " + victim + " is to be removed");
    ask(action, Message.REMOVE, victim, "replica " + victim + " is no member any more");
  }

  private void ask(Action action, String request, Id about, String done) {
    changesUnderWay++;
    long bound = ((Action.Change) action.detail()).withinMillis() * 1000;
    lab.operator().ask(request, about, bound, report -> told(action.type(), about, done, report));
  }

  private void told(ActionType type, Id about, String done, Report report) {
    changesUnderWay--;
    String seconds = String.format(Locale.ROOT, "%.3f s", report.micros() / 1e6);
    if (report.done()) {
      account.came(type, done + ", " + seconds + " after it was asked for");
    } else {
      account.impossible(
          type, "not done for replica " + about + " in " + seconds + ": " + report.trouble());
    }
  }

  /**
   * Ends the run: records that requested changes were not done, and that started replicas did not
   * become ready.
   *
   * @param startBoundMillis the time in which a replica must send its first message
   */
  void end(long startBoundMillis) {
    lab.operator().giveUp();
    started.forEach(
        (id, start) -> {
          long waited = lab.nowMicros() - start.atMicros;
          if (lab.state(id) != Lab.State.STARTING) {
            return;
          }
          if (waited >= startBoundMillis * 1000) {
            lab.trace().add(new Event.NeverReady(lab.nowMicros(), id, startBoundMillis));
          } else {
            account.impossible(
                start.type,
                String.format(
                    Locale.ROOT,
                    "replica %s did not say hello in the %.3f s that were left",
                    id,
                    waited / 1e6));
          }
        });
  }
}
