package raftlab.judge.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * The load on the machine during a run, from the moment when all replicas were ready. Load that the
 * replicas make themselves excuses nothing: it only gives them more time. Load by anything else
 * (other processes, other runs of the kit, the kit itself) may have caused what came too late.
 */
public final class MachineLoad {
  /** In so much of a time, in percent, something must wait for a processor for it to count. */
  static final int WAITING_PERCENT = 60;

  /** What uses less than this part of the processors leaves the replicas nearly all of them. */
  static final double OTHERS_SHARE = 0.25;

  /**
   * If processes starved for more than this because of others within {@link #WINDOW_MICROS}, the
   * shortest time that replicas are given for anything, their lateness proves nothing. As much in
   * small pieces, over a whole run, delays nothing by more than such a piece.
   */
  static final double STARVED_SECONDS = 1;

  static final long WINDOW_MICROS = 5_000_000;

  /** The same holds if the harness was late by more than this at worst, in milliseconds. */
  static final double LATE_MILLIS = 200;

  /**
   * Where the replicas keep all processors busy themselves, the harness waits for them, too: that
   * is the bound then.
   */
  static final double LATE_BY_REPLICAS_MILLIS = 1_000;

  /** The most by which a time bound is multiplied. */
  static final double MOST_SLACK = 4;

  private final BusyWaitingDetector busyWaiting = new BusyWaitingDetector();
  private boolean hasBegun;
  private final Starved starved = new Starved();
  private double ownMicros;
  private double ownQueue;
  private long mostLateMicros;
  private long lateByReplicasMicros;

  /** The harness was late, and what used the processors then has not been told yet. */
  private long lateMicros;

  /** For how long processes starved in all, and within the worst {@link #WINDOW_MICROS}. */
  private static final class Starved {
    private record Piece(long atMicros, double micros) {}

    private final Deque<Piece> window = new ArrayDeque<>();
    private double windowMicros;
    private double worstMicros;
    private double allMicros;

    void add(long atMicros, double micros) {
      if (micros <= 0) {
        return;
      }
      window.add(new Piece(atMicros, micros));
      windowMicros += micros;
      allMicros += micros;
      while (window.getFirst().atMicros <= atMicros - WINDOW_MICROS) {
        windowMicros -= window.removeFirst().micros;
      }
      // The first piece may have begun before the window.
      worstMicros = Math.max(worstMicros, Math.min(WINDOW_MICROS, windowMicros));
    }
  }

  /** The load of a run that hasn't begun. */
  public MachineLoad() {}

  /** The load of a whole run. */
  public static MachineLoad of(Trace trace) {
    MachineLoad load = new MachineLoad();
    trace.events().forEach(load::take);
    return load;
  }

  /** Takes the next event of the run. */
  public void take(Event event) {
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
    boolean own = isByReplicas(use);
    if (own) {
      ownMicros += waited;
      ownQueue += waited * use.runnable() / use.processors();
      lateByReplicasMicros = Math.max(lateByReplicasMicros, lateMicros);
    } else {
      starved.add(use.atMicros(), isByOthers(use) ? waited : 0);
      mostLateMicros = Math.max(mostLateMicros, lateMicros);
    }
    lateMicros = 0;
  }

  private static boolean isStarved(Event.ProcessorUse use) {
    return use.waiting() >= WAITING_PERCENT;
  }

  private static boolean haveOthersUsedMuch(Event.ProcessorUse use) {
    return use.all() - use.own() >= OTHERS_SHARE * 100 * use.processors();
  }

  /** Whether replicas may have been kept from acting in time, by something else than themselves. */
  public static boolean isByOthers(Event.ProcessorUse use) {
    return isStarved(use) && haveOthersUsedMuch(use);
  }

  /** Whether the replicas kept the processors busy themselves. */
  static boolean isByReplicas(Event.ProcessorUse use) {
    return isStarved(use) && !haveOthersUsedMuch(use);
  }

  /** Whether load that is not the replicas' own may have caused what came too late. */
  public boolean isOverloaded() {
    return isHarnessLate() || starved.worstMicros / 1e6 > STARVED_SECONDS;
  }

  private boolean isHarnessLate() {
    return lateWithoutReplicas() > LATE_MILLIS * 1000
        || lateByReplicasMicros > LATE_BY_REPLICAS_MILLIS * 1000;
  }

  /** What was told last may have nothing after it that tells what used the processors. */
  private long lateWithoutReplicas() {
    return Math.max(mostLateMicros, lateMicros);
  }

  /** How the machine was overloaded, in words. */
  public String overload() {
    return isHarnessLate()
        ? String.format(Locale.ROOT, "the harness itself was late by %.0f ms", mostLateMillis())
        : String.format(
            Locale.ROOT,
            "processes had to wait for a processor for %.1f s within %d s",
            starved.worstMicros / 1e6,
            WINDOW_MICROS / 1_000_000);
  }

  /** By how much the harness was late at worst, in milliseconds. */
  public double mostLateMillis() {
    return Math.max(lateWithoutReplicas(), lateByReplicasMicros) / 1000.0;
  }

  /** For how long processes had to wait for a processor because of others in all, in seconds. */
  public double starvedSeconds() {
    return starved.allMicros / 1e6;
  }

  /** For how long they had to because of the replicas themselves. */
  public double starvedByReplicasSeconds() {
    return ownMicros / 1e6;
  }

  /**
   * How many times as long as on an idle machine the replicas may take for everything, since they
   * wait for each other: as many times as there are threads for each processor. 1 or more.
   */
  public double slack() {
    return starvedByReplicasSeconds() > STARVED_SECONDS
        ? Math.max(1, Math.min(MOST_SLACK, ownQueue / ownMicros))
        : 1;
  }

  /**
   * The replicas that keep a processor busy while nothing happens, and how much of one they use
   * then, in percent.
   */
  public Map<Id, Integer> busyWaiting() {
    return busyWaiting.found();
  }
}
