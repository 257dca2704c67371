package raftlab.judge.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import raftlab.dialect.Dialect;
import raftlab.judge.invariant.FirstViolations;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Applies the rules to the messages of a run. Finds nothing if replicas report their state (the
 * reports are judged), if the reading isn't proved, if members may change, or if the kit can't have
 * seen all messages.
 */
public final class ProtocolReview {
  private final Dialect dialect;
  private final Set<Id> replicas;
  private final List<ProtocolRule> rules;
  private final Map<Long, Event.Sent> inFlight = new HashMap<>();

  private ProtocolReview(Trace trace, Dialect dialect) {
    this.dialect = dialect;
    replicas = new HashSet<>(trace.header().replicas());
    int count = replicas.size();
    rules =
        List.of(new VoteRule(), new ElectionRule(count), new CommitRule(count)).stream()
            .filter(rule -> rule.isUnderstood(dialect))
            .toList();
  }

  /** Reviews a whole trace. Never fails. */
  public static FirstViolations of(Trace trace) {
    Optional<Dialect> dialect =
        isComplete(trace) ? Dialect.withoutCorrections(trace) : Optional.empty();
    FirstViolations all = new FirstViolations();
    if (dialect.isPresent()) {
      ProtocolReview review = new ProtocolReview(trace, dialect.get());
      trace.events().forEach(review::onEvent);
      review.rules.forEach(rule -> rule.findings().all().forEach(all::add));
    }
    return all;
  }

  /**
   * Whether the trace has all messages, of replicas that stay the same and store what they must.
   */
  private static boolean isComplete(Trace trace) {
    Set<Id> started = new HashSet<>();
    for (Event event : trace.events()) {
      boolean isAdministration =
          event instanceof Event.Requested request && request.isAdministration();
      boolean isLost = event instanceof Event.Overflowed lost && lost.byKit() > 0;
      boolean isRestart =
          event instanceof Event.Started start
              && (!started.add(start.replica())
                  || !trace.header().replicas().contains(start.replica()));
      if (isAdministration
          || isLost
          || isRestart
          || event instanceof Event.Corrupted
          || event instanceof Event.Reported) {
        return false;
      }
    }
    return true;
  }

  private void onEvent(Event event) {
    if (event instanceof Event.Sent sent
        && replicas.contains(sent.from())
        && replicas.contains(sent.to())) {
      inFlight.put(sent.number(), sent);
      rules.forEach(rule -> rule.sent(sent, dialect.read(sent.number())));
    } else if (event instanceof Event.Delivered delivered) {
      Event.Sent sent = inFlight.remove(delivered.number());
      if (sent != null) {
        rules.forEach(rule -> rule.delivered(sent, dialect.read(sent.number())));
      }
    } else if (event instanceof Event.Started started) {
      rules.forEach(rule -> rule.started(started.replica()));
    }
  }
}
