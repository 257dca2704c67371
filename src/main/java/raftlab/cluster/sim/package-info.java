/** The simulated world: replicas are objects in one thread, and time is a number. */
package raftlab.cluster.sim;
