package raftlab.judge.raft;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A replica gives one vote per term (§5.2). The verdict applies the rule to votes that replicas
 * report, the explanation to votes that their messages show.
 */
public final class OneVoteRule {
  private record Ballot(Id voter, long term) {}

  private record Vote(Id candidate, Event event, int life) {}

  private final Map<Ballot, Vote> votes = new HashMap<>();

  /**
   * A replica votes.
   *
   * @param life how often the voter has been started
   * @return the violation, if it voted for another candidate before
   */
  public Optional<Violation> voted(Id voter, int life, long term, Id candidate, Event event) {
    Vote before = votes.putIfAbsent(new Ballot(voter, term), new Vote(candidate, event, life));
    if (before == null || before.candidate.equals(candidate)) {
      return Optional.empty();
    }
    boolean sameLife = before.life == life;
    String text =
        String.format(
            Locale.ROOT,
            "replica %s voted in term %d for %s and then%s for %s",
            voter,
            term,
            before.candidate,
            sameLife ? "" : ", after a restart,",
            candidate);
    return Optional.of(
        new Violation(
            Invariant.ONE_VOTE,
            Optional.of(sameLife ? KnownMistake.VOTES_TWICE : KnownMistake.FORGETS_VOTE),
            List.of(voter),
            text,
            Evidence.of(before.event, event).events()));
  }

  /** A replica found this vote in its storage. */
  void restored(Id voter, int life, long term, Id candidate, Event event) {
    votes.putIfAbsent(new Ballot(voter, term), new Vote(candidate, event, life));
  }

  /** The vote that this event shows may not have been stored before a crash. */
  void forget(Event vote) {
    votes.values().removeIf(known -> known.event == vote);
  }
}
