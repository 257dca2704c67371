package raftlab.judge.check;

/** A check of a run. */
@FunctionalInterface
public interface RunCheck {
  /** Checks a run; never throws, for any trace. */
  Verdict judge(JudgedRun run);
}
