package raftlab.judge.history;

import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.OperationSource;

/** Describes operations of one source in words. */
public interface OperationDescriber extends OperationSource {
  /**
   * Returns the subject of a sentence about an answer, such as "replica 0002 answered a get of k
   * with".
   */
  String answered(HistoryOperation operation, String what);

  /** Returns the client with time or place, such as "client 0015 at 3.200 s". */
  String author(HistoryOperation operation);
}
