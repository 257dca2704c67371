package raftlab.node;

import java.util.List;

/**
 * What survives a crash: a journal of records, whose form is the node's own business.
 *
 * <p>Appended records become durable together, after the call in which they were appended and
 * before any message of that call leaves (see {@link Node}); under load, calls that follow each
 * other at once share one sync. After a crash the journal holds all records that were durable, in
 * order; of those that were not, any number from the front may be there too.
 */
public interface Storage {
  /** All records, oldest first. Called by a node as it starts; empty the first time. */
  List<byte[]> load();

  /**
   * Adds a record to the end. The array must not be changed afterwards.
   *
   * @param record at most 256 MiB; may be empty
   */
  void append(byte[] record);

  /**
   * Replaces the whole journal by these records, all or nothing: for compaction. They are durable
   * as soon as this returns. What was appended earlier in the same call is replaced too; what is
   * appended later comes behind.
   */
  void replace(List<byte[]> records);
}
