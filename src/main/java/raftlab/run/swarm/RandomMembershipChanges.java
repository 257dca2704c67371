package raftlab.run.swarm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.file.ActionJson;
import raftlab.wire.Id;

/**
 * Generates membership changes and leadership transfers (§6). They are requested in the fault phase
 * and have time until the recovery.
 *
 * <p>A change is asked for until it is done, or once. Leadership is transferred only once to a
 * replica that is to be removed, since one of the two changes could never be done.
 */
final class RandomMembershipChanges {
  /** The least number of initial replicas that stay members. */
  private static final int MIN_MEMBERS = 2;

  /** The longest fault that a message triggers: it may come in the recovery phase. */
  private static final int TRIGGERED_MILLIS = 1_000;

  private final FaultPhase faultPhase;
  private final JsonPrimitive within;
  private final List<String> removed = new ArrayList<>();
  private int added;

  /**
   * Creates a generator.
   *
   * @param within the time for each change, in seconds
   */
  RandomMembershipChanges(FaultPhase faultPhase, JsonPrimitive within) {
    this.faultPhase = faultPhase;
    this.within = within;
  }

  /** Returns the replicas that are to be removed. */
  List<String> removed() {
    return removed;
  }

  /** Returns how many members there are in the end. */
  int members() {
    return faultPhase.replicas() - removed.size() + added;
  }

  /** Adds the events. */
  void add() {
    RandomChoices dice = faultPhase.random(FaultKind.REMOVE);
    List<String> ids =
        dice.shuffled(
            IntStream.range(0, faultPhase.replicas()).mapToObj(i -> Id.of(i).toString()).toList());
    List<String> leave = new ArrayList<>();
    List<String> stay = new ArrayList<>(ids);
    if (faultPhase.has(FaultKind.REMOVE)) {
      int most = Math.min(2, faultPhase.replicas() - MIN_MEMBERS);
      leave.addAll(ids.subList(0, dice.between(1, most)));
      stay.removeAll(leave);
    }
    leave.forEach(id -> remove(dice, id));
    removed.addAll(leave);
    addReplicas();
    transfers(ids, stay);
  }

  /**
   * Removes a replica. It may become leader first, and may be asked for once before: that request
   * may get lost with its leader, and its entry be deleted.
   */
  private void remove(RandomChoices dice, String id) {
    int at = dice.between(0, faultPhase.millis());
    if (dice.chance(0.4)) {
      askOnce("transfer", id, Math.max(0, at - dice.between(10, 500)));
    }
    if (dice.chance(0.5)) {
      askOnce("remove", id, at);
      interrupt(dice, at);
      at = dice.between(at, faultPhase.millis());
    }
    ask("remove", id, at);
    interrupt(dice, at);
  }

  /** Adds replicas; some stay learners for long, since they are slow or cut off. */
  private void addReplicas() {
    RandomChoices dice = faultPhase.random(FaultKind.ADD);
    int count = Math.min(2, faultPhase.times(FaultKind.ADD, dice));
    int[] times =
        IntStream.range(0, count).map(i -> dice.between(0, faultPhase.millis())).toArray();
    Arrays.sort(times);
    added = count;
    for (int i = 0; i < count; i++) {
      ask("add", null, times[i]);
      interrupt(dice, times[i]);
      if (dice.chance(0.5)) {
        String learner = Id.of(faultPhase.replicas() + i).toString();
        int from = times[i] + dice.between(1, dice.any(20, 300));
        int lasting = dice.between(200, 4_000);
        if (dice.chance(0.5)) {
          faultPhase.from(from, "cut", learner, lasting);
        } else {
          faultPhase.from(from, "slow", learner, lasting).add("delay", dice.seconds(100, 900));
        }
      }
    }
  }

  private void transfers(List<String> all, List<String> stay) {
    RandomChoices dice = faultPhase.random(FaultKind.TRANSFER);
    for (int i = Math.min(4, faultPhase.times(FaultKind.TRANSFER, dice)); i > 0; i--) {
      int at = dice.between(0, faultPhase.millis());
      if (dice.chance(0.5)) {
        askOnce("transfer", all.get(dice.between(0, all.size() - 1)), at);
      } else {
        ask("transfer", stay.get(dice.between(0, stay.size() - 1)), at);
      }
      interrupt(dice, at);
    }
  }

  private void ask(String type, @Nullable String who, int at) {
    faultPhase.at(at, type, who).add("within", within);
  }

  /** Asks with one request. */
  private void askOnce(String type, String who, int at) {
    JsonObject event = faultPhase.at(at, type, who);
    event.addProperty("once", true);
    event.add("within", faultPhase.onceSeconds(at));
  }

  /** Adds a fault in the middle of a change that begins at this time. */
  private void interrupt(RandomChoices dice, int at) {
    if (!faultPhase.has(FaultKind.INTERRUPTED)) {
      return;
    }
    switch (dice.between(0, 3)) {
      case 0 ->
          faultPhase
              .from(at + dice.between(0, 50), "partition", null, dice.between(200, 2_000))
              .add("groups", FaultPhase.isolated(FaultPhase.NAMED_LEADER));
      case 1 -> {
        JsonObject late =
            faultPhase.from(at - dice.between(0, 50), "network", null, dice.between(200, 1_500));
        late.addProperty(dice.any("from", "to"), FaultPhase.NAMED_LEADER);
        late.add("delay", dice.seconds(50, 500));
      }
      default -> interruptAtMessage(dice, at);
    }
  }

  private void interruptAtMessage(RandomChoices dice, int at) {
    JsonObject event =
        faultPhase.triggered(
            dice.any("crash", "crash", "pause", "cut"), dice.any("sender", "sender", "receiver"));
    event.add("for", dice.seconds(1, TRIGGERED_MILLIS));
    JsonObject on = new JsonObject();
    on.addProperty("from", "leader");
    on.addProperty("to", "replica");
    on.addProperty("nth", dice.any(1, 1, 2, dice.between(1, 8)));
    on.add("after", ActionJson.seconds(at * 1000L));
    if (dice.chance(0.5)) {
      on.addProperty("lose", true);
    }
    event.add("on", on);
  }
}
