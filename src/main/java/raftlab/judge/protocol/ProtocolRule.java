package raftlab.judge.protocol;

import java.util.Set;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.RaftMessageView;
import raftlab.judge.invariant.FirstViolations;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A rule that messages keep or break. A replica with a bug mostly keeps the rule; if a rule seems
 * broken nearly as often as kept, the messages are misread, and nothing is found.
 */
abstract class ProtocolRule {
  private static final int MIN_KEPT = 3;
  private static final int KEPT_PER_BREACH = 3;

  private final FirstViolations breaches = new FirstViolations();
  private int kept;
  private int broken;

  /** What must be proved of the reading of messages. */
  abstract Set<Aspect> needed();

  /** A replica sends a message to another. */
  void sent(Event.Sent sent, RaftMessageView content, int life) {}

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

  /** The breaches, unless messages seem to be misread. */
  final FirstViolations findings() {
    boolean isBelievable = kept >= MIN_KEPT && kept >= KEPT_PER_BREACH * broken;
    return isBelievable ? breaches : new FirstViolations();
  }
}
