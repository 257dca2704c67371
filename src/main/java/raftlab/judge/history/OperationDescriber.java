package raftlab.judge.history;

import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.OperationSource;

/** How the operations of one source are told of. */
public interface OperationDescriber extends OperationSource {
  /** Who answered what, up to the answer: "replica 0002 answered a get of k with". */
  String answered(HistoryOperation operation, String what);

  /** Who asked, and when or where: "client 0015 at 3.200 s". */
  String author(HistoryOperation operation);
}
