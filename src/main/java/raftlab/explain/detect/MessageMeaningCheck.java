package raftlab.explain.detect;

import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.trace.ReportedLog;

/**
 * Whether the fields of messages mean what they seem to: if a replica reports its log, its messages
 * must agree with the reports. Without reports nothing is confirmed.
 */
public final class MessageMeaningCheck implements Detector {
  /** Messages that agree, for each that doesn't: a bug may show in a few. */
  private static final int MIN_AGREEING = 4;

  private int agreeing;
  private int different;

  /** Whether reports confirm the meaning of messages. */
  public boolean isConfirmed() {
    return agreeing > MIN_AGREEING * different;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (!from.reports() || !from.isLogKnown()) {
      return;
    }
    if (message.content() instanceof VoteRequest request) {
      compare(
          request.lastLogIndex() == from.log().lastIndex()
              && request.lastLogTerm() == from.log().lastTerm());
    } else if (message.content() instanceof Append append && append.prevIndex() >= 0) {
      compare(isPartOf(from.log(), append));
    }
  }

  private void compare(boolean agrees) {
    agreeing += agrees ? 1 : 0;
    different += agrees ? 0 : 1;
  }

  private static boolean isPartOf(ReportedLog log, Append append) {
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
