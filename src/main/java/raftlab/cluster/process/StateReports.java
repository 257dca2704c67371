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
 * What replicas report of their state, in files that grow. A replica writes its changes before it
 * sends what follows from them; so its file is read whenever a datagram of its has come, before
 * that is passed on. It may have got further meanwhile: a change that tells how many datagrams the
 * replica had sent by then waits until these have come, and so is told exactly where it belongs
 * among them.
 *
 * <p>For a replica that changes in silence, all files are looked at now and then as well, less and
 * less often while nothing happens.
 */
final class StateReports {
  /** Of the reports of one life of a replica no more is read. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long FIRST_PAUSE_MICROS = 5_000;
  private static final long LONGEST_PAUSE_MICROS = 80_000;

  /** Whatever waits for a datagram for so long waits in vain. */
  private static final long OVERDUE_MICROS = 200_000;

  /** Of a life that is wrong about its datagrams so often, the numbers count no more. */
  private static final int MOST_WRONG = 3;

  private final Observer observer;
  private final Map<Id, Source> sources = new TreeMap<>();

  /** What may be told and isn't yet. Whoever is told may crash a replica, and so add more. */
  private final Queue<Runnable> news = new ArrayDeque<>();

  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
  private long pauseMicros = FIRST_PAUSE_MICROS;
  private long nextLookMicros;

  StateReports(Observer observer) {
    this.observer = observer;
  }

  /**
   * Something that one life of a replica has reported.
   *
   * @param number counts from 1
   * @param afterSent after how many datagrams of its
   */
  private record Told(long number, long afterSent, Runnable what) {}

  /** One life of a replica. */
  private final class Source {
    private final StateReportFile file;
    private final ArrayDeque<Told> waiting = new ArrayDeque<>();

    /** How many of its datagrams have been passed on, or were lost on their way to the kit. */
    private long passedOn;

    private long numbers;

    /** The number of the last that waits since {@link #waitsSince}. */
    private long lastOverdue;

    private long waitsSince;
    private int wrong;

    Source(Id replica, Path path) throws IOException {
      this.file =
          new StateReportFile(
              path,
              MOST_BYTES,
              (change, afterSent) -> add(afterSent, () -> observer.reported(replica, change)),
              (what, count) -> add(0, () -> observer.passedOver(replica, what, count)));
    }

    private void add(long afterSent, Runnable what) {
      waiting.add(new Told(++numbers, afterSent, what));
    }

    /** Reads what has been written, and tells what doesn't wait for a datagram. */
    boolean read() {
      boolean anything = file.read(buffer);
      release(passedOn);
      return anything;
    }

    void release(long sent) {
      while (!waiting.isEmpty() && waiting.peek().afterSent <= sent) {
        news.add(waiting.remove().what);
      }
    }

    /**
     * What has waited for long waits in vain, for a datagram that was lost, or the number is wrong:
     * from now on it counts as if it had come. Else all that follows would be told too late.
     */
    void releaseOverdue(long nowMicros) {
      if (waiting.isEmpty() || waiting.peek().number > lastOverdue) {
        lastOverdue = numbers;
        waitsSince = nowMicros;
      } else if (nowMicros - waitsSince >= OVERDUE_MICROS) {
        while (!waiting.isEmpty() && waiting.peek().number <= lastOverdue) {
          passedOn = Math.max(passedOn, waiting.peek().afterSent);
          news.add(waiting.remove().what);
        }
        passedOn = ++wrong < MOST_WRONG ? passedOn : Long.MAX_VALUE;
        release(passedOn);
      }
    }
  }

  /** A replica starts, and will write to this file. */
  void begin(Id replica, Path file) throws IOException {
    sources.put(replica, new Source(replica, file));
    pauseMicros = FIRST_PAUSE_MICROS;
    nextLookMicros = 0;
  }

  /** A datagram of this replica has come: tells all changes from before it was sent. */
  void came(Id replica) {
    Source source = sources.get(replica);
    if (source != null) {
      read(source);
    }
  }

  /** The datagram has been passed on: tells the changes that are known to have come next. */
  void passedOn(Id replica) {
    Source source = sources.get(replica);
    if (source != null) {
      source.passedOn += source.passedOn < Long.MAX_VALUE ? 1 : 0;
      source.release(source.passedOn);
      tell();
    }
  }

  /** The system dropped so many datagrams of this replica: nothing waits for them. */
  void lost(Id replica, long datagrams) {
    Source source = sources.get(replica);
    if (source != null) {
      source.passedOn = Math.min(Long.MAX_VALUE - datagrams, source.passedOn) + datagrams;
      source.release(source.passedOn);
      tell();
    }
  }

  private void read(Source source) {
    if (source.read()) {
      pauseMicros = FIRST_PAUSE_MICROS;
    }
    tell();
  }

  private void tell() {
    for (Runnable told = news.poll(); told != null; told = news.poll()) {
      told.run();
    }
  }

  /** A replica has ended: tells the rest of its reports. */
  void end(Id replica) {
    Source source = sources.remove(replica);
    if (source == null) {
      return;
    }
    boolean more = true;
    while (more) {
      more = source.file.read(buffer);
      source.release(Long.MAX_VALUE);
      tell();
    }
    source.file.close();
  }

  /** When {@link #look} wants to be called. */
  long nextLookMicros() {
    return sources.isEmpty() ? Long.MAX_VALUE : nextLookMicros;
  }

  /** Tells what all replicas have reported so far, if that is due. */
  void look(long nowMicros) {
    if (nowMicros < nextLookMicros()) {
      return;
    }
    pauseMicros = Math.min(2 * pauseMicros, LONGEST_PAUSE_MICROS);
    // A copy: whoever is told may crash and start replicas.
    for (Id replica : sources.keySet().toArray(new Id[0])) {
      Source source = sources.get(replica);
      if (source != null) {
        read(source);
        source.releaseOverdue(nowMicros);
        tell();
      }
    }
    nextLookMicros = nowMicros + pauseMicros;
  }

  /** Lets go of all files; nothing is told any more. */
  void close() {
    sources.values().forEach(source -> source.file.close());
    sources.clear();
  }
}
