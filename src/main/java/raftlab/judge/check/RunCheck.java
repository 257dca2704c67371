package raftlab.judge.check;

/** A check of a run. */
@FunctionalInterface
public interface RunCheck {
  /** Checks a run; never throws, whatever the trace contains. */
  Verdict judge(JudgedRun run);
}
