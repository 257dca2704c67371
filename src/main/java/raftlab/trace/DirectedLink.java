package raftlab.trace;

import raftlab.wire.Id;

/** A link between two replicas in one direction. */
public record DirectedLink(Id from, Id to) {}
