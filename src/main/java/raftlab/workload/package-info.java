/**
 * Clients: what they ask for, and where they turn after a redirect.
 *
 * <p>{@link raftlab.workload.Clients} are the course's; a {@link raftlab.workload.Crowd} plays a
 * scenario's traffic plan; an {@link raftlab.workload.Asker} asks for what it is told to.
 */
package raftlab.workload;
