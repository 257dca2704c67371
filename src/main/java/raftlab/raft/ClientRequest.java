package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** A client's request. The client and the message ID together identify it. */
sealed interface ClientRequest {
  Id client();

  String mid();

  /** Its length in characters, roughly, for limiting how many are stored. */
  default int length() {
    return 0;
  }

  /** Asks for the value of a key. */
  record Get(Id client, String mid, String key) implements ClientRequest {
    @Override
    public int length() {
      return key.length();
    }
  }

  /**
   * Asks for a write.
   *
   * @param session null if it belongs to none
   */
  record Write(Id client, String mid, Command.Write write, @Nullable Session session)
      implements ClientRequest {
    @Override
    public int length() {
      return LogEntry.of(0, write).bytes();
    }
  }

  /**
   * Identifies one write among all of one client, so that it is executed once (dissertation §6.3).
   */
  record Session(String client, long seq) {}

  /** Changes the cluster, not the store. */
  sealed interface Administration extends ClientRequest {}

  /** Adds a member (dissertation §4.2.1). */
  record Add(Id client, String mid, Id replica) implements Administration {}

  /** Removes a member. */
  record Remove(Id client, String mid, Id replica) implements Administration {}

  /** Transfers leadership to the replica, or to any if it is null (dissertation §3.10). */
  record Transfer(Id client, String mid, @Nullable Id replica) implements Administration {}
}
