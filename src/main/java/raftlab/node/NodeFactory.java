package raftlab.node;

/**
 * Creates a node for a host. A student who writes a replica in Java implements this and {@link
 * Node}.
 */
@FunctionalInterface
public interface NodeFactory {
  /** Creates a node on this host. It must not act before {@link Node#start} is called. */
  Node create(Host host);
}
