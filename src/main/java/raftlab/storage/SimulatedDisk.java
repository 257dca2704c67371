package raftlab.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated disk. A crash loses records that were not synced; a random number of the first of
 * them is kept.
 *
 * <p>Usually records are kept whole. After {@link #tearNextWrite}, {@link #corrupt} or {@link
 * #setFull} it holds the bytes of a journal's file instead, and the next {@link #open} reads them
 * like a file.
 */
public final class SimulatedDisk implements DurableStorage {
  private final String name;
  private final RandomGenerator random;
  private final List<byte[]> durable = new ArrayList<>();
  private final List<byte[]> unsynced = new ArrayList<>();
  private boolean tearsNext;
  private boolean full;

  /**
   * The bytes of the journal's file after a torn write or damage; else null, and {@link #durable}
   * is all.
   */
  private byte @Nullable [] file;

  /** The number of bytes of {@link #file} that are complete records; a torn record follows. */
  private int intactBytes;

  /**
   * An empty disk.
   *
   * @param name the name of the journal in errors
   * @param random decides what a crash keeps; used only by a crash with unsynced records, a torn
   *     write, and damage
   */
  public SimulatedDisk(String name, RandomGenerator random) {
    this.name = name;
    this.random = random;
  }

  // ---- used by the replica ----

  /**
   * Reads what a crash has kept, as a replica does when it starts.
   *
   * @throws StorageException if the journal is damaged
   */
  public void open() {
    if (file == null) {
      return;
    }
    try {
      List<byte[]> records = JournalFileReader.read(name, file).records();
      durable.clear();
      durable.addAll(records);
      file = null;
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
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
    requireRoom("replaced");
    durable.clear();
    durable.addAll(records);
    unsynced.clear();
  }

  @Override
  public void sync() {
    if (hasUnsynced()) {
      requireRoom("written");
      durable.addAll(unsynced);
      unsynced.clear();
    }
  }

  /** Whether any record is not synced. */
  public boolean hasUnsynced() {
    return !unsynced.isEmpty();
  }

  private void requireRoom(String what) {
    if (full) {
      throw StorageException.of(name, what, "no space left on device");
    }
  }

  // ---- used by the simulated machine ----

  /** Crashes the machine: only what the disk has kept remains in the journal. */
  public void crash() {
    if (file != null) {
      // The journal was never opened, so nothing was written.
      return;
    }
    if (tearsNext || full && hasUnsynced()) {
      tearsNext = false;
      writeTornRecord();
    } else if (hasUnsynced()) {
      durable.addAll(unsynced.subList(0, random.nextInt(unsynced.size() + 1)));
    }
    unsynced.clear();
  }

  /** Keeps some unsynced records whole and a part of the next one. */
  private void writeTornRecord() {
    byte[] torn;
    if (unsynced.isEmpty()) {
      torn = JournalImage.tornUnknownRecord(random);
    } else {
      int whole = random.nextInt(unsynced.size());
      durable.addAll(unsynced.subList(0, whole));
      torn = unsynced.get(whole);
    }
    byte[] records = JournalImage.of(durable);
    byte[] part = JournalImage.torn(records.length, torn, random);
    intactBytes = records.length;
    file = new byte[records.length + part.length];
    System.arraycopy(records, 0, file, 0, records.length);
    System.arraycopy(part, 0, file, records.length, part.length);
  }

  /**
   * Lets the next crash tear a write: a part of an unsynced record, or else of an invented one, is
   * kept.
   */
  public void tearNextWrite() {
    tearsNext = true;
  }

  /** Whether nothing was ever stored, so that nothing can be damaged. */
  public boolean isEmpty() {
    return file == null && durable.isEmpty();
  }

  /**
   * Changes a random byte in the middle half of the journal, while the replica is down.
   *
   * @return a description of the change
   */
  public String corrupt() {
    if (file == null) {
      file = JournalImage.of(durable);
      intactBytes = file.length;
    }
    int place = intactBytes / 4 + random.nextInt(intactBytes / 2);
    file[place]++;
    return "byte " + place + " of the " + file.length + " of its journal changed";
  }

  /** Makes the disk full, or gives it room again. */
  public void setFull(boolean isFull) {
    full = isFull;
  }
}
