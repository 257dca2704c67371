package raftlab.run.swarm;

import com.google.gson.JsonObject;
import raftlab.scenario.file.ActionJson;

/**
 * Generates depositions of leaders from which clients still read: another replica is elected while
 * the old leader may rely on its lease (dissertation §6.4.1), and a client writes to the new
 * leader. A read of the old one is then often stale if a rule about leases or votes is violated.
 */
final class RandomDeposedLeaders {
  /** The most depositions of a run. */
  private static final int MAX_TIMES = 3;

  /** The longest fault that a message triggers: it may come in the recovery phase. */
  private static final int MAX_TRIGGERED_MILLIS = 1_000;

  /** The first client that reads from deposed leaders, and the first that writes meanwhile. */
  private static final int FIRST_READER = 101;

  private static final int FIRST_WRITER = 151;

  private final FaultPhase faultPhase;
  private final RandomChoices dice;
  private final boolean transfers;
  private int readers = FIRST_READER;
  private int writers = FIRST_WRITER;

  /** With leaders that are cut off and, if they {@code transfers}, ask others to take over. */
  RandomDeposedLeaders(FaultPhase faultPhase, boolean transfers) {
    this.faultPhase = faultPhase;
    this.transfers = transfers;
    this.dice = faultPhase.random(FaultKind.DEPOSED);
  }

  /** Adds the events. */
  void add() {
    for (int i = Math.min(MAX_TIMES, faultPhase.times(FaultKind.DEPOSED, dice)); i > 0; i--) {
      add("old" + i, dice.between(0, faultPhase.millis() - 2));
    }
  }

  private void add(String name, int at) {
    String leader = "@" + name;
    faultPhase.at(at, "choose", FaultPhase.NAMED_LEADER).addProperty("as", name);
    if (dice.chance(0.6)) {
      // Replicas that have not received from the leader for long may vote at once for another.
      int early = Math.min(at, dice.between(400, 1_500));
      String who = (faultPhase.replicas() - 1) / 2 + " random";
      faultPhase
          .from(at - early, "cut", who, early + dice.between(1, 1_000))
          .addProperty("from", FaultPhase.NAMED_LEADER);
    }
    switch (dice.between(0, 2)) {
      case 0 -> isolate(leader, at);
      case 1 -> isolateAfterRestart(leader, at);
      default -> {
        if (transfers) {
          transfer(leader, at);
        } else {
          isolate(leader, at);
        }
      }
    }
    addRequests(leader, name, at);
  }

  private void isolate(String leader, int at) {
    if (dice.chance(0.4)) {
      faultPhase.at(at, "restart", faultPhase.severalReplicas(dice));
    }
    if (dice.chance(0.3)) {
      delayReplies(leader, at);
    }
    faultPhase
        .from(at, "partition", null, dice.between(400, 2_000))
        .add("groups", FaultPhase.isolated(leader));
  }

  /** A follower restarts as soon as it has answered the leader, which is then cut off. */
  private void isolateAfterRestart(String leader, int at) {
    faultPhase.triggered("restart", "sender").add("on", reply(leader, at));
    JsonObject cut = faultPhase.triggered("cut", "receiver");
    cut.add("for", dice.seconds(300, MAX_TRIGGERED_MILLIS));
    cut.add("on", reply(leader, at));
  }

  private static JsonObject reply(String leader, int at) {
    JsonObject on = new JsonObject();
    on.addProperty("message", "appendReply");
    on.addProperty("from", "non_leader");
    on.addProperty("to", leader);
    on.add("after", ActionJson.seconds(at * 1000L));
    return on;
  }

  /** The leader asks another replica to take over, and receives replies late. */
  private void transfer(String leader, int at) {
    delayReplies(leader, at);
    JsonObject transfer = faultPhase.at(at + 1, "transfer", faultPhase.randomReplica(dice));
    transfer.addProperty("once", true);
    transfer.add("within", faultPhase.onceSeconds(at));
  }

  private void delayReplies(String leader, int at) {
    JsonObject late = faultPhase.from(at, "network", null, dice.between(300, 1_500));
    late.addProperty("to", leader);
    late.add("delay", dice.seconds(50, 400));
  }

  private void addRequests(String leader, String key, int at) {
    int most = dice.any(400, 700, 1_200);
    for (int i = dice.between(2, 6); i > 0; i--) {
      request("put", key, at + dice.between(0, most), writers++);
    }
    for (int i = dice.between(4, 12); i > 0; i--) {
      request("get", key, at + dice.between(0, most), readers++).addProperty("to", leader);
    }
  }

  private JsonObject request(String type, String key, int at, int client) {
    JsonObject request = faultPhase.at(Math.min(at, faultPhase.millis()), type, null);
    request.addProperty("key", key);
    request.addProperty("asker", client);
    return request;
  }
}
