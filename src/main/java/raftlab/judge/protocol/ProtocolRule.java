package raftlab.judge.protocol;

import raftlab.dialect.Dialect;
import raftlab.dialect.RaftMessageView;
import raftlab.judge.invariant.FirstViolations;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A rule that messages keep or break. A replica with a bug mostly keeps the rule; if a rule seems
 * broken too often, the messages are misread, and nothing is found.
 */
abstract class ProtocolRule {
  private final int keptPerBreach;
  private final FirstViolations breaches = new FirstViolations();
  private int kept;
  private int broken;

  /**
   * A rule.
   *
   * @param keptPerBreach how often it must be kept for each time that it is broken
   */
  ProtocolRule(int keptPerBreach) {
    this.keptPerBreach = keptPerBreach;
  }

  /** Whether the messages of a run are understood well enough for this rule. */
  abstract boolean isUnderstood(Dialect dialect);

  /** A replica sends a message to another. */
  void sent(Event.Sent sent, RaftMessageView content) {}

  /** A message reached its receiver for the first time. */
  void delivered(Event.Sent sent, RaftMessageView content) {}

  /** A replica was started. */
  void started(Id replica) {}

  /** The rule applied, and was kept. */
  final void keep() {
    kept++;
  }

  /** The rule was broken. */
  final FirstViolations breach() {
    broken++;
    return breaches;
  }

  /** Whether messages contradict each other as they are read. */
  boolean isMisread() {
    return false;
  }

  /** The breaches, unless messages seem to be misread. */
  final FirstViolations findings() {
    boolean isBelievable = kept >= keptPerBreach && kept >= keptPerBreach * broken;
    return isBelievable && !isMisread() ? breaches : new FirstViolations();
  }
}
