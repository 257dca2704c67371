package raftlab.judge;

/** Decides one question about a run. */
@FunctionalInterface
public interface Judge {
  /** Reads the record of a run; never fails, whatever the run looks like. */
  Verdict judge(RunRecord run);
}
