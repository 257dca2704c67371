package raftlab.run.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.run.lab.Lab;
import raftlab.scenario.TargetSelector;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Resolves the targets of an action, such as {@code leader} or {@code 2 random}, to IDs. */
public final class TargetResolver {
  /**
   * The message that triggered an action; both null if there is none.
   *
   * @param from the sender
   * @param to the receiver
   */
  public record TriggerMessage(@Nullable Id from, @Nullable Id to) {
    /** No message. */
    public static final TriggerMessage NONE = new TriggerMessage(null, null);

    static TriggerMessage message(Id from, Message message) {
      return new TriggerMessage(from, message.dst());
    }
  }

  private final Lab lab;
  private final Map<String, List<Id>> names = new TreeMap<>();
  private @Nullable Id oldLeader;
  private @Nullable Id lastLeader;

  public TargetResolver(Lab lab) {
    this.lab = lab;
    lab.leadership().onChange(this::leaderChanged);
  }

  private void leaderChanged() {
    Id leader = lab.leader().orElse(null);
    if (!Objects.equals(leader, lastLeader)) {
      oldLeader = lastLeader;
      lastLeader = leader;
    }
  }

  /** Returns the last leader that was known; empty if there never was one. */
  public Optional<Id> lastLeader() {
    return Optional.ofNullable(lastLeader);
  }

  /** Gives a name to these replicas. */
  void assignName(String name, Collection<Id> chosen) {
    names.put(name, List.copyOf(chosen));
  }

  /** Returns the replicas of this name; empty if the name was never given. */
  List<Id> replicasNamed(String name) {
    return names.getOrDefault(name, List.of());
  }

  /**
   * Returns the targets at this moment, in the order of the selector; empty if there are none.
   *
   * @param taken replicas that were chosen already, for {@code rest} and random choices
   */
  public List<Id> choose(
      TargetSelector who, TriggerMessage at, Collection<Id> taken, RandomGenerator random) {
    Set<Id> chosen = new LinkedHashSet<>();
    for (TargetSelector.SelectorPart part : who.parts()) {
      Set<Id> used = new LinkedHashSet<>(taken);
      used.addAll(chosen);
      chosen.addAll(choose(part, at, used, random));
    }
    return List.copyOf(chosen);
  }

  private List<Id> choose(
      TargetSelector.SelectorPart part, TriggerMessage at, Set<Id> used, RandomGenerator random) {
    Id leader = lab.leader().orElse(null);
    int count = Math.max(1, part.count());
    int majority = lab.members().size() / 2 + 1;
    int minority = lab.members().size() - majority;
    return switch (part.kind()) {
      case LEADER -> known(leader);
      case OLD_LEADER -> known(oldLeader);
      case NON_LEADER -> randomSubset(followers(used), count, random);
      case RANDOM -> randomSubset(living(id -> !used.contains(id)), count, random);
      case ALL -> lab.replicas().stream().filter(lab::isRunning).toList();
      case CRASHED -> first(lab.down(), part.count());
      case PAUSED -> lab.replicas().stream().filter(lab::isPaused).toList();
      case MAJORITY_WITH_LEADER ->
          withLeader(leader, randomSubset(followers(used), majority - 1, random));
      case MAJORITY_WITHOUT_LEADER -> randomSubset(followers(used), majority, random);
      case MINORITY_WITH_LEADER ->
          withLeader(leader, randomSubset(followers(used), minority - 1, random));
      case MINORITY_WITHOUT_LEADER -> randomSubset(followers(used), minority, random);
      case REST -> rest(part.count(), used, random);
      case SENDER -> replica(at.from());
      case RECEIVER -> replica(at.to());
      case ID -> lab.replicas().stream().filter(id -> id.toString().equals(part.name())).toList();
      case NAME -> replicasNamed(part.name());
    };
  }

  /** Returns the replicas that a selector names by their IDs and that have not joined. */
  List<Id> absent(TargetSelector who) {
    return who.ids().stream().filter(id -> !lab.replicas().contains(id)).distinct().toList();
  }

  private List<Id> living(Predicate<Id> which) {
    return lab.members().stream().filter(id -> lab.isRunning(id) && which.test(id)).toList();
  }

  private List<Id> followers(Set<Id> used) {
    return living(id -> !used.contains(id) && !lab.isLeader(id));
  }

  private List<Id> rest(int count, Set<Id> used, RandomGenerator random) {
    List<Id> rest = living(id -> !used.contains(id));
    return count == 0 ? rest : randomSubset(rest, count, random);
  }

  private static List<Id> known(@Nullable Id id) {
    return id == null ? List.of() : List.of(id);
  }

  private List<Id> replica(@Nullable Id id) {
    return id != null && lab.replicas().contains(id) ? List.of(id) : List.of();
  }

  private static List<Id> first(List<Id> ids, int count) {
    return count == 0 ? ids : ids.subList(0, Math.min(count, ids.size()));
  }

  private static List<Id> withLeader(@Nullable Id leader, List<Id> others) {
    List<Id> all = new ArrayList<>(known(leader));
    all.addAll(others);
    return all;
  }

  /** Returns {@code count} random elements in ascending order; all if there are fewer. */
  private static List<Id> randomSubset(List<Id> from, int count, RandomGenerator random) {
    List<Id> shuffled = new ArrayList<>(from);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled.stream().limit(Math.max(0, count)).sorted().toList();
  }
}
