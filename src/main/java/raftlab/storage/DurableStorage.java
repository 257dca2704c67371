package raftlab.storage;

import raftlab.node.Storage;

/** A {@link Storage} whose host decides when records become durable. */
public interface DurableStorage extends Storage, AutoCloseable {
  /**
   * Makes all records durable that were appended since the last sync; does nothing if there are
   * none. The host calls this after each call of its node, before it sends any message of that
   * call.
   *
   * @throws StorageException if the sync fails; nothing may be acknowledged then, and the storage
   *     can't be used any more
   */
  void sync();

  /** Releases its resources; records that were not synced are lost. Closing again does nothing. */
  @Override
  default void close() {}
}
