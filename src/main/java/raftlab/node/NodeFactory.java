package raftlab.node;

/** Makes a replica for a host: what a Java student hands to the kit. */
@FunctionalInterface
public interface NodeFactory {
  /**
   * A new node that will live on this host. It must not act before {@link Node#start} is called.
   */
  Node create(Host host);
}
