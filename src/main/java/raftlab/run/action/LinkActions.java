package raftlab.run.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.trace.ReplicaListText;
import raftlab.wire.Id;

/** Applies actions to the links between replicas: cuts, partitions and healing. */
final class LinkActions {
  private final Lab lab;
  private final FaultRecorder faultRecorder;
  private final TargetResolver targetResolver;
  private final ConditionActions conditions;
  private final PendingCuts pendingCuts;

  LinkActions(Lab lab, FaultRecorder faultRecorder, TargetResolver targetResolver) {
    this.lab = lab;
    this.faultRecorder = faultRecorder;
    this.targetResolver = targetResolver;
    this.conditions = new ConditionActions(lab, faultRecorder, targetResolver);
    this.pendingCuts = new PendingCuts(lab, faultRecorder);
  }

  /** Plays an action. */
  AppliedAction play(
      Action action, List<Id> chosen, TargetResolver.TriggerMessage at, RandomGenerator random) {
    return switch (action.type()) {
      case PART_EASY, PART_HARD -> partEasyOrHard(action, at, random);
      case PART_END -> {
        healAll(action.type());
        yield AppliedAction.permanent(Set.of());
      }
      case HEAL -> {
        if (action.targets().isEmpty()) {
          healAll(action.type());
        } else {
          pendingCuts.heal(targetResolver.absent(action.targets()));
          heal(chosen);
        }
        yield AppliedAction.permanent(chosen);
      }
      case CUT -> cut(action, chosen, at, random);
      case PARTITION -> partition(action, at, random);
      case BRIDGE -> bridge(action, chosen, at, random);
      case RING -> ring(action, chosen, random);
      case SLOW -> {
        List<Id> absent = new ArrayList<>(targetResolver.absent(action.targets()));
        if (action.chance() < 1) {
          absent.removeIf(id -> random.nextDouble() >= action.chance());
        }
        yield conditions.slow(action, chosen, absent);
      }
      case NETWORK -> conditions.network(action, chosen, at, random);
      default -> throw new IllegalArgumentException(action.type().key());
    };
  }

  private AppliedAction partEasyOrHard(
      Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    boolean withLeader = action.type() == ActionType.PART_EASY;
    TargetSelector.SelectorKind kind =
        withLeader
            ? TargetSelector.SelectorKind.MAJORITY_WITH_LEADER
            : TargetSelector.SelectorKind.MAJORITY_WITHOUT_LEADER;
    Set<Id> most =
        new TreeSet<>(targetResolver.choose(TargetSelector.of(kind), at, List.of(), random));
    if (most.size() < lab.members().size() / 2 + 1) {
      faultRecorder.noteImpossible(
          action.type(),
          "too few running replicas for a majority" + (withLeader ? "" : " without the leader"));
      return AppliedAction.permanent(Set.of());
    }
    Set<Id> rest = new TreeSet<>(lab.replicas());
    rest.removeAll(most);
    cutInto(action.type(), List.of(most, rest), "cut into " + most + " and " + rest);
    return untilHealed(most);
  }

  private void cutInto(ActionType what, List<Set<Id>> groups, String how) {
    Action.Groups exactly =
        new Action.Groups(groups.stream().map(FaultRecorder::selectorOf).toList());
    faultRecorder.notePlayed(
        what,
        FaultRecorder.withTargets(ActionType.PARTITION, List.of(), exactly),
        how + ", leader " + faultRecorder.leaderText());
    pendingCuts.clear();
    lab.links().partition(groups);
  }

  private void healAll(ActionType type) {
    faultRecorder.notePlayed(type, Action.plain(ActionType.HEAL), "all links restored");
    pendingCuts.clear();
    lab.links().heal();
  }

  private void heal(Collection<Id> chosen) {
    if (chosen.isEmpty()) {
      // As an event of a scenario it would heal all.
      return;
    }
    faultRecorder.notePlayed(
        ActionType.HEAL,
        FaultRecorder.withTargets(ActionType.HEAL, chosen),
        ReplicaListText.of(chosen) + " connected to all again");
    pendingCuts.heal(chosen);
    lab.links().heal(chosen);
  }

  private AppliedAction cut(
      Action action, List<Id> chosen, TargetResolver.TriggerMessage at, RandomGenerator random) {
    Action.Cut cut = (Action.Cut) action.detail();
    List<Id> others = new ArrayList<>(lab.replicas());
    if (!cut.from().isEmpty()) {
      others.retainAll(targetResolver.choose(cut.from(), at, chosen, random));
    }
    others.removeAll(chosen);
    TargetSelector fromThese =
        cut.from().isEmpty() ? TargetSelector.NONE : FaultRecorder.selectorOf(others);
    List<Id> absent = targetResolver.absent(action.targets());
    if (!chosen.isEmpty() || absent.isEmpty()) {
      faultRecorder.notePlayed(
          action.type(),
          FaultRecorder.withTargets(
              ActionType.CUT, chosen, new Action.Cut(fromThese, cut.direction())),
          ReplicaListText.of(chosen)
              + PendingCuts.inWords(cut.direction())
              + (cut.from().isEmpty() ? "all others" : ReplicaListText.of(others)));
      pendingCuts.apply(chosen, others, cut.direction());
    }
    PendingCuts.PendingCut pending =
        pendingCuts.add(
            LinkEnds.of(chosen, absent),
            cut.from().isEmpty()
                ? LinkEnds.ALL
                : LinkEnds.of(others, targetResolver.absent(cut.from())),
            cut.direction());
    return new AppliedAction(chosen, () -> heal(pendingCuts.end(pending)));
  }

  private AppliedAction partition(
      Action action, TargetResolver.TriggerMessage at, RandomGenerator random) {
    List<Set<Id>> groups = new ArrayList<>();
    List<Set<Id>> withAbsent = new ArrayList<>();
    Set<Id> taken = new TreeSet<>();
    for (TargetSelector who : ((Action.Groups) action.detail()).groups()) {
      Set<Id> group = new TreeSet<>(targetResolver.choose(who, at, taken, random));
      group.removeAll(taken);
      taken.addAll(group);
      groups.add(group);
      Set<Id> named = new TreeSet<>(group);
      named.addAll(targetResolver.absent(who));
      withAbsent.add(named);
    }
    cutInto(action.type(), groups, "cut into " + groups);
    pendingCuts.partition(withAbsent);
    return untilHealed(taken);
  }

  private AppliedAction bridge(
      Action action, List<Id> chosen, TargetResolver.TriggerMessage at, RandomGenerator random) {
    List<Id> one =
        chosen.isEmpty()
            ? targetResolver.choose(
                TargetSelector.of(TargetSelector.SelectorKind.RANDOM), at, List.of(), random)
            : chosen;
    if (one.isEmpty()) {
      faultRecorder.noteImpossible(action.type(), "no replica was running");
      return AppliedAction.permanent(Set.of());
    }
    faultRecorder.notePlayed(
        action.type(),
        FaultRecorder.withTargets(ActionType.BRIDGE, one),
        "the others in two halves, and only replica " + one.get(0) + " reaches both");
    pendingCuts.clear();
    lab.links().bridge(one.get(0));
    return untilHealed(Set.of(one.get(0)));
  }

  private AppliedAction ring(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> order = new ArrayList<>(chosen.isEmpty() ? lab.members() : chosen);
    if (chosen.isEmpty()) {
      Collections.shuffle(order, new Random(random.nextLong()));
    }
    faultRecorder.notePlayed(
        action.type(),
        FaultRecorder.withTargets(ActionType.RING, order),
        "each reaches only its neighbours in " + order);
    pendingCuts.clear();
    lab.links().ring(order);
    return untilHealed(order);
  }

  /** An action that cut links; undoing it heals the network. */
  private AppliedAction untilHealed(Collection<Id> touched) {
    return new AppliedAction(touched, () -> healAll(ActionType.HEAL));
  }
}
