package raftlab.run.traffic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Sends requests all the time, as the course's clients do, for replicas with timers that only run
 * while messages arrive. It asks the leader every other time, if one is known, and each replica in
 * turn. It puts its key until the answer is ok, each time with another value; from then on it gets
 * the key. Its requests are not judged.
 */
final class BackgroundClient {
  /** The time between two requests. */
  private static final long INTERVAL_MICROS = 50_000;

  private static final String KEY = "background";

  private final Id id;
  private final Lab lab;
  private final RandomGenerator random;
  private boolean isPut;
  private long asked;
  private int next;

  BackgroundClient(Id id, Lab lab, long seed) {
    this.id = id;
    this.lab = lab;
    this.random = SeededGenerators.generator(seed, "background", 0);
    lab.unjudgedMessages().setClient(id, answer -> isPut |= answer.type().equals(Message.OK));
  }

  /** Sends one request and schedules the next. */
  void ask() {
    Id leader = lab.leader().orElse(Id.BROADCAST); // as its requests name it
    Id to = asked++ % 2 == 0 && isReachable(leader) ? leader : nextInTurn();
    if (to != null) {
      String mid = Long.toHexString(random.nextLong());
      lab.unjudgedMessages()
          .ask(
              isPut
                  ? Message.get(id, to, leader, mid, KEY)
                  : Message.put(id, to, leader, mid, KEY, "of client " + id + ", " + asked));
    }
    lab.scheduleAt(lab.nowMicros() + INTERVAL_MICROS, this::ask);
  }

  private boolean isReachable(Id replica) {
    return lab.state(replica) == ReplicaState.READY;
  }

  private @Nullable Id nextInTurn() {
    List<Id> reachable = lab.members().stream().filter(this::isReachable).toList();
    return reachable.isEmpty() ? null : reachable.get(next++ % reachable.size());
  }
}
