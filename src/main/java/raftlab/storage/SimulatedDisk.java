package raftlab.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that loses at a crash what was not synced: of these records any number from the
 * front stays, as its generator decides, and no record stays in part.
 */
public final class SimulatedDisk implements Disk {
  private final RandomGenerator random;
  private final List<byte[]> durable = new ArrayList<>();
  private final List<byte[]> unsynced = new ArrayList<>();

  /**
   * An empty disk.
   *
   * @param random decides what a crash leaves; drawn from only by a crash that finds unsynced
   *     records
   */
  public SimulatedDisk(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public List<byte[]> load() {
    List<byte[]> all = new ArrayList<>(durable);
    all.addAll(unsynced);
    return all;
  }

  @Override
  public void append(byte[] record) {
    unsynced.add(record);
  }

  @Override
  public void replace(List<byte[]> records) {
    durable.clear();
    durable.addAll(records);
    unsynced.clear();
  }

  @Override
  public void sync() {
    durable.addAll(unsynced);
    unsynced.clear();
  }

  /** The machine goes down: the journal is from now on what its disk has kept. */
  public void crash() {
    if (!unsynced.isEmpty()) {
      durable.addAll(unsynced.subList(0, random.nextInt(unsynced.size() + 1)));
      unsynced.clear();
    }
  }
}
