package raftlab.run.lab;

import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Sees each message as it enters the emulated network, before the network decides on its delivery.
 */
public interface MessageListener {
  /**
   * A message was sent.
   *
   * @param to the receiver of this copy
   * @return whether to drop it
   */
  boolean shouldDrop(Id from, Id to, Message message);
}
