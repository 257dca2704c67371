package raftlab.judge.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Measures the load on the machine during a run, from the moment when all replicas were ready. Load
 * by the replicas themselves is no excuse for lateness: it only extends their time bounds. Load by
 * other processes (also other runs of the kit, and the kit itself) may have caused the lateness.
 */
public final class MachineLoad {
  /**
   * The least part of a sample, in percent, in which a thread must wait for a processor for the
   * sample to count.
   */
  static final int WAITING_PERCENT = 60;

  /**
   * Other processes that use less than this part of the processors leave nearly all to the
   * replicas.
   */
  static final double OTHERS_SHARE = 0.25;

  /**
   * If processes waited longer than this because of others within {@link #WINDOW_MICROS}, the
   * shortest time bound for replicas, then their lateness proves nothing. The same time in short
   * pieces over a whole run delays nothing by more than such a piece.
   */
  static final double STARVED_SECONDS = 1;

  static final long WINDOW_MICROS = 5_000_000;

  /** The same holds if the kit was late by more than this at worst, in milliseconds. */
  static final double LATE_MILLIS = 200;

  /**
   * The bound for the kit's lateness where the replicas keep all processors busy, since the kit
   * waits for them too.
   */
  static final double LATE_BY_REPLICAS_MILLIS = 1_000;

  /** The largest factor of a time bound. */
  static final double MAX_SLACK = 4;

  private final BusyWaitingDetector busyWaiting = new BusyWaitingDetector();
  private boolean hasBegun;
  private final StarvationTime starved = new StarvationTime();
  private double replicaLoadMicros;
  private double replicaLoadQueue;
  private long mostLateMicros;
  private long lateByReplicasMicros;

  /** The kit was late, and the use of the processors then is not known yet. */
  private long lateMicros;

  /** How long processes waited in total, and within the worst {@link #WINDOW_MICROS}. */
  private static final class StarvationTime {
    private record Piece(long atMicros, double micros) {}

    private final Deque<Piece> window = new ArrayDeque<>();
    private double windowMicros;
    private double worstMicros;
    private double totalMicros;

    void add(long atMicros, double micros) {
      if (micros <= 0) {
        return;
      }
      window.add(new Piece(atMicros, micros));
      windowMicros += micros;
      totalMicros += micros;
      while (window.getFirst().atMicros <= atMicros - WINDOW_MICROS) {
        windowMicros -= window.removeFirst().micros;
      }
      // The first piece may have begun before the window.
      worstMicros = Math.max(worstMicros, Math.min(WINDOW_MICROS, windowMicros));
    }
  }

  /** The load of a run that hasn't begun. */
  public MachineLoad() {}

  /** Returns the load of a whole run. */
  public static MachineLoad of(Trace trace) {
    MachineLoad load = new MachineLoad();
    trace.events().forEach(load::onEvent);
    return load;
  }

  /** Handles the next event of the run. */
  public void onEvent(Event event) {
    if (event instanceof Event.Sent sent) {
      busyWaiting.sent(sent);
    } else if (event instanceof Event.ProcessorUse use) {
      used(use);
    } else if (event instanceof Event.HarnessLate late) {
      lateMicros = hasBegun ? Math.max(lateMicros, late.lateMicros()) : 0;
    } else if (event instanceof Event.MachineBusy busy) {
      if (hasBegun) {
        starved.add(busy.atMicros(), busy.micros() * busy.percent() / 100.0);
      }
    } else if (event instanceof Event.Began) {
      hasBegun = true;
      busyWaiting.began(event.atMicros());
    }
  }

  private void used(Event.ProcessorUse use) {
    if (!hasBegun) {
      return;
    }
    busyWaiting.used(use);
    double waited = use.micros() * Math.max(0, use.waiting()) / 100.0;
    boolean own = isCausedByReplicas(use);
    if (own) {
      replicaLoadMicros += waited;
      replicaLoadQueue += waited * use.runnable() / use.processors();
      lateByReplicasMicros = Math.max(lateByReplicasMicros, lateMicros);
    } else {
      starved.add(use.atMicros(), isCausedByOthers(use) ? waited : 0);
      mostLateMicros = Math.max(mostLateMicros, lateMicros);
    }
    lateMicros = 0;
  }

  private static boolean isStarved(Event.ProcessorUse use) {
    return use.waiting() >= WAITING_PERCENT;
  }

  private static boolean haveOthersUsedMuch(Event.ProcessorUse use) {
    return use.all() - use.usedByReplicas() >= OTHERS_SHARE * 100 * use.processors();
  }

  /** Whether other processes may have kept the replicas from acting in time. */
  public static boolean isCausedByOthers(Event.ProcessorUse use) {
    return isStarved(use) && haveOthersUsedMuch(use);
  }

  /** Whether the replicas themselves kept the processors busy. */
  static boolean isCausedByReplicas(Event.ProcessorUse use) {
    return isStarved(use) && !haveOthersUsedMuch(use);
  }

  /** Whether load by other processes may have caused lateness. */
  public boolean isOverloaded() {
    return isHarnessLate() || starved.worstMicros / 1e6 > STARVED_SECONDS;
  }

  private boolean isHarnessLate() {
    return lateWithoutReplicas() > LATE_MILLIS * 1000
        || lateByReplicasMicros > LATE_BY_REPLICAS_MILLIS * 1000;
  }

  /** The last lateness may have no later sample of the use of the processors. */
  private long lateWithoutReplicas() {
    return Math.max(mostLateMicros, lateMicros);
  }

  /** Describes the overload in words. */
  public String overloadText() {
    return isHarnessLate()
        ? String.format(Locale.ROOT, "the kit was late by %.0f ms", mostLateMillis())
        : String.format(
            Locale.ROOT,
            "processes had to wait for a processor for %.1f s within %d s",
            starved.worstMicros / 1e6,
            WINDOW_MICROS / 1_000_000);
  }

  /** Returns the worst lateness of the kit, in milliseconds. */
  public double mostLateMillis() {
    return Math.max(lateWithoutReplicas(), lateByReplicasMicros) / 1000.0;
  }

  /** Returns how long processes waited for a processor because of other processes, in seconds. */
  public double starvedSeconds() {
    return starved.totalMicros / 1e6;
  }

  /** Returns how long they waited because of the replicas themselves, in seconds. */
  public double starvedByReplicasSeconds() {
    return replicaLoadMicros / 1e6;
  }

  /**
   * Returns the factor by which the replicas may be slower than on an idle machine because they
   * wait for each other: the number of threads for each processor, at least 1.
   */
  public double slack() {
    return starvedByReplicasSeconds() > STARVED_SECONDS
        ? Math.max(1, Math.min(MAX_SLACK, replicaLoadQueue / replicaLoadMicros))
        : 1;
  }

  /**
   * Returns the replicas that keep a processor busy while idle, and their use of a processor then,
   * in percent.
   */
  public Map<Id, Integer> busyWaiting() {
    return busyWaiting.busyWaiting();
  }
}
