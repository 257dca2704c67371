package raftlab.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.TargetSelector.SelectorKind;
import raftlab.wire.Id;

/** Resolves a user's words to replicas. */
final class TargetParser {
  static final String LEADER = "leader";
  static final String OLD_LEADER = "old_leader";
  static final String ALL = "all";
  static final String RANDOM = "random";
  static final String REST = "rest";

  private final LiveCluster cluster;
  private final Lab lab;

  TargetParser(LiveCluster cluster) {
    this.cluster = cluster;
    this.lab = cluster.lab();
  }

  /** A replica by its ID: {@code 2}, {@code 02} and {@code @0002} are all 0002. */
  Id replica(String word) {
    return replica(word, List.of());
  }

  private Id replica(String word, List<String> alsoKnown) {
    Id id = idOf(word);
    if (id != null && lab.replicas().contains(id)) {
      return id;
    }
    List<Id> all = lab.replicas();
    String expected =
        "a replica's ID from "
            + all.get(0)
            + " to "
            + all.get(all.size() - 1)
            + (alsoKnown.isEmpty() ? "" : ", or " + String.join(", ", alsoKnown));
    throw CommandArguments.invalidWord(word, expected, id == null ? alsoKnown : List.of());
  }

  /** One replica: by its ID, or the leader, or the leader before. */
  Id oneReplica(String word) {
    if (word.equals(OLD_LEADER)) {
      List<Id> old =
          cluster.actions().choose(TargetSelector.of(SelectorKind.OLD_LEADER), List.of());
      if (old.isEmpty()) {
        throw new CommandException("there was no other leader before");
      }
      return old.get(0);
    }
    return word.equals(LEADER) ? leader() : replica(word, List.of(LEADER, OLD_LEADER));
  }

  /** A replica, the leader, or a client by its ID. */
  Id anyone(String word) {
    if (word.equals(LEADER)) {
      return leader();
    }
    Id id = idOf(word);
    return id != null && lab.trace().header().clients().contains(id)
        ? id
        : replica(word, List.of(LEADER));
  }

  /** The ID in this word, whether such a replica exists or not; null if it isn't an ID. */
  static @Nullable Id idOf(String word) {
    String digits = word.startsWith("@") ? word.substring(1) : word;
    if (!digits.matches("[0-9A-Fa-f]{1,4}")) {
      return null;
    }
    return Id.parse("0".repeat(4 - digits.length()) + digits.toUpperCase(Locale.ROOT));
  }

  /** The known leader; throws if there is none. */
  Id leader() {
    return lab.leader()
        .orElseThrow(() -> new CommandException("no leader is known; `wait leader` waits for one"));
  }

  /** A selector of these replicas. */
  static TargetSelector selector(Collection<Id> ids) {
    return new TargetSelector(
        ids.stream()
            .map(id -> new TargetSelector.SelectorPart(SelectorKind.ID, 0, id.toString()))
            .toList());
  }

  /** An action without settings on these replicas. */
  static Action action(ActionType type, Collection<Id> ids) {
    Action.Detail detail = type == ActionType.CRASH ? new Action.Crash(false) : new Action.Plain();
    return new Action(type, selector(ids), 1, 0, "", detail);
  }

  /** Whether words of scenarios select the replicas, and not only IDs, leader, all and random. */
  private static boolean isSelector(List<CommandWord> words) {
    return words.stream()
            .anyMatch(
                word ->
                    FaultParser.words().contains(word.text())
                        && !List.of(LEADER, ALL, RANDOM).contains(word.text()))
        || words.size() > 1 && words.get(1).text().equals(RANDOM);
  }

  private List<Id> selected(List<CommandWord> words) {
    TargetSelector selector =
        new FaultParser(lab.replicas()).required(words.stream().map(CommandWord::text).toList());
    if (selector.needsLeader()) {
      leader();
    }
    return cluster.actions().choose(selector, List.of());
  }

  /** The replicas to crash, all of them running. */
  Set<Id> crashTargets(List<CommandWord> words) {
    if (isSelector(words)) {
      Set<Id> selected = new LinkedHashSet<>(selected(words));
      selected.removeIf(id -> !lab.isRunning(id));
      if (selected.isEmpty()) {
        throw new CommandException("found no running replica of these; `status` shows them");
      }
      return selected;
    }
    Set<Id> victims = new LinkedHashSet<>();
    for (CommandWord word : words) {
      switch (word.text()) {
        case LEADER -> victims.add(leader());
        case ALL -> lab.replicas().stream().filter(lab::isRunning).forEach(victims::add);
        case RANDOM -> {
          List<Id> left = lab.ready().stream().filter(id -> !victims.contains(id)).toList();
          if (!left.isEmpty()) {
            victims.add(left.get(cluster.random().nextInt(left.size())));
          }
        }
        default -> {
          Id id = replica(word.text(), List.of(LEADER, ALL, RANDOM));
          if (!lab.isRunning(id)) {
            throw new CommandException(
                "found " + id + ", expected a running replica; `status` shows them");
          }
          victims.add(id);
        }
      }
    }
    if (victims.isEmpty()) {
      throw new CommandException("no replica is running; `start` starts a new cluster");
    }
    return victims;
  }

  /** The replicas to restart, running or not. */
  Set<Id> restartTargets(List<CommandWord> words) {
    if (isSelector(words)) {
      Set<Id> selected = new LinkedHashSet<>(selected(words));
      if (selected.isEmpty()) {
        throw new CommandException("found no replica of these; `status` shows them");
      }
      return selected;
    }
    Set<Id> chosen = new LinkedHashSet<>();
    for (CommandWord word : words) {
      switch (word.text()) {
        case LEADER -> chosen.add(leader());
        case ALL -> lab.replicas().stream().filter(this::isNotRemoved).forEach(chosen::add);
        case RANDOM -> chosen.add(random(lab.ready()));
        default -> chosen.add(replica(word.text(), List.of(LEADER, ALL, RANDOM)));
      }
    }
    return chosen;
  }

  private boolean isNotRemoved(Id id) {
    return lab.membershipStatus(id) != MembershipStatus.REMOVED;
  }

  private Id random(List<Id> ids) {
    if (ids.isEmpty()) {
      throw new CommandException("no replica is ready; `restart all` restarts them");
    }
    return ids.get(cluster.random().nextInt(ids.size()));
  }

  /** A member to remove, running or not. */
  Id removalTarget(String word) {
    return switch (word) {
      case LEADER -> leader();
      case RANDOM -> random(lab.ready().stream().filter(lab.members()::contains).toList());
      default -> {
        Id id = replica(word, List.of(LEADER, RANDOM));
        if (lab.membershipStatus(id) == MembershipStatus.REMOVED) {
          throw new CommandException(
              "found " + id + ", which is already removed; `crash " + id + "` kills it");
        }
        yield id;
      }
    };
  }

  private List<Id> ofGroup(String word, Set<Id> placed) {
    if (word.equals(LEADER)) {
      return List.of(leader());
    } else if (!FaultParser.words().contains(word)) {
      return List.of(replica(word, List.of(LEADER, REST)));
    }
    TargetSelector selector = new FaultParser(lab.replicas()).required(List.of(word));
    if (selector.needsLeader()) {
      leader();
    }
    return cluster.actions().choose(selector, List.copyOf(placed));
  }

  /**
   * The groups of a partition: {@code 0 1 | 2 3 4}. A single group is separated from all other
   * replicas; with several groups, a replica in no group is isolated.
   */
  List<Set<Id>> groups(List<CommandWord> words) {
    List<Set<Id>> groups = new ArrayList<>();
    Set<Id> placed = new TreeSet<>();
    int rest = -1;
    String text = String.join(" ", words.stream().map(CommandWord::text).toList());
    for (String group : text.split("\\|", -1)) {
      Set<Id> members = new TreeSet<>();
      for (String word : group.trim().split("[\\s,]+")) {
        if (word.equals(REST) && rest < 0) {
          rest = groups.size();
        } else if (word.isEmpty()) {
          throw new CommandException(
              "found an empty group, expected IDs on both sides of |, such as: partition 0 1 | 2 3"
                  + " 4");
        } else {
          for (Id id : ofGroup(word, placed)) {
            if (!placed.add(id)) {
              throw new CommandException(
                  "found " + id + " twice, expected each replica in one group");
            }
            members.add(id);
          }
        }
      }
      groups.add(members);
    }
    Set<Id> others = new TreeSet<>(lab.replicas());
    others.removeAll(placed);
    if (rest >= 0) {
      groups.get(rest).addAll(others);
    } else if (groups.size() == 1) {
      groups.add(others);
    } else {
      others.forEach(id -> groups.add(Set.of(id)));
    }
    groups.removeIf(Set::isEmpty);
    if (groups.size() < 2) {
      throw new CommandException(
          "found all replicas in one group, expected at least two groups; `heal` ends a partition");
    }
    return groups;
  }
}
