package raftlab.raft;

import raftlab.wire.Id;

/**
 * What a client asks for. Client and message ID together name the request, and the answer goes to
 * them.
 */
sealed interface Request {
  Id client();

  String mid();

  /** The value of a key. */
  record Get(Id client, String mid, String key) implements Request {}

  /** A key shall have this value. */
  record Put(Id client, String mid, Command.Put command) implements Request {}
}
