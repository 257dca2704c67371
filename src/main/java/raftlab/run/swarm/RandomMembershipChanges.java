package raftlab.run.swarm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
  private static final int LEAST_MEMBERS = 2;

  private final FaultPhase storm;
  private final JsonPrimitive within;

  /**
   * Creates a generator.
   *
   * @param within the time for each change, in seconds
   */
  RandomMembershipChanges(FaultPhase storm, JsonPrimitive within) {
    this.storm = storm;
    this.within = within;
  }

  /** Adds the events. */
  void add() {
    RandomChoices dice = storm.dice(FaultKind.REMOVE);
    List<String> ids =
        dice.shuffled(
            IntStream.range(0, storm.replicas()).mapToObj(i -> Id.of(i).toString()).toList());
    List<String> leave = new ArrayList<>();
    List<String> stay = new ArrayList<>(ids);
    if (storm.has(FaultKind.REMOVE)) {
      int most = Math.min(2, storm.replicas() - LEAST_MEMBERS);
      leave.addAll(ids.subList(0, dice.between(1, most)));
      stay.removeAll(leave);
    }
    leave.forEach(id -> ask(dice, "remove", id));
    RandomChoices adding = storm.dice(FaultKind.ADD);
    for (int i = Math.min(2, storm.times(FaultKind.ADD, adding)); i > 0; i--) {
      ask(adding, "add", null);
    }
    RandomChoices leading = storm.dice(FaultKind.TRANSFER);
    for (int i = Math.min(4, storm.times(FaultKind.TRANSFER, leading)); i > 0; i--) {
      ask(leading, "transfer", stay.get(leading.between(0, stay.size() - 1)));
    }
  }

  private void ask(RandomChoices dice, String type, String who) {
    JsonObject event = storm.at(dice.between(0, storm.millis()), type, who);
    event.add("within", within);
  }
}
