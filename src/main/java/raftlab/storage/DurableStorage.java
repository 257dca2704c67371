package raftlab.storage;

import raftlab.node.Storage;

/** A {@link Storage} as its host sees it, who says when records become durable. */
public interface DurableStorage extends Storage, AutoCloseable {
  /**
   * Makes all records durable that were appended since the last time; does nothing if there are
   * none. The host calls it after each call of its node, before any message of that call leaves.
   *
   * @throws StorageException if that can't be done; nothing may be acknowledged then, and the
   *     storage is of no use any more
   */
  void sync();

  /** Lets go of what it uses; what was not synced is lost. Closing again does nothing. */
  @Override
  default void close() {}
}
