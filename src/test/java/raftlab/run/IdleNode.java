package raftlab.run;

import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.wire.Message;

/** A replica that stands for no election and answers nothing. */
public final class IdleNode implements Node {
  /** One on this host, which it doesn't use. */
  public IdleNode(Host host) {}

  @Override
  public void start() {
    // Waits for nothing.
  }

  @Override
  public void receive(Message message) {
    // Answers nothing.
  }

  @Override
  public void timeout(String timer) {
    // Has set no timer.
  }
}
