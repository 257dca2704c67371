package raftlab.judge.history;

import raftlab.judge.linear.Operation;
import raftlab.judge.linear.Sources;

/** How the operations of one source are told of. */
public interface Teller extends Sources {
  /** Who answered what, up to the answer: "replica 0002 answered a get of k with". */
  String answered(Operation operation, String what);

  /** Who asked, and when or where: "client 0015 at 3.200 s". */
  String author(Operation operation);
}
