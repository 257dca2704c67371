package raftlab.run.swarm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Generates membership changes and leadership transfers (§6). They are requested in the fault phase
 * and have time until the recovery.
 *
 * <p>Leadership is never transferred to a replica that is to be removed, since one of the two
 * changes could never be done.
 */
final class RandomMembershipChanges {
  /** The least number of initial replicas that stay members. */
  private static final int MIN_MEMBERS = 2;

  private final FaultPhase faultPhase;
  private final JsonPrimitive within;

  /**
   * Creates a generator.
   *
   * @param within the time for each change, in seconds
   */
  RandomMembershipChanges(FaultPhase faultPhase, JsonPrimitive within) {
    this.faultPhase = faultPhase;
    this.within = within;
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
    leave.forEach(id -> ask(dice, "remove", id));
    RandomChoices adding = faultPhase.random(FaultKind.ADD);
    for (int i = Math.min(2, faultPhase.times(FaultKind.ADD, adding)); i > 0; i--) {
      ask(adding, "add", null);
    }
    RandomChoices leading = faultPhase.random(FaultKind.TRANSFER);
    for (int i = Math.min(4, faultPhase.times(FaultKind.TRANSFER, leading)); i > 0; i--) {
      ask(leading, "transfer", stay.get(leading.between(0, stay.size() - 1)));
    }
  }

  private void ask(RandomChoices dice, String type, @Nullable String who) {
    JsonObject event = faultPhase.at(dice.between(0, faultPhase.millis()), type, who);
    event.add("within", within);
  }
}
