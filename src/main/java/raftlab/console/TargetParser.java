package raftlab.console;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.wire.Id;

/** Finds out which replicas a person's words mean. */
final class TargetParser {
  static final String LEADER = "leader";
  static final String ALL = "all";
  static final String RANDOM = "random";
  static final String REST = "rest";

  private final LiveCluster cluster;
  private final Lab lab;

  TargetParser(LiveCluster cluster) {
    this.cluster = cluster;
    this.lab = cluster.lab();
  }

  /** One replica by its ID: {@code 2}, {@code 02} and {@code @0002} are all 0002. */
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
    throw CommandArguments.wrong(word, expected, id == null ? alsoKnown : List.of());
  }

  /** The ID that is meant, be there such a replica or not; null if this is no ID. */
  static Id idOf(String word) {
    String digits = word.startsWith("@") ? word.substring(1) : word;
    if (!digits.matches("[0-9A-Fa-f]{1,4}")) {
      return null;
    }
    return Id.parse("0".repeat(4 - digits.length()) + digits.toUpperCase(Locale.ROOT));
  }

  /** The known leader; a mistake if there is none. */
  Id leader() {
    if (lab.leader().isBroadcast()) {
      throw new CommandException("no leader is known at present; `wait leader` waits for one");
    }
    return lab.leader();
  }

  /** The replicas that are to be crashed; each of them runs. */
  Set<Id> victims(List<CommandWord> words) {
    Set<Id> victims = new LinkedHashSet<>();
    for (CommandWord word : words) {
      switch (word.text()) {
        case LEADER -> victims.add(leader());
        case ALL -> lab.replicas().stream().filter(lab::runs).forEach(victims::add);
        case RANDOM -> {
          List<Id> left = lab.ready().stream().filter(id -> !victims.contains(id)).toList();
          if (!left.isEmpty()) {
            victims.add(left.get(cluster.random().nextInt(left.size())));
          }
        }
        default -> {
          Id id = replica(word.text(), List.of(LEADER, ALL, RANDOM));
          if (!lab.runs(id)) {
            throw new CommandException(
                "found " + id + ", expected a replica that runs; `status` shows them");
          }
          victims.add(id);
        }
      }
    }
    if (victims.isEmpty()) {
      throw new CommandException("no replica runs; `start` starts them again");
    }
    return victims;
  }

  /** The replicas that are to be started anew, whether they run or not. */
  Set<Id> anyState(List<CommandWord> words) {
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
    return lab.standing(id) != MembershipStatus.REMOVED;
  }

  private Id random(List<Id> ids) {
    if (ids.isEmpty()) {
      throw new CommandException("no replica is up; `restart all` starts them again");
    }
    return ids.get(cluster.random().nextInt(ids.size()));
  }

  /** A member of the cluster that is to leave it, whether it runs or not. */
  Id member(String word) {
    return switch (word) {
      case LEADER -> leader();
      case RANDOM -> random(lab.ready().stream().filter(lab.members()::contains).toList());
      default -> {
        Id id = replica(word, List.of(LEADER, RANDOM));
        if (lab.standing(id) == MembershipStatus.REMOVED) {
          throw new CommandException(
              "found " + id + ", which was removed already; `crash " + id + "` ends it");
        }
        yield id;
      }
    };
  }

  /**
   * The groups of a partition, as they were written: {@code 0 1 | 2 3 4}. A single group is cut off
   * from the rest; of several, whoever is in none is alone.
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
              "found a group without members, expected IDs on both sides of |, such as: partition 0 1 | 2 3 4");
        } else {
          Id id = word.equals(LEADER) ? leader() : replica(word, List.of(LEADER, REST));
          if (!placed.add(id)) {
            throw new CommandException(
                "found " + id + " twice, expected each replica in one group");
          }
          members.add(id);
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
          "found all replicas in one group, expected two groups at least; `heal` makes the network whole");
    }
    return groups;
  }
}
