package raftlab.replica;

import raftlab.node.ForwardingHost;
import raftlab.node.Host;
import raftlab.node.StateChange;

/** A host that discards the reports of its replica, so that only its messages are visible. */
final class NonReportingHost extends ForwardingHost {
  NonReportingHost(Host host) {
    super(host);
  }

  @Override
  public void report(StateChange change) {
    // Reports are discarded.
  }
}
