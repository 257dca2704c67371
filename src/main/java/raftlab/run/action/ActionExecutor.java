package raftlab.run.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.cluster.DiskFault;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.run.lab.ReplicaListText;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.wire.Id;

/** Applies each type of action to a lab. */
public final class ActionExecutor {
  private final Lab lab;
  private final TargetResolver chooser;
  private final FaultLog account;
  private final MembershipActions members;
  private final LinkActions links;
  private final Asking traffic;

  /** The replicas that are to crash in the middle of a step and haven't been restarted since. */
  private final Set<Id> doomed = new HashSet<>();

  /** Sends the requests of actions. */
  public interface Asking {
    /**
     * Sends one request as the action says, to the first of {@code to}, or to any replica if that
     * is empty.
     */
    WaitCondition ask(Action action, List<Id> to);

    /** Starts clients. */
    void begin(Action.Traffic traffic);
  }

  public ActionExecutor(Lab lab, TargetResolver chooser, Asking traffic) {
    this.lab = lab;
    this.chooser = chooser;
    this.account = new FaultLog(lab);
    this.members = new MembershipActions(lab, account);
    this.links = new LinkActions(lab, account, chooser);
    this.traffic = traffic;
  }

  /** Whether a requested change of the cluster isn't done yet. */
  public boolean isChanging() {
    return members.isChanging();
  }

  /** Returns why an action has to wait; null if it can be played. */
  public String obstacle(Action action) {
    if (action.needsLeader() && lab.leader().isBroadcast()) {
      return "no living replica was known to lead";
    }
    boolean raises = action.type() == ActionType.RESTART && action.who().isNobody();
    return raises && lab.down().isEmpty() ? "no replica was down" : null;
  }

  /** Plays an action. */
  public void play(Action action, TargetResolver.At at, RandomGenerator random) {
    List<Id> chosen = new ArrayList<>(chooser.choose(action.who(), at, List.of(), random));
    if (action.chance() < 1) {
      chosen.removeIf(id -> random.nextDouble() >= action.chance());
    }
    if (action.type().isRequest()) {
      ask(action, at, random);
      return;
    }
    AppliedAction played =
        switch (action.type()) {
          case KILL_LEADER -> crash(action, List.of(lab.leader()));
          case KILL_NON_LEADER -> crash(action, randomFollower(random));
          case CRASH -> crash(action, chosen);
          case RESTART -> restart(action, chosen);
          case RESTART_ALL -> restartAll();
          case CHOOSE -> choose(action, chosen);
          case START -> {
            List<Id> absent = chosen.stream().filter(id -> !lab.runs(id)).toList();
            each(action.type(), absent, "started", id -> members.start(action.type(), id));
            yield AppliedAction.forGood(absent);
          }
          case STRANGE -> strange(running(chosen));
          case PAUSE -> pause(chosen);
          case RESUME -> resume(action.who().isNobody() ? lab.replicas() : chosen);
          case CLOCK -> clocks(chosen, ((Action.Clock) action.detail()).rate());
          case DISK -> disks(chosen, ((Action.Disk) action.detail()).state());
          case TRANSFER -> {
            members.transfer(action, chosen, random);
            yield AppliedAction.forGood(Set.of());
          }
          case ADD -> {
            members.add(action);
            yield AppliedAction.forGood(Set.of());
          }
          case REMOVE, REMOVE_LEADER -> {
            members.remove(action, chosen, random);
            yield AppliedAction.forGood(Set.of());
          }
          case REQUESTS -> {
            traffic.begin((Action.Traffic) action.detail());
            yield AppliedAction.forGood(Set.of());
          }
          default -> links.play(action, chosen, at, random);
        };
    if (!action.as().isEmpty()) {
      chooser.name(action.as(), played.touched());
    }
    if (action.forMillis() > 0) {
      lab.at(lab.nowMicros() + action.forMillis() * 1000, played.undo());
    }
  }

  /** Sends a single request; the result waits for its answer. */
  public WaitCondition ask(Action action, TargetResolver.At at, RandomGenerator random) {
    TargetSelector to = ((Action.Ask) action.detail()).to();
    return traffic.ask(action, chooser.choose(to, at, List.of(), random));
  }

  private List<Id> randomFollower(RandomGenerator random) {
    List<Id> followers = account.followers();
    return followers.isEmpty()
        ? List.of()
        : List.of(followers.get(random.nextInt(followers.size())));
  }

  private AppliedAction crash(Action action, List<Id> victims) {
    boolean midway = action.detail() instanceof Action.Crash crash && crash.midway();
    if (victims.isEmpty() && action.type() == ActionType.KILL_NON_LEADER) {
      account.impossible(action.type(), "no replica but the leader was alive");
    }
    List<Id> killed = running(victims);
    each(
        action.type(),
        FaultLog.exactly(ActionType.CRASH, killed, new Action.Crash(midway)),
        killed,
        midway ? "to be killed in the middle of its next step" : "killed",
        midway ? lab::crashMidway : lab::crash);
    if (midway) {
      doomed.addAll(killed);
    }
    return new AppliedAction(killed, () -> raise(killed));
  }

  /** Kills replicas that have not taken a step in which they could crash. */
  private void raise(List<Id> killed) {
    startAgain(killed.stream().filter(id -> !lab.runs(id) || doomed.contains(id)).toList());
  }

  private void startAgain(List<Id> ids) {
    ids.forEach(doomed::remove);
    each(
        ActionType.RESTART,
        ids,
        "started again",
        id -> {
          if (lab.runs(id)) {
            lab.crash(id);
          }
          members.start(ActionType.RESTART, id);
        });
  }

  private AppliedAction restart(Action action, List<Id> chosen) {
    List<Id> back = action.who().isNobody() ? lab.down().subList(0, 1) : chosen;
    startAgain(back);
    return AppliedAction.forGood(back);
  }

  private AppliedAction restartAll() {
    List<Id> running = lab.replicas().stream().filter(lab::runs).toList();
    List<Id> back =
        lab.replicas().stream().filter(id -> lab.standing(id) != MembershipStatus.REMOVED).toList();
    account.played(
        ActionType.RESTART_ALL,
        Action.plain(ActionType.RESTART_ALL),
        running + " killed at once, " + back + " started again");
    doomed.clear();
    running.forEach(lab::crash);
    back.forEach(id -> members.start(ActionType.RESTART_ALL, id));
    return AppliedAction.forGood(back);
  }

  private AppliedAction choose(Action action, List<Id> chosen) {
    account.came(ActionType.CHOOSE, ReplicaListText.of(chosen) + " called " + action.as());
    return AppliedAction.forGood(chosen);
  }

  private AppliedAction strange(List<Id> chosen) {
    each(ActionType.STRANGE, chosen, "sent a message of an unknown type", lab::sendStrange);
    return AppliedAction.forGood(chosen);
  }

  private AppliedAction pause(List<Id> chosen) {
    List<Id> stopped = chosen.stream().filter(id -> lab.state(id) == Lab.State.READY).toList();
    each(ActionType.PAUSE, stopped, "stopped", lab::pause);
    return new AppliedAction(stopped, () -> resume(stopped));
  }

  private AppliedAction resume(List<Id> chosen) {
    List<Id> on = chosen.stream().filter(lab::isPaused).toList();
    each(ActionType.RESUME, on, "going on", lab::resume);
    return AppliedAction.forGood(on);
  }

  private AppliedAction clocks(List<Id> chosen, double rate) {
    each(
        ActionType.CLOCK,
        FaultLog.exactly(ActionType.CLOCK, chosen, new Action.Clock(rate)),
        chosen,
        "with a clock at " + rate + " times",
        id -> lab.machines().clockRate(id, rate));
    return new AppliedAction(chosen, () -> clocks(chosen, 1));
  }

  private AppliedAction disks(List<Id> chosen, Action.DiskState state) {
    DiskFault fault =
        switch (state) {
          case OK -> new DiskFault.Sound();
          case TORN -> new DiskFault.Torn();
          case CORRUPT -> new DiskFault.Corrupt();
          case FULL -> new DiskFault.Full();
        };
    for (Id id : chosen) {
      try {
        Action exactly = FaultLog.exactly(ActionType.DISK, List.of(id), new Action.Disk(state));
        account.played(
            ActionType.DISK, exactly, "replica " + id + ": " + lab.machines().disk(id, fault));
      } catch (IllegalStateException notNow) {
        account.impossible(ActionType.DISK, notNow.getMessage());
      }
    }
    return new AppliedAction(chosen, () -> disks(chosen, Action.DiskState.OK));
  }

  private List<Id> running(List<Id> ids) {
    return ids.stream().filter(lab::runs).toList();
  }

  private void each(ActionType type, List<Id> ids, String how, Consumer<Id> what) {
    each(type, FaultLog.exactly(type, ids), ids, how, what);
  }

  private void each(ActionType type, Action exactly, List<Id> ids, String how, Consumer<Id> what) {
    account.played(type, exactly, ReplicaListText.of(ids) + " " + how);
    ids.forEach(what);
  }

  /** Records that an action can't be done, now or at all. */
  void held(Action action, String why, boolean forGood) {
    if (forGood) {
      account.impossible(action.type(), why);
    } else {
      account.late(action.type(), why);
    }
  }

  /** See {@link MembershipActions#end}. */
  public void end(long startBoundMillis) {
    members.end(startBoundMillis);
  }
}
