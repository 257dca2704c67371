package raftlab.run.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import raftlab.network.Network;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.text.LinkConditionsText;
import raftlab.trace.ReplicaListText;
import raftlab.wire.Id;

/** Applies actions that set the conditions of links: loss, delay and the like. */
final class ConditionActions {
  /** A link between replicas, in one direction. */
  private record Direction(Id from, Id to) {}

  /** The conditions that an action set on one link. */
  private record Change(Direction link, ConditionLayers layers, ConditionLayers.Layer layer) {}

  private final Lab lab;
  private final FaultRecorder account;
  private final TargetResolver chooser;
  private final Network network;
  private final ConditionLayers ofAll;
  private final ConditionLayers ofClients;

  /** The conditions of single links since all links were last set. */
  private final Map<Direction, ConditionLayers> ofLinks = new HashMap<>();

  ConditionActions(Lab lab, FaultRecorder account, TargetResolver chooser) {
    this.lab = lab;
    this.account = account;
    this.chooser = chooser;
    this.network = lab.links().network();
    this.ofAll = new ConditionLayers(network::conditions, this::setAll);
    this.ofClients = new ConditionLayers(network::clientConditions, lab.links()::clientConditions);
  }

  /** Sets the conditions of all links and clears those of single links. */
  private void setAll(LinkConditions conditions) {
    lab.links().conditions(conditions);
    ofLinks.clear();
  }

  /** Delays all messages to these replicas. */
  AppliedAction slow(Action action, List<Id> chosen) {
    Delay by = ((Action.Slow) action.detail()).by();
    noteSlow(chosen, by);
    LinkConditions usual = network.conditions();
    Set<Direction> links = between(lab.replicas(), chosen);
    List<Change> changes =
        set(
            links,
            by.equals(Delay.NONE) ? usual : usual.withDelay(by),
            action.durationMillis() > 0);
    return new AppliedAction(chosen, () -> undoSlow(chosen, changes));
  }

  private void undoSlow(List<Id> chosen, List<Change> changes) {
    Map<Direction, LinkConditions> restored = undo(changes);
    Set<LinkConditions> present = new HashSet<>(restored.values());
    if (restored.size() == changes.size() && present.equals(Set.of(network.conditions()))) {
      noteSlow(chosen, Delay.NONE);
    } else {
      noteEach(restored);
    }
  }

  private void noteSlow(List<Id> chosen, Delay by) {
    String how =
        by.equals(Delay.NONE)
            ? ReplicaListText.of(chosen) + " no longer delayed"
            : "messages to "
                + ReplicaListText.of(chosen)
                + " are delayed by "
                + LinkConditionsText.of(by);
    account.notePlayed(
        ActionType.SLOW,
        FaultRecorder.withTargets(ActionType.SLOW, chosen, new Action.Slow(by)),
        how);
  }

  /** Sets the conditions of some links, of all links, or of the clients' links. */
  AppliedAction network(
      Action action, List<Id> from, TargetResolver.TriggerMessage at, RandomGenerator random) {
    Action.Links links = (Action.Links) action.detail();
    boolean timed = action.durationMillis() > 0;
    if (links.clients()) {
      noteClients(links.conditions());
      return general(ofClients, links.conditions(), timed, this::noteClientsAgain);
    } else if (action.targets().isEmpty() && links.to().isEmpty()) {
      noteAll(links.conditions());
      return general(ofAll, links.conditions(), timed, this::noteAllAgain);
    }
    List<Id> senders = action.targets().isEmpty() ? lab.replicas() : from;
    List<Id> receivers =
        links.to().isEmpty() ? lab.replicas() : chooser.choose(links.to(), at, List.of(), random);
    noteSome(senders, receivers, links.conditions());
    List<Change> changes = set(between(senders, receivers), links.conditions(), timed);
    return new AppliedAction(senders, () -> undoSome(senders, receivers, changes));
  }

  private AppliedAction general(
      ConditionLayers layers, LinkConditions conditions, boolean timed, Runnable noteAgain) {
    if (!timed) {
      layers.set(conditions);
      return AppliedAction.permanent(Set.of());
    }
    ConditionLayers.Layer layer = layers.add(conditions);
    return new AppliedAction(
        Set.of(),
        () -> {
          boolean changes = layers.isOnTop(layer);
          layers.remove(layer);
          if (changes) {
            noteAgain.run();
          }
        });
  }

  private void undoSome(List<Id> senders, List<Id> receivers, List<Change> changes) {
    Map<Direction, LinkConditions> restored = undo(changes);
    Set<LinkConditions> present = new HashSet<>(restored.values());
    if (restored.size() == changes.size() && present.size() == 1) {
      noteSome(senders, receivers, present.iterator().next());
    } else {
      noteEach(restored);
    }
  }

  private static Set<Direction> between(Collection<Id> senders, Collection<Id> receivers) {
    Set<Direction> links = new LinkedHashSet<>();
    for (Id sender : senders) {
      for (Id receiver : receivers) {
        if (!sender.equals(receiver)) {
          links.add(new Direction(sender, receiver));
        }
      }
    }
    return links;
  }

  private List<Change> set(Set<Direction> links, LinkConditions conditions, boolean timed) {
    List<Change> changes = new ArrayList<>();
    for (Direction link : links) {
      ConditionLayers layers = ofLinks.computeIfAbsent(link, this::layers);
      if (timed) {
        changes.add(new Change(link, layers, layers.add(conditions)));
      } else {
        layers.set(conditions);
      }
    }
    return changes;
  }

  private ConditionLayers layers(Direction link) {
    return new ConditionLayers(
        () -> network.ownConditions(link.from, link.to),
        conditions -> {
          if (conditions == null) {
            lab.links().clearOwnConditions(link.from, link.to);
          } else {
            lab.links().conditions(link.from, link.to, conditions);
          }
        });
  }

  /**
   * Ends the conditions that an action set; returns the affected links with their conditions from
   * now on.
   */
  private Map<Direction, LinkConditions> undo(List<Change> changes) {
    Map<Direction, LinkConditions> restored = new LinkedHashMap<>();
    for (Change change : changes) {
      Direction link = change.link;
      boolean isPresent = ofLinks.get(link) == change.layers; // else all links were set since
      boolean matters = isPresent && change.layers.isOnTop(change.layer);
      if (isPresent) {
        change.layers.remove(change.layer);
      }
      if (matters) {
        restored.put(link, network.conditions(link.from, link.to));
      }
    }
    return restored;
  }

  /**
   * Records the conditions of these links; links of one sender with equal conditions share an
   * event.
   */
  private void noteEach(Map<Direction, LinkConditions> links) {
    Map<Id, Map<LinkConditions, Set<Id>>> bySender = new LinkedHashMap<>();
    links.forEach(
        (link, conditions) ->
            bySender
                .computeIfAbsent(link.from, sender -> new LinkedHashMap<>())
                .computeIfAbsent(conditions, same -> new TreeSet<>())
                .add(link.to));
    bySender.forEach(
        (sender, receivers) ->
            receivers.forEach(
                (conditions, those) -> noteSome(List.of(sender), List.copyOf(those), conditions)));
  }

  private void noteAllAgain() {
    noteAll(network.conditions());
  }

  private void noteAll(LinkConditions conditions) {
    note(TargetSelector.NONE, TargetSelector.NONE, false, conditions, "all links: ");
  }

  private void noteClientsAgain() {
    noteClients(network.clientConditions());
  }

  private void noteClients(LinkConditions conditions) {
    note(TargetSelector.NONE, TargetSelector.NONE, true, conditions, "requests and answers: ");
  }

  private void noteSome(List<Id> senders, Collection<Id> receivers, LinkConditions conditions) {
    note(
        FaultRecorder.selectorOf(senders),
        FaultRecorder.selectorOf(receivers),
        false,
        conditions,
        "from " + senders + " to " + receivers + ": ");
  }

  private void note(
      TargetSelector from,
      TargetSelector to,
      boolean clients,
      LinkConditions conditions,
      String links) {
    Action.Links exactly = new Action.Links(to, clients, conditions);
    account.notePlayed(
        ActionType.NETWORK,
        new Action(ActionType.NETWORK, from, 1, 0, "", exactly),
        links + LinkConditionsText.of(conditions));
  }
}
