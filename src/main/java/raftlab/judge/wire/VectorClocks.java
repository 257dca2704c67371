package raftlab.judge.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Vector clocks of the replicas: which replica can know of which events, from the messages that
 * were delivered to it and that it sent. Moments are indices in the trace.
 *
 * <p>Where the trace leaves open what a replica knows, it is assumed to know more. So a replica
 * that is accused of not knowing an event can't have known it.
 */
final class VectorClocks {
  /** The knowledge of a message's sender, while the message is in transit. */
  private record ClockSnapshot(int[] snapshot, int[][] knownSnapshots) {}

  /** {@code known[a][b]}: the last time that b received something of which a knows. */
  private int[][] known;

  /** A copy of a replica's row of {@link #known} while the row doesn't change; immutable. */
  private int[][] snapshots;

  /** {@code knownSnapshots[a][b]}: the newest snapshot of b of which a knows; null for none. */
  private int[][][] knownSnapshots;

  /** {@code contact[a][b]}: when information from b last reached a, perhaps through others. */
  private long[][] contact;

  private final Map<Long, ClockSnapshot> underWay = new HashMap<>();

  VectorClocks(int replicas) {
    known = new int[replicas][replicas];
    snapshots = new int[replicas][];
    knownSnapshots = new int[replicas][replicas][];
    contact = new long[replicas][replicas];
    for (long[] row : contact) {
      Arrays.fill(row, Long.MIN_VALUE);
    }
  }

  /** Adds a replica. */
  void replicaAdded() {
    int count = known.length + 1;
    VectorClocks larger = new VectorClocks(count);
    for (int a = 0; a < count - 1; a++) {
      System.arraycopy(known[a], 0, larger.known[a], 0, count - 1);
      System.arraycopy(contact[a], 0, larger.contact[a], 0, count - 1);
      for (int b = 0; b < count - 1; b++) {
        larger.knownSnapshots[a][b] =
            knownSnapshots[a][b] == null ? null : Arrays.copyOf(knownSnapshots[a][b], count);
      }
    }
    underWay.replaceAll(
        (number, frozen) -> {
          int[][] grown = Arrays.copyOf(frozen.knownSnapshots, count);
          for (int b = 0; b < count; b++) {
            grown[b] = grown[b] == null ? null : Arrays.copyOf(grown[b], count);
          }
          return new ClockSnapshot(Arrays.copyOf(frozen.snapshot, count), grown);
        });
    known = larger.known;
    snapshots = larger.snapshots;
    knownSnapshots = larger.knownSnapshots;
    contact = larger.contact;
  }

  /** Notes that a client sent this replica a request. */
  void requestReceived(int replica, int now) {
    known[replica][replica] = now;
    snapshots[replica] = null;
  }

  private int[] snapshot(int replica) {
    if (snapshots[replica] == null) {
      snapshots[replica] = known[replica].clone();
    }
    return snapshots[replica];
  }

  /** Notes that a message that was just sent is delayed. */
  void delayed(long number, int from) {
    underWay.put(number, new ClockSnapshot(snapshot(from), knownSnapshots[from].clone()));
  }

  /** Notes that a message was dropped. */
  void lost(long number) {
    if (!underWay.isEmpty()) {
      underWay.remove(number);
    }
  }

  /** Notes that a message was delivered. */
  void delivered(long number, int from, int to, int now, long micros) {
    ClockSnapshot frozen = underWay.isEmpty() ? null : underWay.remove(number);
    int[] sent = frozen == null ? snapshot(from) : frozen.snapshot;
    int[][] theirs = frozen == null ? knownSnapshots[from] : frozen.knownSnapshots;
    int[][] ours = knownSnapshots[to];
    int[] row = known[to];
    long[] ownContact = contact[to];
    long[] senderContact = contact[from];
    for (int k = 0; k < row.length; k++) {
      row[k] = Math.max(row[k], sent[k]);
      ownContact[k] = Math.max(ownContact[k], senderContact[k]);
      int[] knownRow = k == from ? sent : theirs[k];
      if (knownRow != null && (ours[k] == null || knownRow[k] > ours[k][k])) {
        ours[k] = knownRow;
      }
    }
    ownContact[from] = micros;
    row[to] = now;
    snapshots[to] = null;
  }

  /**
   * Whether {@code who} can know that {@code whom} knows of the request that {@code origin} got
   * then.
   */
  boolean knowsThatKnows(int who, int whom, int origin, int then) {
    if (who == whom) {
      return known[who][origin] >= then;
    }
    int[] knownRow = knownSnapshots[who][whom];
    return knownRow != null && knownRow[origin] >= then;
  }

  /** Returns when information from {@code whom} last reached {@code who}, in microseconds. */
  long lastContactMicros(int who, int whom) {
    return contact[who][whom];
  }
}
