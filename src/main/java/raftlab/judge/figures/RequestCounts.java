package raftlab.judge.figures;

/**
 * How many requests of a kind there were, and how they were answered.
 *
 * @param generated those that clients started, retries not counted
 * @param done those that were executed, by the answer
 * @param failed those answered with fail
 * @param unanswered those never answered, each retry counted for itself
 */
public record RequestCounts(int generated, int done, int failed, int unanswered) {}
