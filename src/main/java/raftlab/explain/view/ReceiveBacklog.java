package raftlab.explain.view;

import java.util.HashMap;
import java.util.Map;
import raftlab.wire.Id;

/**
 * Which of the messages that were delivered to a replica it has read. A process without a
 * processor, or with a long queue of messages, reads late. A datagram socket keeps their order, so
 * the answer to one shows that all before it were read.
 */
public final class ReceiveBacklog {
  /** A process with a processor of its own has read a message after this time. */
  private static final long MAX_DELAY_MICROS = 500_000;

  /** A replica that receives more in a second may not read as fast. */
  private static final int MANY = 1_000;

  private static final long SECOND = 1_000_000;

  private static final class Arrivals {
    private long second;
    private int before;
    private int now;

    void add(long atMicros) {
      long current = Math.floorDiv(atMicros, SECOND);
      if (current != second) {
        before = current == second + 1 ? now : 0;
        now = 0;
        second = current;
      }
      now++;
    }

    /** Whether many came in this second or the one before. */
    boolean areMany(long atMicros) {
      long since = Math.floorDiv(atMicros, SECOND) - second;
      return since == 0 && Math.max(before, now) > MANY || since == 1 && now > MANY;
    }
  }

  private final Map<Id, Arrivals> arrivals = new HashMap<>();
  private final Map<Id, Long> readUntil = new HashMap<>();

  /** A message was delivered to a replica. */
  public void delivered(Id to, long atMicros) {
    arrivals.computeIfAbsent(to, id -> new Arrivals()).add(atMicros);
  }

  /** A replica answered what was delivered to it at this time. */
  public void answered(Id replica, long deliveredMicros) {
    readUntil.merge(replica, deliveredMicros, Math::max);
  }

  /** A replica was started: its queue is empty. */
  public void started(Id replica) {
    arrivals.remove(replica);
  }

  /** Whether a replica has surely read by now what was delivered to it at this time. */
  public boolean hasRead(ReplicaView replica, long deliveredMicros, long nowMicros) {
    if (readUntil.getOrDefault(replica.id(), ReplicaView.NEVER) >= deliveredMicros) {
      return true;
    }
    Arrivals received = arrivals.get(replica.id());
    return nowMicros - Math.max(deliveredMicros, replica.disturbedAt()) > MAX_DELAY_MICROS
        && (received == null || !received.areMany(nowMicros));
  }
}
