package raftlab.node;

import java.util.List;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A host that forwards every call to another host; subclasses override single methods. */
public class ForwardingHost implements Host {
  /** The host that receives the calls. */
  protected final Host delegate;

  /** Forwards to this host. */
  protected ForwardingHost(Host delegate) {
    this.delegate = delegate;
  }

  @Override
  public Id id() {
    return delegate.id();
  }

  @Override
  public List<Id> others() {
    return delegate.others();
  }

  @Override
  public boolean isJoining() {
    return delegate.isJoining();
  }

  @Override
  public long nowMillis() {
    return delegate.nowMillis();
  }

  @Override
  public void send(Message message) {
    delegate.send(message);
  }

  @Override
  public void setTimer(String timer, long afterMillis) {
    delegate.setTimer(timer, afterMillis);
  }

  @Override
  public void cancelTimer(String timer) {
    delegate.cancelTimer(timer);
  }

  @Override
  public RandomGenerator random() {
    return delegate.random();
  }

  @Override
  public Storage storage() {
    return delegate.storage();
  }

  @Override
  public void report(StateChange change) {
    delegate.report(change);
  }
}
