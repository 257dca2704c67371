package raftlab.cluster;

import java.util.ArrayList;
import java.util.List;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Records the notifications of a cluster, each as a line that begins with the replica's ID. */
public class RecordingObserver implements Cluster.Observer {
  private final List<String> lines = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();

  /** All so far, oldest first. */
  public List<String> lines() {
    return lines;
  }

  /** The state changes so far, of all replicas, oldest first. */
  public List<StateChange> changes() {
    return changes;
  }

  /** Forgets all so far. */
  public void clear() {
    lines.clear();
    changes.clear();
  }

  @Override
  public void ready(Id replica) {
    lines.add(replica + " ready");
  }

  @Override
  public void received(Id from, Message message) {
    lines.add(from + " sent " + message.type());
  }

  @Override
  public void malformed(Id from, String complaint, String quote) {
    lines.add(from + " malformed " + complaint);
  }

  @Override
  public void overflowed(Id replica, long byReplica, long byKit) {
    lines.add(replica + " overflowed " + byReplica + " " + byKit);
  }

  @Override
  public void passedOver(Id replica, String what, long count) {
    lines.add(replica + " passed over " + count + " " + what);
  }

  @Override
  public void exited(Id replica, int exitCode, List<String> lastWords) {
    lines.add(replica + " exited " + exitCode + " " + lastWords);
  }

  @Override
  public void crashedDuringStep(Id replica) {
    lines.add(replica + " crashed midway");
  }

  @Override
  public void printed(Id replica, boolean error, String line) {
    lines.add(replica + " printed " + line);
  }

  @Override
  public void reported(Id replica, StateChange change) {
    changes.add(change);
    lines.add(replica + " " + change);
  }
}
