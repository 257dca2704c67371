package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Adds and removes replicas of a simulated cluster, and hands leadership over, at random. */
final class SimulatedOperator {
  private static final Id ID = Id.of(300);

  private final SimulatedCluster cluster;
  private final SplittableRandom random;
  private final Set<Integer> touched = new HashSet<>();
  private int mids;
  int done;

  SimulatedOperator(SimulatedCluster cluster, SplittableRandom random) {
    this.cluster = cluster;
    this.random = random;
    cluster.clientInboxes.put(ID, this::receive);
  }

  void act() {
    SimulatedMachine leader = cluster.leader();
    if (leader == null) {
      return;
    }
    int any = random.nextInt(cluster.machines.size());
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        boolean takesBack = random.nextInt(3) == 0 && !touched.isEmpty();
        if (!takesBack && cluster.machines.size() == SimulatedCluster.MOST) {
          return;
        }
        int added = takesBack ? any : cluster.join().number;
        ask(leader, Message.ADD, added);
      }
      case 2 -> ask(leader, Message.REMOVE, any);
      case 3 -> ask(leader, Message.REMOVE, leader.number);
      default -> ask(leader, Message.TRANSFER, any);
    }
  }

  /** Asks the leader for a transfer to any replica. */
  void transfer() {
    SimulatedMachine leader = cluster.leader();
    if (leader != null) {
      ask(leader, Message.TRANSFER, random.nextInt(cluster.machines.size()));
    }
  }

  /** Asks the leader to hand over to this one. */
  void transferTo(SimulatedMachine successor) {
    SimulatedMachine leader = cluster.leader();
    if (leader != null) {
      ask(leader, Message.TRANSFER, successor.number);
    }
  }

  private void ask(SimulatedMachine leader, String type, int about) {
    if (!type.equals(Message.TRANSFER)) {
      touched.add(about);
    }
    JsonObject fields = new JsonObject();
    fields.addProperty("replica", Id.of(about).toString());
    cluster.request(Message.of(ID, leader.id(), Id.BROADCAST, type, "op" + mids++, fields));
  }

  private void receive(Message message) {
    assertThat(message.type()).isIn(Message.OK, Message.FAIL, Message.REDIRECT);
    if (message.type().equals(Message.OK)) {
      done++;
    } else if (message.type().equals(Message.FAIL)) {
      assertThat(message.textOrNull("reason")).isNotBlank();
    }
  }

  /**
   * Whether its addition or removal was never requested, so that it must be a member to the end.
   */
  boolean isSurelyMember(SimulatedMachine machine) {
    return !touched.contains(machine.number);
  }
}
