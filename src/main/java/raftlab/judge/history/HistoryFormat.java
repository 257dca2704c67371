package raftlab.judge.history;

/** A file format for histories with one event a line. */
interface HistoryFormat {
  /** Returns the initial state of keys in this format. */
  InitialState model();

  /**
   * Reads one line that isn't blank.
   *
   * @throws HistoryException if it isn't a line of this format
   */
  void read(String text, int number, OperationAssembler processes) throws HistoryException;
}
