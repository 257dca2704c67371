package raftlab.run.lab;

import raftlab.wire.Id;
import raftlab.wire.Message;

/** Sees each message as it enters the emulated network, before anything becomes of it. */
public interface MessageListener {
  /**
   * A message was sent.
   *
   * @param to whom this copy is for
   * @return whether it is lost
   */
  boolean loses(Id from, Id to, Message message);
}
