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

  /** Counts the starts and the ends. */
  private long incarnation;

  private boolean running;
  private boolean ready;
  private boolean paused;

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

  /** Draws what differs between replicas and starts. */
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

  boolean crashesAtNextMessage() {
    return crashesAtNextMessage;
  }

  void crashAtNextMessage() {
    crashesAtNextMessage = running;
  }

  void started(OutputFile stdout, OutputFile stderr) {
    incarnation++;
    running = true;
    out = stdout;
    err = stderr;
  }

  void ended() {
    incarnation++;
    running = false;
    ready = false;
    paused = false;
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
