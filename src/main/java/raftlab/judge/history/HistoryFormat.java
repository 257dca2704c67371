package raftlab.judge.history;

/** A way to write down a history, an event a line. */
interface HistoryFormat {
  /** What keys are like at first in logs of this format. */
  InitialState model();

  /**
   * Reads one line that isn't blank.
   *
   * @throws HistoryException if it isn't a line of this format
   */
  void read(String text, int number, OperationAssembler processes) throws HistoryException;
}
