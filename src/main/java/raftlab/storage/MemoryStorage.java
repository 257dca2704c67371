package raftlab.storage;

import java.util.ArrayList;
import java.util.List;

/** A journal in memory: for replicas without a disk, and for tests. */
public final class MemoryStorage implements DurableStorage {
  private List<byte[]> records = new ArrayList<>();

  /** An empty journal. */
  public MemoryStorage() {}

  @Override
  public List<byte[]> load() {
    return List.copyOf(records);
  }

  @Override
  public void append(byte[] record) {
    records.add(record);
  }

  @Override
  public void replace(List<byte[]> newRecords) {
    records = new ArrayList<>(newRecords);
  }

  /** Does nothing: records in memory can't become more durable. */
  @Override
  public void sync() {}
}
