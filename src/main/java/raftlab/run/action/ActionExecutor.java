package raftlab.run.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.DiskFault;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.run.lab.ReplicaState;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.trace.ReplicaListText;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;

/** Applies each type of action to a lab. */
public final class ActionExecutor {
  private final Lab lab;
  private final TargetResolver targetResolver;
  private final FaultRecorder faultRecorder;
  private final MembershipActions members;
  private final LinkActions links;
  private final RequestStarter requestStarter;

  /** The replicas that are to crash in the middle of a step and haven't been restarted since. */
  private final Set<Id> crashingMidway = new HashSet<>();

  /** Sends the requests of actions. */
  public interface RequestStarter {
    /**
     * Sends one request as the action says, to the first of {@code to}, or to any replica if that
     * is empty.
     */
    WaitCondition ask(Action action, List<Id> to);

    /** Starts clients. */
    void begin(Action.Traffic traffic);
  }

  public ActionExecutor(Lab lab, TargetResolver targetResolver, RequestStarter requestStarter) {
    this.lab = lab;
    this.targetResolver = targetResolver;
    this.faultRecorder = new FaultRecorder(lab);
    this.members = new MembershipActions(lab, faultRecorder);
    this.links = new LinkActions(lab, faultRecorder, targetResolver);
    this.requestStarter = requestStarter;
  }

  /** Whether a requested change of the cluster isn't done yet. */
  public boolean isChanging() {
    return members.isChanging();
  }

  /** Returns why an action has to wait; null if it can be played. */
  public @Nullable UnmetCondition obstacle(Action action) {
    if (action.needsLeader() && lab.leader().isEmpty()) {
      return new UnmetCondition.LeaderUnknown();
    }
    List<Id> absent = action.type().needsItsTargets() ? notJoined(action) : List.of();
    if (!absent.isEmpty()) {
      return new UnmetCondition.NotJoined(absent);
    }
    boolean raises = action.type() == ActionType.RESTART && action.targets().isEmpty();
    return raises && lab.down().isEmpty() ? new UnmetCondition.NoReplicaDown() : null;
  }

  /** The replicas that an action names and that have not joined, or have not sent hello since. */
  private List<Id> notJoined(Action action) {
    return action.selectors().stream()
        .flatMap(selector -> selector.ids().stream())
        .distinct()
        .filter(
            id ->
                !lab.replicas().contains(id)
                    || lab.state(id) == ReplicaState.STARTING
                        && lab.membershipStatus(id) == MembershipStatus.JOINING)
        .toList();
  }

  /** Plays an action. */
  public void play(Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    List<Id> chosen =
        new ArrayList<>(targetResolver.choose(action.targets(), at, List.of(), random));
    if (action.chance() < 1) {
      chosen.removeIf(id -> random.nextDouble() >= action.chance());
    }
    if (action.type().isRequest()) {
      ask(action, at, random);
      return;
    }
    AppliedAction played =
        switch (action.type()) {
          case KILL_LEADER -> crash(action, lab.leader().stream().toList());
          case KILL_NON_LEADER -> crash(action, randomFollower(random));
          case CRASH -> crash(action, chosen);
          case RESTART -> restart(action, chosen);
          case RESTART_ALL -> restartAll();
          case CHOOSE -> choose(action, chosen);
          case START -> {
            List<Id> absent = chosen.stream().filter(id -> !lab.isRunning(id)).toList();
            applyToEach(action.type(), absent, "started", id -> members.start(action.type(), id));
            yield AppliedAction.permanent(absent);
          }
          case STRANGE -> sendUnknownType(running(chosen));
          case PAUSE -> pause(chosen);
          case RESUME -> resume(action.targets().isEmpty() ? lab.replicas() : chosen);
          case CLOCK -> clocks(chosen, ((Action.Clock) action.detail()).rate());
          case DISK -> disks(chosen, ((Action.Disk) action.detail()).state());
          case TRANSFER -> {
            members.transfer(action, chosen, random);
            yield AppliedAction.permanent(Set.of());
          }
          case ADD -> {
            members.add(action);
            yield AppliedAction.permanent(Set.of());
          }
          case REMOVE, REMOVE_LEADER -> {
            members.remove(action, chosen, random);
            yield AppliedAction.permanent(Set.of());
          }
          case REQUESTS -> {
            requestStarter.begin((Action.Traffic) action.detail());
            yield AppliedAction.permanent(Set.of());
          }
          default -> links.play(action, chosen, at, random);
        };
    if (!action.assignedName().isEmpty()) {
      targetResolver.assignName(action.assignedName(), played.targets());
    }
    if (action.durationMillis() > 0) {
      lab.scheduleAt(lab.nowMicros() + action.durationMillis() * 1000, played.undo());
    }
  }

  /** Sends a single request; the result waits for its answer. */
  public WaitCondition ask(
      Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    TargetSelector to = ((Action.ClientRequest) action.detail()).to();
    return requestStarter.ask(action, targetResolver.choose(to, at, List.of(), random));
  }

  private List<Id> randomFollower(RandomGenerator random) {
    List<Id> followers = faultRecorder.reachableFollowers();
    return followers.isEmpty()
        ? List.of()
        : List.of(followers.get(random.nextInt(followers.size())));
  }

  private AppliedAction crash(Action action, List<Id> victims) {
    boolean midway = action.detail() instanceof Action.Crash crash && crash.midway();
    if (victims.isEmpty() && action.type() == ActionType.KILL_NON_LEADER) {
      faultRecorder.noteImpossible(action.type(), "no replica except the leader was running");
    }
    List<Id> killed = running(victims);
    applyToEach(
        action.type(),
        FaultRecorder.withTargets(ActionType.CRASH, killed, new Action.Crash(midway)),
        killed,
        midway ? "will crash during its next step" : "killed",
        midway ? lab::crashDuringNextStep : lab::crash);
    if (midway) {
      crashingMidway.addAll(killed);
    }
    return new AppliedAction(killed, () -> crashPending(killed));
  }

  /** Kills replicas that have not taken a step in which they could crash. */
  private void crashPending(List<Id> killed) {
    restart(
        killed.stream().filter(id -> !lab.isRunning(id) || crashingMidway.contains(id)).toList());
  }

  private void restart(List<Id> ids) {
    ids.forEach(crashingMidway::remove);
    applyToEach(
        ActionType.RESTART,
        ids,
        "restarted",
        id -> {
          if (lab.isRunning(id)) {
            lab.crash(id);
          }
          members.start(ActionType.RESTART, id);
        });
  }

  private AppliedAction restart(Action action, List<Id> chosen) {
    List<Id> back = action.targets().isEmpty() ? lab.down().subList(0, 1) : chosen;
    restart(back);
    return AppliedAction.permanent(back);
  }

  private AppliedAction restartAll() {
    List<Id> running = lab.replicas().stream().filter(lab::isRunning).toList();
    List<Id> back =
        lab.replicas().stream()
            .filter(id -> lab.membershipStatus(id) != MembershipStatus.REMOVED)
            .toList();
    faultRecorder.notePlayed(
        ActionType.RESTART_ALL,
        Action.plain(ActionType.RESTART_ALL),
        running + " killed at once, " + back + " restarted");
    crashingMidway.clear();
    running.forEach(lab::crash);
    back.forEach(id -> members.start(ActionType.RESTART_ALL, id));
    return AppliedAction.permanent(back);
  }

  private AppliedAction choose(Action action, List<Id> chosen) {
    faultRecorder.noteOutcome(
        ActionType.CHOOSE, ReplicaListText.of(chosen) + " called " + action.assignedName());
    return AppliedAction.permanent(chosen);
  }

  private AppliedAction sendUnknownType(List<Id> chosen) {
    applyToEach(
        ActionType.STRANGE,
        chosen,
        "sent a message of an unknown type",
        lab.unjudgedMessages()::sendUnknownType);
    return AppliedAction.permanent(chosen);
  }

  private AppliedAction pause(List<Id> chosen) {
    List<Id> stopped = chosen.stream().filter(id -> lab.state(id) == ReplicaState.READY).toList();
    applyToEach(ActionType.PAUSE, stopped, "paused", lab::pause);
    return new AppliedAction(stopped, () -> resume(stopped));
  }

  private AppliedAction resume(List<Id> chosen) {
    List<Id> on = chosen.stream().filter(lab::isPaused).toList();
    applyToEach(ActionType.RESUME, on, "resumed", lab::resume);
    return AppliedAction.permanent(on);
  }

  private AppliedAction clocks(List<Id> chosen, double rate) {
    applyToEach(
        ActionType.CLOCK,
        FaultRecorder.withTargets(ActionType.CLOCK, chosen, new Action.Clock(rate)),
        chosen,
        "with a clock at " + rate + " times",
        id -> lab.machineFaults().setClockRate(id, rate));
    return new AppliedAction(chosen, () -> clocks(chosen, 1));
  }

  private AppliedAction disks(List<Id> chosen, Action.DiskState state) {
    DiskFault fault =
        switch (state) {
          case OK -> new DiskFault.Repaired();
          case TORN -> new DiskFault.Torn();
          case CORRUPT -> new DiskFault.Corrupt();
          case FULL -> new DiskFault.Full();
        };
    for (Id id : chosen) {
      try {
        Action exactly =
            FaultRecorder.withTargets(ActionType.DISK, List.of(id), new Action.Disk(state));
        faultRecorder.notePlayed(
            ActionType.DISK,
            exactly,
            "replica " + id + ": " + lab.machineFaults().applyDiskFault(id, fault));
      } catch (IllegalStateException notNow) {
        faultRecorder.noteImpossible(
            ActionType.DISK, Objects.requireNonNull(notNow.getMessage(), "it says why"));
      }
    }
    return new AppliedAction(chosen, () -> disks(chosen, Action.DiskState.OK));
  }

  private List<Id> running(List<Id> ids) {
    return ids.stream().filter(lab::isRunning).toList();
  }

  private void applyToEach(ActionType type, List<Id> ids, String how, Consumer<Id> what) {
    applyToEach(type, FaultRecorder.withTargets(type, ids), ids, how, what);
  }

  private void applyToEach(
      ActionType type, Action exactly, List<Id> ids, String how, Consumer<Id> what) {
    faultRecorder.notePlayed(type, exactly, ReplicaListText.of(ids) + " " + how);
    ids.forEach(what);
  }

  /** Records that an action can't be done, now or at all. */
  void noteHeld(Action action, String why, boolean forGood) {
    if (forGood) {
      faultRecorder.noteImpossible(action.type(), why);
    } else {
      faultRecorder.noteDelayed(action.type(), why);
    }
  }

  /** See {@link MembershipActions#end}. */
  public void end(long startBoundMillis) {
    members.end(startBoundMillis);
  }
}
