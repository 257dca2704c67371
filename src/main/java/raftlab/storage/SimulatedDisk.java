package raftlab.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that loses at a crash what was not synced: of these records any number from the
 * front stays, as its generator decides.
 *
 * <p>Usually no record stays in part. Once it was told to {@link #tear}, to {@link #corrupt} or to
 * be {@link #fill full}, it holds the bytes of a journal's file instead, and the next {@link #open}
 * reads them as it would be done with a file.
 */
public final class SimulatedDisk implements DurableStorage {
  private final String name;
  private final RandomGenerator random;
  private final List<byte[]> durable = new ArrayList<>();
  private final List<byte[]> unsynced = new ArrayList<>();
  private boolean tearsNext;
  private boolean full;

  /** The journal's file, if a crash or damage has made it more than {@link #durable} tells. */
  private byte[] file;

  /** So many bytes of {@link #file} are whole records; a torn one follows. */
  private int wholeBytes;

  /**
   * An empty disk.
   *
   * @param name what messages for people call its journal
   * @param random decides what a crash leaves; drawn from only by a crash that finds unsynced
   *     records, by one that tears, and by damage
   */
  public SimulatedDisk(String name, RandomGenerator random) {
    this.name = name;
    this.random = random;
  }

  // ---- what a replica does ----

  /**
   * Reads what a crash has left, as a replica does when it starts.
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

  /** Whether a sync has anything to do. */
  public boolean hasUnsynced() {
    return !unsynced.isEmpty();
  }

  private void requireRoom(String what) {
    if (full) {
      throw StorageException.of(name, what, "no space left on device");
    }
  }

  // ---- what happens to it ----

  /** The machine goes down: the journal is from now on what its disk has kept. */
  public void crash() {
    if (file != null) {
      // Nobody could open it, so nobody has written.
      return;
    }
    if (tearsNext || full && hasUnsynced()) {
      tearsNext = false;
      leaveTorn();
    } else if (hasUnsynced()) {
      durable.addAll(unsynced.subList(0, random.nextInt(unsynced.size() + 1)));
    }
    unsynced.clear();
  }

  /** Of what is unsynced, some records stay whole and the next one in part. */
  private void leaveTorn() {
    byte[] torn;
    if (unsynced.isEmpty()) {
      torn = JournalImage.madeUp(random);
    } else {
      int whole = random.nextInt(unsynced.size());
      durable.addAll(unsynced.subList(0, whole));
      torn = unsynced.get(whole);
    }
    byte[] records = JournalImage.of(durable);
    byte[] part = JournalImage.torn(records.length, torn, random);
    wholeBytes = records.length;
    file = new byte[records.length + part.length];
    System.arraycopy(records, 0, file, 0, records.length);
    System.arraycopy(part, 0, file, records.length, part.length);
  }

  /**
   * The next crash happens in the middle of a write: of the records that are not synced then, or
   * else of one that the replica was about to append, one is there in part.
   */
  public void tear() {
    tearsNext = true;
  }

  /** Whether nothing was ever stored: there is nothing to damage. */
  public boolean isEmpty() {
    return file == null && durable.isEmpty();
  }

  /**
   * Changes a byte somewhere in the middle half of the journal, while nobody has it open.
   *
   * @return what was done, in words
   */
  public String corrupt() {
    if (file == null) {
      file = JournalImage.of(durable);
      wholeBytes = file.length;
    }
    int place = wholeBytes / 4 + random.nextInt(wholeBytes / 2);
    file[place]++;
    return "byte " + place + " of the " + file.length + " of its journal changed";
  }

  /** From now on there is no room for anything new, or there is again. */
  public void fill(boolean isFull) {
    full = isFull;
  }
}
