package raftlab.node;

import java.util.List;

/**
 * A journal of records that survives a crash. The node defines the format of the records.
 *
 * <p>Appended records become durable together, after the call in which they were appended and
 * before any message of that call leaves (see {@link Node}); under load, several calls share one
 * sync. After a crash the journal holds all durable records, in order, and possibly some of the
 * first records that were not durable yet.
 */
public interface Storage {
  /**
   * Loads all records, oldest first; empty at the first start. A node calls this when it starts.
   */
  List<byte[]> load();

  /**
   * Appends a record. The array must not be changed afterwards.
   *
   * @param record at most 256 MiB; may be empty
   */
  void append(byte[] record);

  /**
   * Replaces the whole journal by these records, atomically: for compaction. They are durable when
   * this returns. Records that were appended earlier in the same call are replaced, too.
   */
  void replace(List<byte[]> records);
}
