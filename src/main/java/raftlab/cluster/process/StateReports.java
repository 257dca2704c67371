package raftlab.cluster.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import raftlab.cluster.Cluster.Observer;
import raftlab.wire.Id;

/**
 * Reads the state reports of all replicas from growing files. A replica writes its changes before
 * it sends messages that depend on them, so the kit reads the file when a datagram of the replica
 * arrives, before it passes the datagram on. The replica may have written later changes too. A
 * report that says how many datagrams the replica had sent before it waits for these datagrams, so
 * each change gets its exact place among them.
 *
 * <p>A replica may also change its state without sending, so all files are also read at intervals,
 * which grow while nothing happens.
 */
public final class StateReports {
  /** The most bytes that are read from one file. */
  private static final long MAX_BYTES = 64L << 20;

  private static final long FIRST_PAUSE_MICROS = 5_000;
  private static final long LONGEST_PAUSE_MICROS = 80_000;

  /** A report that waited this long for a datagram waits no longer. */
  private static final long OVERDUE_MICROS = 200_000;

  /** After this many wrong numbers, the numbers of a file are ignored. */
  private static final int MAX_WRONG = 3;

  private final Observer observer;
  private final Map<Id, ReportSource> sources = new TreeMap<>();

  /** Events that can be passed on. An observer may crash a replica, which adds more. */
  private final Queue<Runnable> readyNotifications = new ArrayDeque<>();

  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
  private long pauseMicros = FIRST_PAUSE_MICROS;
  private long nextPollMicros;

  /** Passes reports on to this observer. */
  public StateReports(Observer observer) {
    this.observer = observer;
  }

  /**
   * A report of a replica since its last start.
   *
   * @param number counts from 1
   * @param afterSent how many datagrams the replica had sent before
   */
  private record PendingReport(long number, long afterSent, Runnable notification) {}

  /** The reports of one replica since its last start. */
  private final class ReportSource {
    private final StateReportFile file;
    private final ArrayDeque<PendingReport> waiting = new ArrayDeque<>();

    /** How many of its datagrams were passed on, or were lost on their way to the kit. */
    private long forwarded;

    private long reportCount;

    /** The number of the last report that has waited since {@link #waitingSinceMicros}. */
    private long lastWaitingNumber;

    private long waitingSinceMicros;
    private int wrongCounts;

    ReportSource(Id replica, Path path) throws IOException {
      this.file =
          new StateReportFile(
              path,
              MAX_BYTES,
              (change, afterSent) -> add(afterSent, () -> observer.reported(replica, change)),
              (what, count) -> add(0, () -> observer.passedOver(replica, what, count)));
    }

    private void add(long afterSent, Runnable what) {
      waiting.add(new PendingReport(++reportCount, afterSent, what));
    }

    /** Reads what was written, and passes on what doesn't wait for a datagram. */
    boolean read() {
      boolean anything = file.read(buffer);
      release(forwarded);
      return anything;
    }

    void release(long sent) {
      while (!waiting.isEmpty() && waiting.peek().afterSent <= sent) {
        readyNotifications.add(waiting.remove().notification);
      }
    }

    /**
     * Releases reports that waited too long: the datagram was lost or the number is wrong. From now
     * on it counts as arrived; otherwise all later reports would be late.
     */
    void releaseOverdue(long nowMicros) {
      if (waiting.isEmpty() || waiting.peek().number > lastWaitingNumber) {
        lastWaitingNumber = reportCount;
        waitingSinceMicros = nowMicros;
      } else if (nowMicros - waitingSinceMicros >= OVERDUE_MICROS) {
        while (!waiting.isEmpty() && waiting.peek().number <= lastWaitingNumber) {
          forwarded = Math.max(forwarded, waiting.peek().afterSent);
          readyNotifications.add(waiting.remove().notification);
        }
        forwarded = ++wrongCounts < MAX_WRONG ? forwarded : Long.MAX_VALUE;
        release(forwarded);
      }
    }
  }

  /** Opens the reports of a replica that starts and writes to this file. */
  public void replicaStarted(Id replica, Path file) throws IOException {
    sources.put(replica, new ReportSource(replica, file));
    pauseMicros = FIRST_PAUSE_MICROS;
    nextPollMicros = 0;
  }

  /** A datagram of this replica arrived: passes on all changes from before it was sent. */
  public void datagramArrived(Id replica) {
    ReportSource source = sources.get(replica);
    if (source != null) {
      read(source);
    }
  }

  /** The datagram was passed on: passes on the changes that are known to follow it. */
  public void datagramForwarded(Id replica) {
    ReportSource source = sources.get(replica);
    if (source != null) {
      source.forwarded += source.forwarded < Long.MAX_VALUE ? 1 : 0;
      source.release(source.forwarded);
      notifyObserver();
    }
  }

  /** The system dropped datagrams of this replica: reports don't wait for them. */
  void datagramsLost(Id replica, long datagrams) {
    ReportSource source = sources.get(replica);
    if (source != null) {
      source.forwarded = Math.min(Long.MAX_VALUE - datagrams, source.forwarded) + datagrams;
      source.release(source.forwarded);
      notifyObserver();
    }
  }

  private void read(ReportSource source) {
    if (source.read()) {
      pauseMicros = FIRST_PAUSE_MICROS;
    }
    notifyObserver();
  }

  private void notifyObserver() {
    for (Runnable notification = readyNotifications.poll();
        notification != null;
        notification = readyNotifications.poll()) {
      notification.run();
    }
  }

  /** A replica ended: passes on its remaining reports. */
  public void replicaEnded(Id replica) {
    ReportSource source = sources.remove(replica);
    if (source == null) {
      return;
    }
    boolean more = true;
    while (more) {
      more = source.file.read(buffer);
      source.release(Long.MAX_VALUE);
      notifyObserver();
    }
    source.file.close();
  }

  /** Returns when {@link #poll} should be called. */
  long nextPollMicros() {
    return sources.isEmpty() ? Long.MAX_VALUE : nextPollMicros;
  }

  /** Passes on what all replicas have reported so far, if that is due. */
  void poll(long nowMicros) {
    if (nowMicros < nextPollMicros()) {
      return;
    }
    pauseMicros = Math.min(2 * pauseMicros, LONGEST_PAUSE_MICROS);
    // A copy, since an observer may crash and start replicas.
    for (Id replica : sources.keySet().toArray(new Id[0])) {
      ReportSource source = sources.get(replica);
      if (source != null) {
        read(source);
        source.releaseOverdue(nowMicros);
        notifyObserver();
      }
    }
    nextPollMicros = nowMicros + pauseMicros;
  }

  /** Closes all files and passes nothing on any more. */
  public void close() {
    sources.values().forEach(source -> source.file.close());
    sources.clear();
  }
}
