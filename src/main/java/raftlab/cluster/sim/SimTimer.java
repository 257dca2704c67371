package raftlab.cluster.sim;

/** One setting of a timer. It is void once its host has set the name again or cancelled it. */
record SimTimer(SimHost host, String name, long setting) {}
