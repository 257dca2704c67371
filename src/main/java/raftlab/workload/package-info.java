/**
 * Clients: what they ask for, and where they turn after a redirect.
 *
 * <p>{@link raftlab.workload.CourseClients} are the course's; a {@link
 * raftlab.workload.LoadGenerator} plays a scenario's traffic plan; an {@link
 * raftlab.workload.RetryingClient} asks for what it is told to.
 */
package raftlab.workload;
