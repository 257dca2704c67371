package raftlab.judge.check;

/** Decides one question about a run. */
@FunctionalInterface
public interface RunCheck {
  /** Reads the record of a run; never fails, whatever the run looks like. */
  Verdict judge(JudgedRun run);
}
