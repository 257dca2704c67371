package raftlab.judge.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A vote for a candidate resets the voter's election timer (§5.2, Figure 2): the voter stands for
 * election itself only after a whole election timeout without a leader. The length of election
 * timeouts is unknown, but no replica has a shorter one than the shortest time that any replica
 * waited for a silent leader. Only far shorter waits count, and only if there are several.
 */
final class ElectionTimerRule {
  /** Fewer waits for a silent leader don't show how long election timeouts are. */
  private static final int MIN_WAITS = 3;

  private static final int MIN_HASTY = 2;

  /** A wait is hasty if it is shorter than 1/FRACTION of the shortest wait for a leader. */
  private static final int FRACTION = 4;

  /** No election timeout is shorter; a wait that seems shorter shows that the kit was late. */
  private static final long MIN_TIMEOUT_MICROS = 50_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final List<Candidacy> afterVotes = new ArrayList<>();
  private long shortestMicros = Long.MAX_VALUE;
  private int waits;

  /** The election timer of one replica, as far as it is known. */
  static final class Timer {
    private Id leader = Id.BROADCAST;
    private Role role = Role.FOLLOWER;
    private long leaderContactAt = NEVER;
    private Event.@Nullable Reported vote;

    /** A message of the leader may have arrived. */
    void leaderContact(long atMicros) {
      leaderContactAt = atMicros;
      vote = null;
    }

    /** A message was sent to the replica; it counts if it is from the leader. */
    void sent(Event.Sent message) {
      if (leader.equals(message.from())) {
        leaderContact(message.atMicros());
      }
    }

    /** The replica voted; its vote for itself doesn't count. */
    void voted(Event.Reported report, Id candidate) {
      if (!candidate.equals(report.replica())) {
        vote = report;
      }
    }
  }

  /** A candidacy of a replica that had voted for another. */
  private record Candidacy(long waitedMicros, Event.Reported vote, Event.Reported event) {}

  /** A replica changes its role. */
  void roleChanged(Timer timer, RoleChanged now, Event.Reported report) {
    boolean stands = now.role() == Role.CANDIDATE || now.role() == Role.PRE_CANDIDATE;
    if (stands && timer.role == Role.FOLLOWER) {
      if (timer.vote != null) {
        long micros = report.atMicros() - timer.vote.atMicros();
        afterVotes.add(new Candidacy(micros, timer.vote, report));
      } else if (timer.leaderContactAt != NEVER) {
        waits++;
        shortestMicros = Math.min(shortestMicros, report.atMicros() - timer.leaderContactAt);
      }
    }
    if (stands || now.role() == Role.LEADER) {
      timer.leaderContactAt = NEVER;
      timer.vote = null;
    } else if (!now.leader().isBroadcast()) {
      timer.leaderContact(report.atMicros());
    }
    timer.role = now.role();
    timer.leader = now.leader();
  }

  /** The violations, once all events were read. */
  List<Violation> violations() {
    if (waits < MIN_WAITS || shortestMicros < MIN_TIMEOUT_MICROS) {
      return List.of();
    }
    List<Violation> hasty =
        afterVotes.stream()
            .filter(candidacy -> candidacy.waitedMicros < shortestMicros / FRACTION)
            .map(this::violation)
            .toList();
    return hasty.size() < MIN_HASTY ? List.of() : hasty;
  }

  private Violation violation(Candidacy hasty) {
    String text =
        String.format(
            Locale.ROOT,
            "replica %s stood for election %.0f ms after it voted for another replica; no replica"
                + " waited less than %.0f ms for a silent leader",
            hasty.event.replica(),
            hasty.waitedMicros / 1e3,
            shortestMicros / 1e3);
    return new Violation(
        Invariant.VOTER_WAITS,
        Optional.of(KnownMistake.VOTE_DOES_NOT_RESET_TIMER),
        List.of(hasty.event.replica()),
        text,
        Evidence.of(hasty.vote, hasty.event).events());
  }
}
