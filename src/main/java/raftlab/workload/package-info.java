/**
 * Clients: they generate requests and retry them after redirects, fails and timeouts.
 *
 * <p>{@link raftlab.workload.CourseClients} plays the course's traffic, a {@link
 * raftlab.workload.LoadGenerator} a scenario's traffic plan, and a {@link
 * raftlab.workload.RetryingClient} single operations.
 */
package raftlab.workload;
