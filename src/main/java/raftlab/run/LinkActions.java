package raftlab.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Conditions;
import raftlab.scenario.ConditionsText;
import raftlab.scenario.Delay;
import raftlab.scenario.Who;
import raftlab.wire.Id;

/** What actions do to the links between replicas. */
final class LinkActions {
  private final Lab lab;
  private final Account account;
  private final Chooser chooser;

  LinkActions(Lab lab, Account account, Chooser chooser) {
    this.lab = lab;
    this.account = account;
    this.chooser = chooser;
  }

  /** Does it. */
  Played play(Action action, List<Id> chosen, Chooser.At at, RandomGenerator random) {
    return switch (action.type()) {
      case PART_EASY, PART_HARD -> partEasyOrHard(action, at, random);
      case PART_END -> {
        healAll(action.type());
        yield Played.forGood(Set.of());
      }
      case HEAL -> {
        if (action.who().isNobody()) {
          healAll(action.type());
        } else {
          heal(chosen);
        }
        yield Played.forGood(chosen);
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

  private Played partEasyOrHard(Action action, Chooser.At at, RandomGenerator random) {
    boolean withLeader = action.type() == ActionType.PART_EASY;
    Who.Kind kind = withLeader ? Who.Kind.MAJORITY_WITH_LEADER : Who.Kind.MAJORITY_WITHOUT_LEADER;
    Set<Id> most = new TreeSet<>(chooser.choose(Who.of(kind), at, List.of(), random));
    if (most.size() < lab.members().size() / 2 + 1) {
      account.impossible(
          action.type(),
          "too few living replicas for a majority" + (withLeader ? "" : " without the leader"));
      return Played.forGood(Set.of());
    }
    Set<Id> rest = new TreeSet<>(lab.replicas());
    rest.removeAll(most);
    cutInto(action.type(), List.of(most, rest), "cut into " + most + " and " + rest);
    return new Played(most, () -> healAll(ActionType.HEAL));
  }

  private void cutInto(ActionType what, List<Set<Id>> groups, String how) {
    Action.Groups exactly = new Action.Groups(groups.stream().map(Account::who).toList());
    account.played(
        what,
        Account.exactly(ActionType.PARTITION, List.of(), exactly),
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
        Account.exactly(ActionType.HEAL, chosen),
        Actions.inWords(chosen) + " reached and reaching all again");
    lab.links().heal(chosen);
  }

  private Played cut(Action action, List<Id> chosen, Chooser.At at, RandomGenerator random) {
    Action.Cut cut = (Action.Cut) action.detail();
    List<Id> others = new ArrayList<>(lab.replicas());
    if (!cut.from().isNobody()) {
      others.retainAll(chooser.choose(cut.from(), at, chosen, random));
    }
    others.removeAll(chosen);
    String from = cut.from().isNobody() ? "all others" : Actions.inWords(others);
    String how =
        switch (cut.way()) {
          case BOTH -> " cut off from ";
          case OUT -> " not heard any more by ";
          case IN -> " not hearing any more ";
        };
    Who fromThese = cut.from().isNobody() ? Who.NOBODY : Account.who(others);
    account.played(
        action.type(),
        Account.exactly(ActionType.CUT, chosen, new Action.Cut(fromThese, cut.way())),
        Actions.inWords(chosen) + how + from);
    switch (cut.way()) {
      case BOTH -> lab.links().cut(chosen, others, true);
      case OUT -> lab.links().cut(chosen, others, false);
      case IN -> lab.links().cut(others, chosen, false);
    }
    return new Played(chosen, () -> heal(chosen));
  }

  private Played partition(Action action, Chooser.At at, RandomGenerator random) {
    List<Set<Id>> groups = new ArrayList<>();
    Set<Id> taken = new TreeSet<>();
    for (Who who : ((Action.Groups) action.detail()).groups()) {
      Set<Id> group = new TreeSet<>(chooser.choose(who, at, taken, random));
      group.removeAll(taken);
      taken.addAll(group);
      groups.add(group);
    }
    cutInto(action.type(), groups, "cut into " + groups);
    return new Played(taken, () -> healAll(ActionType.HEAL));
  }

  private Played bridge(Action action, List<Id> chosen, Chooser.At at, RandomGenerator random) {
    List<Id> one =
        chosen.isEmpty() ? chooser.choose(Who.of(Who.Kind.RANDOM), at, List.of(), random) : chosen;
    if (one.isEmpty()) {
      account.impossible(action.type(), "no replica was alive");
      return Played.forGood(Set.of());
    }
    account.played(
        action.type(),
        Account.exactly(ActionType.BRIDGE, one),
        "the others in two halves, and only replica " + one.get(0) + " sees both");
    lab.links().bridge(one.get(0));
    return new Played(Set.of(one.get(0)), () -> healAll(ActionType.HEAL));
  }

  private Played ring(Action action, List<Id> chosen, RandomGenerator random) {
    List<Id> order = new ArrayList<>(chosen.isEmpty() ? lab.members() : chosen);
    if (chosen.isEmpty()) {
      Collections.shuffle(order, new Random(random.nextLong()));
    }
    account.played(
        action.type(),
        Account.exactly(ActionType.RING, order),
        "each reaches only its neighbours in " + order);
    lab.links().ring(order);
    return new Played(order, () -> healAll(ActionType.HEAL));
  }

  private Played slow(List<Id> chosen, Delay by) {
    account.played(
        ActionType.SLOW,
        Account.exactly(ActionType.SLOW, chosen, new Action.Slow(by)),
        by.equals(Delay.NONE)
            ? Actions.inWords(chosen) + " as fast as others again"
            : "all that is for "
                + Actions.inWords(chosen)
                + " comes later by "
                + ConditionsText.of(by));
    chosen.forEach(id -> slow(id, by));
    return new Played(chosen, () -> slow(chosen, Delay.NONE));
  }

  private void slow(Id replica, Delay by) {
    Conditions usual = lab.links().network().conditions();
    lab.links()
        .conditions(
            lab.replicas(), List.of(replica), by.equals(Delay.NONE) ? usual : usual.withDelay(by));
  }

  private Played network(Action action, List<Id> from, Chooser.At at, RandomGenerator random) {
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

  private Played ofClients(Conditions conditions) {
    Conditions before = lab.links().network().clientConditions();
    note(Who.NOBODY, Who.NOBODY, true, conditions, "requests and answers: ");
    lab.links().clientConditions(conditions);
    return new Played(Set.of(), () -> ofClients(before));
  }

  private Played ofAll(Conditions conditions) {
    Conditions before = lab.links().network().conditions();
    note(Who.NOBODY, Who.NOBODY, false, conditions, "all links: ");
    lab.links().conditions(conditions);
    return new Played(Set.of(), () -> ofAll(before));
  }

  private Played ofSome(List<Id> senders, List<Id> receivers, Conditions conditions) {
    note(
        Account.who(senders),
        Account.who(receivers),
        false,
        conditions,
        "from " + senders + " to " + receivers + ": ");
    lab.links().conditions(senders, receivers, conditions);
    return new Played(
        senders, () -> ofSome(senders, receivers, lab.links().network().conditions()));
  }

  private void note(Who from, Who to, boolean clients, Conditions conditions, String links) {
    Action.Links exactly = new Action.Links(to, clients, conditions);
    account.played(
        ActionType.NETWORK,
        new Action(ActionType.NETWORK, from, 1, 0, "", exactly),
        links + ConditionsText.of(conditions));
  }
}
