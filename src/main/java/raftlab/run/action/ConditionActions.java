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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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

  /**
   * The conditions that an action set on some links.
   *
   * @param onJoin records that they apply to the links of a replica that has joined
   * @param changes those on each link, if they end at some time
   */
  private record SomeLinks(
      LinkEnds from,
      LinkEnds to,
      LinkConditions conditions,
      boolean timed,
      Consumer<Id> onJoin,
      List<Change> changes) {
    // Two actions may be equal in all of these.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private static final String UNTIL_JOINED = " not there yet: the conditions apply when it joins";

  private final Lab lab;
  private final FaultRecorder account;
  private final TargetResolver chooser;
  private final Network network;
  private final ConditionLayers ofAll;
  private final ConditionLayers ofClients;

  /** The conditions of single links since all links were last set. */
  private final Map<Direction, ConditionLayers> ofLinks = new HashMap<>();

  /** Those set since all links were last set that concern replicas that may join, oldest first. */
  private final List<SomeLinks> growing = new ArrayList<>();

  ConditionActions(Lab lab, FaultRecorder account, TargetResolver chooser) {
    this.lab = lab;
    this.account = account;
    this.chooser = chooser;
    this.network = lab.links().network();
    this.ofAll = new ConditionLayers(network::conditions, this::setAll);
    this.ofClients = new ConditionLayers(network::clientConditions, lab.links()::clientConditions);
    lab.links().onReplicaAdded(this::joined);
  }

  /** Sets the conditions of all links and clears those of single links. */
  private void setAll(LinkConditions conditions) {
    lab.links().conditions(conditions);
    ofLinks.clear();
    growing.clear();
  }

  /** Delays all messages to these replicas; some may not have joined yet. */
  AppliedAction slow(Action action, List<Id> chosen, List<Id> absent) {
    Delay by = ((Action.Slow) action.detail()).by();
    noteSlow(chosen, absent, by);
    LinkConditions usual = network.conditions();
    LinkConditions conditions = by.equals(Delay.NONE) ? usual : usual.withDelay(by);
    SomeLinks links =
        set(
            LinkEnds.ALL,
            LinkEnds.of(chosen, absent),
            conditions,
            action.durationMillis() > 0,
            joined -> noteSlow(List.of(joined), List.of(), by));
    return new AppliedAction(chosen, () -> undoSlow(links));
  }

  private void undoSlow(SomeLinks links) {
    Map<Direction, LinkConditions> restored = undo(links);
    Set<LinkConditions> present = new HashSet<>(restored.values());
    if (restored.size() == links.changes.size() && present.equals(Set.of(network.conditions()))) {
      noteSlow(links.to.present(lab.replicas()), List.of(), Delay.NONE);
    } else {
      noteEach(restored);
    }
  }

  private void noteSlow(List<Id> chosen, List<Id> absent, Delay by) {
    String how =
        by.equals(Delay.NONE)
            ? ReplicaListText.of(chosen) + " no longer delayed"
            : "messages to "
                + ReplicaListText.of(chosen)
                + " are delayed by "
                + LinkConditionsText.of(by);
    if (!chosen.isEmpty() || absent.isEmpty()) {
      account.notePlayed(
          ActionType.SLOW,
          FaultRecorder.withTargets(ActionType.SLOW, chosen, new Action.Slow(by)),
          how);
    }
    if (!absent.isEmpty()) {
      account.noteOutcome(ActionType.SLOW, ReplicaListText.of(absent) + UNTIL_JOINED);
    }
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
    List<Id> to = chooser.choose(links.to(), at, List.of(), random);
    LinkEnds senders = ends(action.targets(), from);
    LinkEnds receivers = ends(links.to(), to);
    noteSome(senders, receivers, links.conditions());
    SomeLinks some =
        set(
            senders,
            receivers,
            links.conditions(),
            timed,
            joined -> noteJoined(joined, senders, receivers, links.conditions()));
    return new AppliedAction(senders.present(lab.replicas()), () -> undoSome(some));
  }

  /** The ends that an action names; all replicas if it names none. */
  private LinkEnds ends(TargetSelector named, List<Id> chosen) {
    return named.isEmpty() ? LinkEnds.ALL : LinkEnds.of(chosen, chooser.absent(named));
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

  private void undoSome(SomeLinks links) {
    Map<Direction, LinkConditions> restored = undo(links);
    Set<LinkConditions> present = new HashSet<>(restored.values());
    if (restored.size() == links.changes.size() && present.size() == 1) {
      noteSome(
          links.from.present(lab.replicas()),
          links.to.present(lab.replicas()),
          present.iterator().next());
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

  private SomeLinks set(
      LinkEnds from, LinkEnds to, LinkConditions conditions, boolean timed, Consumer<Id> onJoin) {
    List<Id> replicas = lab.replicas();
    SomeLinks some = new SomeLinks(from, to, conditions, timed, onJoin, new ArrayList<>());
    if (from.mayGrow(replicas) || to.mayGrow(replicas)) {
      if (!timed) {
        // What stays replaces all that was set for the same links before.
        growing.removeIf(before -> before.from.equals(from) && before.to.equals(to));
      }
      growing.add(some);
    }
    set(some, between(from.present(replicas), to.present(replicas)));
    return some;
  }

  private void set(SomeLinks some, Set<Direction> links) {
    for (Direction link : links) {
      ConditionLayers layers = ofLinks.computeIfAbsent(link, this::layers);
      if (some.timed) {
        some.changes.add(new Change(link, layers, layers.add(some.conditions)));
      } else {
        layers.set(some.conditions);
      }
    }
  }

  /** A replica has joined: its links get the conditions that were set for them, in their order. */
  private void joined(Id replica) {
    for (SomeLinks some : growing) {
      List<Id> ofReplica = List.of(replica);
      Set<Direction> links = new LinkedHashSet<>();
      if (some.from.includes(replica)) {
        links.addAll(between(ofReplica, some.to.present(lab.replicas())));
      }
      if (some.to.includes(replica)) {
        links.addAll(between(some.from.present(lab.replicas()), ofReplica));
      }
      if (!links.isEmpty()) {
        some.onJoin.accept(replica);
        set(some, links);
      }
    }
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
  private Map<Direction, LinkConditions> undo(SomeLinks links) {
    growing.remove(links);
    Map<Direction, LinkConditions> restored = new LinkedHashMap<>();
    for (Change change : links.changes) {
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

  private void noteSome(LinkEnds from, LinkEnds to, LinkConditions conditions) {
    List<Id> senders = from.present(lab.replicas());
    List<Id> receivers = to.present(lab.replicas());
    if (!senders.isEmpty() && !receivers.isEmpty()) {
      noteSome(senders, receivers, conditions);
    }
    Set<Id> absent = new TreeSet<>(from.named());
    absent.addAll(to.named());
    lab.replicas().forEach(absent::remove);
    if (!absent.isEmpty()) {
      account.noteOutcome(
          ActionType.NETWORK, ReplicaListText.of(List.copyOf(absent)) + UNTIL_JOINED);
    } else if (senders.isEmpty() || receivers.isEmpty()) {
      account.noteOutcome(
          ActionType.NETWORK, "no links from " + senders + " to " + receivers + " to change");
    }
  }

  /** Records the conditions of the links of a replica that has joined. */
  private void noteJoined(Id replica, LinkEnds from, LinkEnds to, LinkConditions conditions) {
    List<Id> others = lab.replicas().stream().filter(id -> !id.equals(replica)).toList();
    List<Id> receivers = to.present(others);
    List<Id> senders = from.present(others);
    if (from.includes(replica) && !receivers.isEmpty()) {
      noteSome(List.of(replica), receivers, conditions);
    }
    if (to.includes(replica) && !senders.isEmpty()) {
      noteSome(senders, List.of(replica), conditions);
    }
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
