/**
 * How the replicas of a run speak. Their messages to each other may have any types and fields; this
 * package learns from a trace which message is a vote request, a vote, an append or a reply, and
 * what the fields mean, and tests what it learned against the run. {@link raftlab.dialect.Dialect}
 * is the result.
 */
package raftlab.dialect;
