package raftlab.cluster.virtual;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.wire.Id;

/** The state of one replica, as the kit knows it. */
final class VirtualReplica {
  private final Id id;

  /** Its number for the supervisor. */
  private final int number;

  private final RandomGenerator random;
  private @Nullable OutputFile out;
  private @Nullable OutputFile err;

  /** Counts the starts and the crashes; events from before are ignored. */
  private long incarnation;

  /** The number of the one valid {@link VirtualEvent.Run}. */
  private long runNumber;

  private boolean running;
  private boolean ready;
  private boolean paused;

  /** Whether all its threads wait, so that a datagram wakes it. */
  private boolean waiting;

  private boolean hanging;
  private boolean crashesAtNextMessage;

  VirtualReplica(Id id, int number, long seed) {
    this.id = id;
    this.number = number;
    this.random = SeededGenerators.generator(seed, "virtual", id.value());
  }

  Id id() {
    return id;
  }

  int number() {
    return number;
  }

  /** Draws what differs between replicas and starts: random bytes, delays of the system. */
  RandomGenerator random() {
    return random;
  }

  long incarnation() {
    return incarnation;
  }

  boolean isRunning() {
    return running;
  }

  boolean isReady() {
    return ready;
  }

  void setReady() {
    ready = true;
  }

  boolean isPaused() {
    return paused;
  }

  void setPaused(boolean isPaused) {
    paused = isPaused;
  }

  /** Whether a datagram wakes it now. */
  boolean isWaiting() {
    return waiting && !paused && !hanging;
  }

  void setWaiting(boolean isWaiting) {
    waiting = isWaiting;
  }

  void setHanging() {
    hanging = true;
    waiting = false;
  }

  boolean isHanging() {
    return hanging;
  }

  boolean crashesAtNextMessage() {
    return crashesAtNextMessage;
  }

  void crashAtNextMessage() {
    crashesAtNextMessage = running;
  }

  /** Makes the event by which it runs on, the only valid one from now on. */
  VirtualEvent.Run nextRun() {
    return new VirtualEvent.Run(this, ++runNumber);
  }

  boolean isValid(VirtualEvent.Run run) {
    return running && !paused && !hanging && run.number() == runNumber;
  }

  void started(OutputFile stdout, OutputFile stderr) {
    incarnation++;
    running = true;
    out = stdout;
    err = stderr;
  }

  void ended() {
    incarnation++;
    runNumber++;
    running = false;
    ready = false;
    paused = false;
    waiting = false;
    hanging = false;
    crashesAtNextMessage = false;
    if (out != null) {
      out.close();
      out = null;
    }
    if (err != null) {
      err.close();
      err = null;
    }
  }

  @Nullable OutputFile out() {
    return out;
  }

  @Nullable OutputFile err() {
    return err;
  }

  static Path outputFile(Path folder, Id replica, long start, String kind) {
    return folder.resolve(replica + "-" + start + "." + kind);
  }
}
