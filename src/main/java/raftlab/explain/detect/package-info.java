/**
 * Detectors of mistakes. {@link raftlab.explain.detect.DetectorRunner} reads a trace once and shows
 * each event to each {@link raftlab.explain.detect.Detector}; what they find are {@link
 * raftlab.explain.detect.Suspicions}.
 *
 * <p>Rules that what replicas report can break are in {@code judge.raft}, for the verdict and for
 * the explanation. A detector here applies a rule that no verdict is given on, or the same rule to
 * messages, which is weaker evidence: the sender's fields may mean something else.
 */
package raftlab.explain.detect;
