package raftlab.replica;

import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.node.Host;
import raftlab.node.StateChange;
import raftlab.node.Storage;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A host that keeps to itself what its replica reports: others see of it only its messages. */
record SilentHost(Host host) implements Host {
  @Override
  public Id id() {
    return host.id();
  }

  @Override
  public List<Id> others() {
    return host.others();
  }

  @Override
  public boolean joins() {
    return host.joins();
  }

  @Override
  public long nowMillis() {
    return host.nowMillis();
  }

  @Override
  public void send(Message message) {
    host.send(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    host.setTimer(timer, afterMillis);
  }

  @Override
  public void cancelTimer(String timer) {
    host.cancelTimer(timer);
  }

  @Override
  public RandomGenerator random() {
    return host.random();
  }

  @Override
  public Storage storage() {
    return host.storage();
  }

  @Override
  public void report(StateChange change) {
    // Nobody shall know.
  }
}
