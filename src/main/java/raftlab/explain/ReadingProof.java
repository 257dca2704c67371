package raftlab.explain;

/**
 * Whether what is read in messages is what their senders mean: where a replica reports its log,
 * what it says of its log in messages must be the same. Without reports nothing is proved.
 */
final class ReadingProof implements Detector {
  /** So many messages agree with reports for each that doesn't; a bug may show in a few. */
  private static final int AGREEING = 4;

  private int same;
  private int different;

  /** Whether reports confirm what is read in messages. */
  boolean isProved() {
    return same > AGREEING * different;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (!from.reports || !from.isLogKnown) {
      return;
    }
    if (letter.said() instanceof Said.VoteRequest request) {
      compare(
          request.lastLogIndex() == from.log.lastIndex()
              && request.lastLogTerm() == from.log.lastTerm());
    } else if (letter.said() instanceof Said.Append append && append.prevIndex() >= 0) {
      compare(isOf(from.log, append));
    }
  }

  private void compare(boolean isSame) {
    same += isSame ? 1 : 0;
    different += isSame ? 0 : 1;
  }

  private static boolean isOf(Ledger log, Said.Append append) {
    if (append.end() > log.lastIndex()) {
      return false;
    }
    for (int i = 0; i < append.terms().size(); i++) {
      long index = append.prevIndex() + 1 + i;
      if (index > log.base() && log.termAt(index) != append.terms().get(i)) {
        return false;
      }
    }
    return true;
  }
}
