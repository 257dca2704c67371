package raftlab.judge.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Whoever gives its vote begins its election timeout anew (§5.2, Figure 2): it stands for election
 * itself only after hearing nothing for as long as it waits for a silent leader. How long that is
 * the kit doesn't know; but no replica waits less than the shortest time that any has waited for a
 * leader. Only a wait far shorter than that counts, and only if there are several.
 */
final class Patience {
  /** Fewer waits for a silent leader don't show how long a replica waits. */
  private static final int ENOUGH_WAITS = 3;

  /** So many hasty candidates are no accident. */
  private static final int ENOUGH_HASTE = 2;

  /** A wait is short if it is less than one so manieth of the shortest wait for a leader. */
  private static final int FRACTION = 4;

  /**
   * No election timer is shorter: a wait for a leader that seems so shows that the kit was late.
   */
  private static final long LEAST_MICROS = 50_000;

  private static final long NEVER = -1;

  /** What one replica does. */
  static final class Waiting {
    private Id follows = Id.BROADCAST;
    private Role role = Role.FOLLOWER;
    private long heardAt = NEVER;
    private Event.Reported grant;
  }

  /** Somebody stood for election so long after it had given its vote to another. */
  private record Haste(long micros, Event.Reported grant, Event.Reported stands) {}

  private final Findings findings;
  private final List<Haste> hasty = new ArrayList<>();
  private long shortestMicros = Long.MAX_VALUE;
  private int waits;

  Patience(Findings findings) {
    this.findings = findings;
  }

  /** A replica sends something to another, who may hear it. */
  static void sent(Event.Sent sent, Waiting to) {
    if (to.follows.equals(sent.from())) {
      to.heardAt = sent.atMicros();
      to.grant = null;
    }
  }

  static void voted(Event.Reported vote, Id candidate, Waiting voter) {
    if (!candidate.equals(vote.replica())) {
      voter.grant = vote;
    }
  }

  void roleChanged(RoleChanged now, Event.Reported report, Waiting replica) {
    boolean stands = now.role() == Role.CANDIDATE || now.role() == Role.PRE_CANDIDATE;
    if (stands && replica.role == Role.FOLLOWER) {
      if (replica.grant != null) {
        long micros = report.atMicros() - replica.grant.atMicros();
        hasty.add(new Haste(micros, replica.grant, report));
      } else if (replica.heardAt != NEVER) {
        waits++;
        shortestMicros = Math.min(shortestMicros, report.atMicros() - replica.heardAt);
      }
    }
    if (stands || now.role() == Role.LEADER) {
      replica.heardAt = NEVER;
      replica.grant = null;
    }
    boolean hears = now.role() == Role.FOLLOWER && !now.leader().isBroadcast();
    if (hears) {
      replica.heardAt = report.atMicros();
      replica.grant = null;
    }
    replica.role = now.role();
    replica.follows = now.leader();
  }

  /** All has been read. */
  void end() {
    if (waits < ENOUGH_WAITS || shortestMicros < LEAST_MICROS) {
      return;
    }
    List<Haste> tooShort =
        hasty.stream().filter(one -> one.micros() < shortestMicros / FRACTION).toList();
    if (tooShort.size() < ENOUGH_HASTE) {
      return;
    }
    Haste first = tooShort.get(0);
    tooShort.forEach(one -> findings.isFirst(Property.VOTER_WAITS));
    findings.violated(
        Property.VOTER_WAITS,
        String.format(
            Locale.ROOT,
            "replica %s stood for election %.0f ms after it had given its vote to another; for a"
                + " silent leader nobody waited less than %.0f ms",
            first.stands().replica(),
            first.micros() / 1e3,
            shortestMicros / 1e3),
        first.grant(),
        first.stands());
  }
}
