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
 * sends what follows from them; so its file is looked at whenever a message of its has been passed
 * on, and what anybody does about the message is told later than the changes that led to it. For a
 * replica that changes in silence, all files are looked at now and then as well, less and less
 * often while nothing happens.
 */
final class Reports {
  /** Of the reports of one life of a replica no more is read. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long FIRST_PAUSE_MICROS = 5_000;
  private static final long LONGEST_PAUSE_MICROS = 80_000;

  private final Observer observer;
  private final Map<Id, ReportFile> files = new TreeMap<>();

  /** What has been read and not told yet. Whoever is told may crash a replica, and so read more. */
  private final Queue<Runnable> news = new ArrayDeque<>();

  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
  private long pauseMicros = FIRST_PAUSE_MICROS;
  private long nextLookMicros;

  Reports(Observer observer) {
    this.observer = observer;
  }

  /** A replica starts, and will write to this file. */
  void begin(Id replica, Path file) throws IOException {
    files.put(
        replica,
        new ReportFile(
            file,
            MOST_BYTES,
            change -> news.add(() -> observer.reported(replica, change)),
            (what, count) -> news.add(() -> observer.passedOver(replica, what, count))));
    pauseMicros = FIRST_PAUSE_MICROS;
    nextLookMicros = 0;
  }

  /** Tells what this replica has reported so far. */
  void read(Id replica) {
    ReportFile file = files.get(replica);
    if (file != null && file.read(buffer)) {
      pauseMicros = FIRST_PAUSE_MICROS;
      tell();
    }
  }

  private void tell() {
    for (Runnable told = news.poll(); told != null; told = news.poll()) {
      told.run();
    }
  }

  /** A replica has ended: tells the rest of its reports. */
  void end(Id replica) {
    ReportFile file = files.remove(replica);
    while (file != null && file.read(buffer)) {
      tell();
    }
    if (file != null) {
      file.close();
    }
    tell();
  }

  /** When {@link #look} wants to be called. */
  long nextLookMicros() {
    return files.isEmpty() ? Long.MAX_VALUE : nextLookMicros;
  }

  /** Tells what all replicas have reported so far, if that is due. */
  void look(long nowMicros) {
    if (nowMicros < nextLookMicros()) {
      return;
    }
    pauseMicros = Math.min(2 * pauseMicros, LONGEST_PAUSE_MICROS);
    // A copy: whoever is told may crash and start replicas.
    for (Id replica : files.keySet().toArray(new Id[0])) {
      read(replica);
    }
    nextLookMicros = nowMicros + pauseMicros;
  }

  /** Lets go of all files; nothing is told any more. */
  void close() {
    files.values().forEach(ReportFile::close);
    files.clear();
  }
}
