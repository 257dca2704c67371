package raftlab.node;

import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A host that forwards every call to another host; subclasses override single methods. */
public class ForwardingHost implements Host {
  /** The host that receives the calls. */
  protected final Host host;

  /** Forwards to this host. */
  protected ForwardingHost(Host host) {
    this.host = host;
  }

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
    host.report(change);
  }
}
