package raftlab.console;

import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;

/**
 * What the judges say of a run of the console so far.
 *
 * @param reason the reason, unless it passed
 */
record BranchVerdict(Status status, String reason) {
  static BranchVerdict of(Judgement judgement) {
    return new BranchVerdict(judgement.status(), judgement.reason());
  }
}
