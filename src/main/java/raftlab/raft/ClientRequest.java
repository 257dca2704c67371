package raftlab.raft;

import raftlab.wire.Id;

/**
 * What a client asks for. Client and message ID together name the request, and the answer goes to
 * them.
 */
sealed interface ClientRequest {
  Id client();

  String mid();

  /** How many characters it holds, for bounding how many are kept. */
  default int length() {
    return 0;
  }

  /** The value of a key. */
  record Get(Id client, String mid, String key) implements ClientRequest {
    @Override
    public int length() {
      return key.length();
    }
  }

  /**
   * A write shall be executed.
   *
   * @param session to which it belongs; null for none
   */
  record Write(Id client, String mid, Command.Write write, Session session)
      implements ClientRequest {
    @Override
    public int length() {
      return LogEntry.of(0, write).bytes();
    }
  }

  /** Names one write among all of one client: executed once at most (dissertation §6.3). */
  record Session(String client, long seq) {}

  /** What is asked of the cluster itself. */
  sealed interface Administration extends ClientRequest {}

  /** The replica shall become a member (dissertation §4.2.1). */
  record Add(Id client, String mid, Id replica) implements Administration {}

  /** The replica shall be a member no more. */
  record Remove(Id client, String mid, Id replica) implements Administration {}

  /** The replica shall lead; any other than the present one if it is null (dissertation §3.10). */
  record Transfer(Id client, String mid, Id replica) implements Administration {}
}
