package raftlab.run.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.trace.ReplicaListText;
import raftlab.wire.Id;

/**
 * Cuts and partitions that name replicas which have not joined yet: they apply to the links of such
 * a replica when it joins, unless its links were healed before.
 */
final class PendingCuts {
  private static final String UNTIL_JOINED = " not there yet: its links are cut when it joins";

  /** A cut of links that may still come to exist. */
  static final class PendingCut {
    private final LinkEnds who;
    private final LinkEnds from;
    private final Action.CutDirection direction;
    private final Set<Id> healed = new HashSet<>();

    private PendingCut(LinkEnds who, LinkEnds from, Action.CutDirection direction) {
      this.who = who;
      this.from = from;
      this.direction = direction;
    }

    private List<Id> open(LinkEnds ends, List<Id> replicas) {
      return ends.present(replicas).stream().filter(id -> !healed.contains(id)).toList();
    }
  }

  private final Lab lab;
  private final FaultRecorder faultRecorder;
  private final List<PendingCut> cuts = new ArrayList<>();

  /** The groups of the partition, if some of its replicas have not joined. */
  private @Nullable List<Set<Id>> groups;

  PendingCuts(Lab lab, FaultRecorder faultRecorder) {
    this.lab = lab;
    this.faultRecorder = faultRecorder;
    lab.links().onReplicaAdded(this::joined);
  }

  /** Keeps a cut of these from those; {@code from} may be all others. */
  PendingCut add(LinkEnds who, LinkEnds from, Action.CutDirection direction) {
    PendingCut cut = new PendingCut(who, from, direction);
    List<Id> absent = absent(who.named(), from.named());
    if (!absent.isEmpty()) {
      cuts.add(cut);
      note(ActionType.CUT, absent);
    }
    return cut;
  }

  /** A partition replaces all earlier cuts. */
  void partition(List<Set<Id>> into) {
    clear();
    List<Id> absent = absent(into.stream().flatMap(Set::stream).toList(), List.of());
    if (!absent.isEmpty()) {
      groups = into;
      note(ActionType.PARTITION, absent);
    }
  }

  private List<Id> absent(Collection<Id> some, Collection<Id> others) {
    Set<Id> absent = new TreeSet<>(some);
    absent.addAll(others);
    lab.replicas().forEach(absent::remove);
    return List.copyOf(absent);
  }

  private void note(ActionType type, List<Id> absent) {
    faultRecorder.noteOutcome(type, ReplicaListText.of(absent) + UNTIL_JOINED);
  }

  /** All links are healed, or cut in another way. */
  void clear() {
    cuts.clear();
    groups = null;
  }

  /** The links of these replicas are healed. */
  void heal(Collection<Id> healed) {
    cuts.forEach(cut -> cut.healed.addAll(healed));
    if (groups != null) {
      List<Set<Id>> left = new ArrayList<>();
      for (Set<Id> group : groups) {
        Set<Id> rest = new TreeSet<>(group);
        rest.removeAll(healed);
        left.add(rest);
      }
      groups = left;
    }
  }

  /** A cut has ended; returns the replicas whose links it cut. */
  List<Id> end(PendingCut cut) {
    cuts.remove(cut);
    return cut.open(cut.who, lab.replicas());
  }

  private void joined(Id replica) {
    Set<Id> group = groups == null ? null : groupOf(replica, groups);
    if (group != null) {
      Set<Id> others = new TreeSet<>(lab.replicas());
      others.removeAll(group);
      lab.links().heal(List.of(replica));
      faultRecorder.notePlayed(
          ActionType.HEAL,
          FaultRecorder.withTargets(ActionType.HEAL, List.of(replica)),
          "replica " + replica + " connected to all, to be put into its group");
      cut(List.of(replica), List.copyOf(others), Action.CutDirection.BOTH);
    }
    for (PendingCut each : cuts) {
      List<Id> who = each.open(each.who, lab.replicas());
      List<Id> from = new ArrayList<>(each.open(each.from, lab.replicas()));
      from.removeAll(who);
      if (who.contains(replica)) {
        cut(List.of(replica), from, each.direction);
      } else if (!each.from.isAll() && from.contains(replica)) {
        cut(who, List.of(replica), each.direction);
      }
    }
  }

  private static @Nullable Set<Id> groupOf(Id replica, List<Set<Id>> groups) {
    return groups.stream().filter(group -> group.contains(replica)).findFirst().orElse(null);
  }

  /** Cuts these links, and records that. */
  void cut(List<Id> who, List<Id> from, Action.CutDirection direction) {
    if (who.isEmpty() || from.isEmpty()) {
      return;
    }
    faultRecorder.notePlayed(
        ActionType.CUT,
        FaultRecorder.withTargets(
            ActionType.CUT, who, new Action.Cut(FaultRecorder.selectorOf(from), direction)),
        ReplicaListText.of(who) + inWords(direction) + ReplicaListText.of(from));
    apply(who, from, direction);
  }

  /** Cuts these links. */
  void apply(List<Id> who, List<Id> from, Action.CutDirection direction) {
    switch (direction) {
      case BOTH -> lab.links().cut(who, from, true);
      case OUT -> lab.links().cut(who, from, false);
      case IN -> lab.links().cut(from, who, false);
    }
  }

  /** What a cut in this direction does, in words. */
  static String inWords(Action.CutDirection direction) {
    return switch (direction) {
      case BOTH -> " cut off from ";
      case OUT -> " cannot send to ";
      case IN -> " cannot receive from ";
    };
  }
}
