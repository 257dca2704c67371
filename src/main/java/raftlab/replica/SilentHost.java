package raftlab.replica;

import raftlab.node.ForwardingHost;
import raftlab.node.Host;
import raftlab.node.StateChange;

/** A host that keeps to itself what its replica reports: others see of it only its messages. */
final class SilentHost extends ForwardingHost {
  SilentHost(Host host) {
    super(host);
  }

  @Override
  public void report(StateChange change) {
    // Nobody shall know.
  }
}
