/**
 * Whether a cluster makes progress whenever nothing is in its way. {@link
 * raftlab.judge.live.LiveReview} reads a trace once, looks for stretches of calm, and judges
 * replicas by what they do in them, and by nothing else.
 */
package raftlab.judge.live;
