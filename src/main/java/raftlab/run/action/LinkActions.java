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
import raftlab.run.lab.ReplicaListText;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.text.LinkConditionsText;
import raftlab.wire.Id;

/** What actions do to the links between replicas. */
final class LinkActions {
  private final Lab lab;
  private final FaultLog account;
  private final TargetResolver chooser;

  LinkActions(Lab lab, FaultLog account, TargetResolver chooser) {
    this.lab = lab;
    this.account = account;
    this.chooser = chooser;
  }

  /** Does it. */
  AppliedAction play(Action action, List<Id> chosen, TargetResolver.At at, RandomGenerator random) {
    return switch (action.type()) {
      case PART_EASY, PART_HARD -> partEasyOrHard(action, at, random);
      case PART_END -> {
        healAll(action.type());
        yield AppliedAction.forGood(Set.of());
      }
      case HEAL -> {
        if (action.who().isNobody()) {
          healAll(action.type());
        } else {
          heal(chosen);
        }
        yield AppliedAction.forGood(chosen);
      }
      case CUT -> cut(action, chosen, at, random);
      case PARTITION -> partition(action, at, random);
      case BRIDGE -> bridge(action, chosen, at, random);
      case RING -> ring(action, chosen, random);
      case SLOW -> slow(chosen, ((Action.Slow) action.detail()).by());
      case NETWORK -> network(action, chosen, at, random);
      default -> throw new IllegalArgumentException(action.type().key());
    };
  }

  private AppliedAction partEasyOrHard(
      Action action, TargetResolver.At at, RandomGenerator random) {
    boolean withLeader = action.type() == ActionType.PART_EASY;
    TargetSelector.Kind kind =
        withLeader
            ? TargetSelector.Kind.MAJORITY_WITH_LEADER
            : TargetSelector.Kind.MAJORITY_WITHOUT_LEADER;
    Set<Id> most = new TreeSet<>(chooser.choose(TargetSelector.of(kind), at, List.of(), random));
    if (most.size() < lab.members().size() / 2 + 1) {
      account.impossible(
          action.type(),
          "too few living replicas for a majority" + (withLeader ? "" : " without the leader"));
      return AppliedAction.forGood(Set.of());
    }
    Set<Id> rest = new TreeSet<>(lab.replicas());
    rest.removeAll(most);
    cutInto(action.type(), List.of(most, rest), "cut into " + most + " and " + rest);
    return new AppliedAction(most, () -> healAll(ActionType.HEAL));
  }

  private void cutInto(ActionType what, List<Set<Id>> groups, String how) {
    Action.Groups exactly = new Action.Groups(groups.stream().map(FaultLog::who).toList());
    account.played(
        what,
        FaultLog.exactly(ActionType.PARTITION, List.of(), exactly),
        how + ", leader " + lab.leader());
    lab.links().partition(groups);
  }

  private void healAll(ActionType type) {
    account.played(type, Action.plain(ActionType.HEAL), "all replicas reach each other again");
    lab.links().heal();
  }

  private void heal(Collection<Id> chosen) {
    if (chosen.isEmpty()) {
      // Written as an event it would heal all.
      return;
    }
    account.played(
        ActionType.HEAL,
        FaultLog.exactly(ActionType.HEAL, chosen),
        ReplicaListText.of(chosen) + " reached and reaching all again");
    lab.links().heal(chosen);
  }

  private AppliedAction cut(
      Action action, List<Id> chosen, TargetResolver.At at, RandomGenerator random) {
    Action.Cut cut = (Action.Cut) action.detail();
    List<Id> others = new ArrayList<>(lab.replicas());
    if (!cut.from().isNobody()) {
      others.retainAll(chooser.choose(cut.from(), at, chosen, random));
    }
    others.removeAll(chosen);
    String from = cut.from().isNobody() ? "all others" : ReplicaListText.of(others);
    String how =
        switch (cut.way()) {
          case BOTH -> " cut off from ";
          case OUT -> " not heard any more by ";
          case IN -> " not hearing any more ";
        };
    TargetSelector fromThese = cut.from().isNobody() ? TargetSelector.NOBODY : FaultLog.who(others);
    account.played(
        action.type(),
        FaultLog.exactly(ActionType.CUT, chosen, new Action.Cut(fromThese, cut.way())),
        ReplicaListText.of(chosen) + how + from);
    switch (cut.way()) {
      case BOTH -> lab.links().cut(chosen, others, true);
      case OUT -> lab.links().cut(chosen, others, false);
      case IN -> lab.links().cut(others, chosen, false);
    }
    return new AppliedAction(chosen, () -> heal(chosen));
  }

  private AppliedAction partition(Action action, TargetResolver.At at, RandomGenerator random) {
    List<Set<Id>> groups = new ArrayList<>();
    Set<Id> taken = new TreeSet<>();
    for (TargetSelector who : ((Action.Groups) action.detail()).groups()) {
      Set<Id> group = new TreeSet<>(chooser.choose(who, at, taken, random));
      group.removeAll(taken);
      taken.addAll(group);
      groups.add(group);
    }
    cutInto(action.type(), groups, "cut into " + groups);
    return new AppliedAction(taken, () -> healAll(ActionType.HEAL));
  }

  private AppliedAction bridge(
      Action action, List<Id> chosen, TargetResolver.At at, RandomGenerator random) {
    List<Id> one =
        chosen.isEmpty()
            ? chooser.choose(TargetSelector.of(TargetSelector.Kind.RANDOM), at, List.of(), random)
            : chosen;
    if (one.isEmpty()) {
      account.impossible(action.type(), "no replica was alive");
      return AppliedAction.forGood(Set.of());
    }
    account.played(
        action.type(),
        FaultLog.exactly(ActionType.BRIDGE, one),
        "the others in two halves, and only replica " + one.get(0) + " sees both");
    lab.links().bridge(one.get(0));
    return new AppliedAction(Set.of(one.get(0)), () -> healAll(ActionType.HEAL));
  }

  private AppliedAction ring(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> order = new ArrayList<>(chosen.isEmpty() ? lab.members() : chosen);
    if (chosen.isEmpty()) {
      Collections.shuffle(order, new Random(random.nextLong()));
    }
    account.played(
        action.type(),
        FaultLog.exactly(ActionType.RING, order),
        "each reaches only its neighbours in " + order);
    lab.links().ring(order);
    return new AppliedAction(order, () -> healAll(ActionType.HEAL));
  }

  private AppliedAction slow(List<Id> chosen, Delay by) {
    account.played(
        ActionType.SLOW,
        FaultLog.exactly(ActionType.SLOW, chosen, new Action.Slow(by)),
        by.equals(Delay.NONE)
            ? ReplicaListText.of(chosen) + " as fast as others again"
            : "all that is for "
                + ReplicaListText.of(chosen)
                + " comes later by "
                + LinkConditionsText.of(by));
    chosen.forEach(id -> slow(id, by));
    return new AppliedAction(chosen, () -> slow(chosen, Delay.NONE));
  }

  private void slow(Id replica, Delay by) {
    LinkConditions usual = lab.links().network().conditions();
    lab.links()
        .conditions(
            lab.replicas(), List.of(replica), by.equals(Delay.NONE) ? usual : usual.withDelay(by));
  }

  private AppliedAction network(
      Action action, List<Id> from, TargetResolver.At at, RandomGenerator random) {
    Action.Links links = (Action.Links) action.detail();
    if (links.clients()) {
      return ofClients(links.conditions());
    } else if (action.who().isNobody() && links.to().isNobody()) {
      return ofAll(links.conditions());
    }
    List<Id> senders = action.who().isNobody() ? lab.replicas() : from;
    List<Id> receivers =
        links.to().isNobody() ? lab.replicas() : chooser.choose(links.to(), at, List.of(), random);
    return ofSome(senders, receivers, links.conditions());
  }

  private AppliedAction ofClients(LinkConditions conditions) {
    LinkConditions before = lab.links().network().clientConditions();
    note(TargetSelector.NOBODY, TargetSelector.NOBODY, true, conditions, "requests and answers: ");
    lab.links().clientConditions(conditions);
    return new AppliedAction(Set.of(), () -> ofClients(before));
  }

  private AppliedAction ofAll(LinkConditions conditions) {
    LinkConditions before = lab.links().network().conditions();
    note(TargetSelector.NOBODY, TargetSelector.NOBODY, false, conditions, "all links: ");
    lab.links().conditions(conditions);
    return new AppliedAction(Set.of(), () -> ofAll(before));
  }

  private AppliedAction ofSome(List<Id> senders, List<Id> receivers, LinkConditions conditions) {
    note(
        FaultLog.who(senders),
        FaultLog.who(receivers),
        false,
        conditions,
        "from " + senders + " to " + receivers + ": ");
    lab.links().conditions(senders, receivers, conditions);
    return new AppliedAction(
        senders, () -> ofSome(senders, receivers, lab.links().network().conditions()));
  }

  private void note(
      TargetSelector from,
      TargetSelector to,
      boolean clients,
      LinkConditions conditions,
      String links) {
    Action.Links exactly = new Action.Links(to, clients, conditions);
    account.played(
        ActionType.NETWORK,
        new Action(ActionType.NETWORK, from, 1, 0, "", exactly),
        links + LinkConditionsText.of(conditions));
  }
}
