package raftlab.judge.figures;

/**
 * The number of requests of a kind, by their answers.
 *
 * @param generated requests that clients started, without retries
 * @param done requests that were executed, by the answer
 * @param failed requests answered with fail
 * @param unanswered requests without an answer; each retry counts
 */
public record RequestCounts(int generated, int done, int failed, int unanswered) {}
