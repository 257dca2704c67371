package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.file.ActionJson;
import raftlab.wire.Id;

/**
 * The phase of a random scenario with faults; collects its events. Each temporary fault ends before
 * the phase does, except those that a message triggers.
 *
 * <p>No event waits for a leader, since it could then happen in the recovery phase. Instead the
 * current leader gets the name {@code @king} from time to time, and events target that name.
 */
final class FaultPhase {
  /** The name of the current leader. */
  static final String NAMED_LEADER = "@king";

  private static final int RENAME_INTERVAL_MILLIS = 700;
  private static final int ONCE_EXTRA_MILLIS = 8_000;

  private final long seed;
  private final Set<FaultKind> kinds;
  private final int replicas;
  private final int millis;
  private final List<JsonObject> events = new ArrayList<>();
  private final List<JsonObject> triggered = new ArrayList<>();

  /** Creates a phase of this many milliseconds without events. */
  FaultPhase(long seed, Set<FaultKind> kinds, int replicas, int millis) {
    this.seed = seed;
    this.kinds = kinds;
    this.replicas = replicas;
    this.millis = millis;
    JsonObject choose = at(RENAME_INTERVAL_MILLIS, "choose", "leader");
    choose.addProperty("as", NAMED_LEADER.substring(1));
    choose.add("every", ActionJson.seconds(RENAME_INTERVAL_MILLIS * 1000L));
    choose.add("last", ActionJson.seconds(millis * 1000L));
  }

  boolean has(FaultKind kind) {
    return kinds.contains(kind);
  }

  /** Returns the random choices of a kind. */
  RandomChoices random(FaultKind kind) {
    return new RandomChoices(seed, kind.name());
  }

  /** Returns the number of initial replicas. */
  int replicas() {
    return replicas;
  }

  /** Returns how long the phase lasts, in milliseconds. */
  int millis() {
    return millis;
  }

  /**
   * Returns the time for a change that is asked for once: until replicas are up in the recovery
   * phase, so that it has been asked for, but not until that phase ends.
   */
  JsonPrimitive onceSeconds(int atMillis) {
    return ActionJson.seconds((millis - atMillis + ONCE_EXTRA_MILLIS) * 1000L);
  }

  /** Returns how often a fault of this kind happens, if the kind is on. */
  int times(FaultKind kind, RandomChoices dice) {
    return has(kind) ? dice.between(1, Math.max(1, millis / 1500)) : 0;
  }

  /** Adds an event at this time; {@code who} is omitted if it is null. */
  JsonObject at(int atMillis, String type, @Nullable String who) {
    JsonObject event = event(type, who);
    event.add("time", ActionJson.seconds(atMillis * 1000L));
    events.add(event);
    return event;
  }

  /** Adds an event at a random time, with this duration. */
  JsonObject during(RandomChoices dice, String type, @Nullable String who, int forMillis) {
    int lasting = Math.min(forMillis, millis - 1);
    JsonObject event = at(dice.between(0, millis - lasting), type, who);
    event.add("for", ActionJson.seconds(lasting * 1000L));
    return event;
  }

  /** Adds an event from this time on, with this duration; both are cut at the end of the phase. */
  JsonObject from(int atMillis, String type, @Nullable String who, int forMillis) {
    int from = Math.max(0, Math.min(atMillis, millis - 2));
    JsonObject event = at(from, type, who);
    event.add("for", ActionJson.seconds(Math.min(forMillis, millis - 1 - from) * 1000L));
    return event;
  }

  /** Adds an event at a random time with a random duration. */
  JsonObject during(RandomChoices dice, String type, @Nullable String who) {
    return during(dice, type, who, dice.duration(millis * 2 / 3));
  }

  /** Adds an event that a message triggers. */
  JsonObject triggered(String type, @Nullable String who) {
    JsonObject event = event(type, who);
    triggered.add(event);
    return event;
  }

  /** Whether a message may trigger a fault, perhaps after this phase. */
  boolean hasTriggers() {
    return !triggered.isEmpty();
  }

  private static JsonObject event(String type, @Nullable String who) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    if (who != null) {
      event.addProperty("who", who);
    }
    return event;
  }

  /** Draws the target of an event. */
  String randomTargets(RandomChoices dice) {
    return switch (dice.between(0, 9)) {
      case 0, 1, 2 -> "random";
      case 3 -> dice.between(1, replicas) + " random";
      case 4, 5 -> randomReplica(dice);
      case 6 -> "old_leader";
      default -> NAMED_LEADER;
    };
  }

  /** Draws several replicas at once: a majority, one fewer, or any number. */
  String severalReplicas(RandomChoices dice) {
    int majority = replicas / 2 + 1;
    return dice.any(majority, Math.max(2, majority - 1), dice.between(2, replicas)) + " random";
  }

  /** Draws one of the initial replicas. */
  String randomReplica(RandomChoices dice) {
    return Id.of(dice.between(0, replicas - 1)).toString();
  }

  /** Draws the groups of a partition. */
  JsonArray groups(RandomChoices dice) {
    JsonArray groups = new JsonArray();
    int majority = replicas / 2 + 1;
    switch (dice.between(0, 3)) {
      case 0 -> {
        return isolated(NAMED_LEADER);
      }
      case 1 -> {
        groups.add(dice.any(majority, replicas - majority) + " random");
        groups.add("rest");
      }
      case 2 -> {
        groups.add(list(NAMED_LEADER, dice.any(majority - 1, replicas - majority) + " random"));
        groups.add("rest");
      }
      default -> {
        int parts = dice.between(2, 3);
        List<JsonArray> drawn = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
          drawn.add(new JsonArray());
        }
        for (int i = 0; i < replicas; i++) {
          drawn.get(dice.between(0, parts - 1)).add(Id.of(i).toString());
        }
        drawn.stream().filter(group -> !group.isEmpty()).forEach(groups::add);
      }
    }
    return groups;
  }

  /** Returns the groups of a partition that isolates these replicas. */
  static JsonArray isolated(String who) {
    JsonArray groups = new JsonArray();
    groups.add(list(who));
    groups.add("rest");
    return groups;
  }

  private static JsonArray list(String... who) {
    JsonArray list = new JsonArray();
    for (String part : who) {
      list.add(part);
    }
    return list;
  }

  /** Returns all events: first those with a time, in order, then those that messages trigger. */
  JsonArray events() {
    JsonArray all = new JsonArray();
    events.stream().sorted(Comparator.comparing(FaultPhase::time)).forEach(all::add);
    triggered.forEach(all::add);
    return all;
  }

  private static double time(JsonObject event) {
    JsonElement time = event.get("time");
    return time instanceof JsonPrimitive number ? number.getAsDouble() : 0;
  }
}
