package raftlab.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftNode;

/** The reference replica on a host that drops what it reports, as other programs report nothing. */
public final class SilentNode {
  private SilentNode() {}

  /** A replica that reports nothing. */
  public static Node of(Host host) {
    return new RaftNode(quiet(host));
  }

  /** The same host without reports. */
  public static Host quiet(Host host) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("report") ? null : method.invoke(host, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
