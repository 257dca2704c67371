package raftlab.judge.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks that there is a leader: a majority names it and it sends messages, or it claims to lead,
 * or it answers a client with ok. A claim that no other replica confirms is no failure, since not
 * all followers answer; but then the run doesn't count as progress.
 */
final class LeaderExistsCheck extends LivenessCheck {
  private static final long BOUND_MICROS = 5_000_000;
  private static final long LONGEST_BOUND_MICROS = 10_000_000;

  /** The number of split elections in a row that bad luck explains. */
  private static final int ELECTIONS = 4;

  private final LivenessFindings findings;
  private final LeaderTenure leaderTenure;
  private long leaderSeenMicros;

  /** When a leader was last known. */
  private long leaderKnownMicros;

  /** When each member of the stable period last sent a message, by index. */
  private final Map<Integer, Long> sentMicros = new HashMap<>();

  /** Whether the missing leader of this stable period was reported. */
  private boolean isReported;

  private @Nullable Event last;
  private long lastSpokeMicros;

  /**
   * While there is no leader, how long no replica sent a message: the time before they start an
   * election.
   */
  private long silentMicros;

  LeaderExistsCheck(LivenessFindings findings, LeaderTenure leaderTenure) {
    this.findings = findings;
    this.leaderTenure = leaderTenure;
  }

  @Override
  void stablePeriodBegan(StablePeriod next) {
    super.stablePeriodBegan(next);
    leaderSeenMicros = next.fromMicros;
    leaderKnownMicros = next.fromMicros;
    sentMicros.clear();
    isReported = false;
    last = null;
    noteLeaderSeen(next.fromMicros);
  }

  /** Notes that a member of the stable period claims to lead, or answered a client with ok. */
  void leaderSeen(Event by) {
    leaderSeenMicros = Math.max(leaderSeenMicros, by.atMicros());
    last = by;
    noteLeaderSeen(by.atMicros());
  }

  private void noteLeaderSeen(long atMicros) {
    lastSpokeMicros = atMicros;
    silentMicros = 0;
  }

  /** Notes that a member of the stable period sends a message to another replica. */
  void memberSpoke(long atMicros) {
    silentMicros = Math.max(silentMicros, atMicros - lastSpokeMicros);
    lastSpokeMicros = atMicros;
  }

  private long boundMicros() {
    return stablePeriod()
        .scaledBound(
            Math.min(LONGEST_BOUND_MICROS, Math.max(BOUND_MICROS, ELECTIONS * silentMicros)));
  }

  /** Notes that a member of the stable period sends a message, to a replica or a client. */
  void sent(int place, long atMicros) {
    sentMicros.put(place, atMicros);
  }

  /** Returns when the known leader last sent a message. */
  private long leaderSpoke(long nowMicros) {
    if (stablePeriod().memberIndexes.size() == 1) {
      return nowMicros;
    }
    long sent = sentMicros.getOrDefault(leaderTenure.leader(), stablePeriod().fromMicros);
    long known =
        leaderTenure.event() == null ? stablePeriod().fromMicros : leaderTenure.event().atMicros();
    return Math.max(stablePeriod().fromMicros, Math.max(sent, known));
  }

  @Override
  void check(long nowMicros) {
    if (leaderTenure.leader() != ReplicaIndex.NONE) {
      long spokeLast = leaderSpoke(nowMicros);
      leaderKnownMicros = nowMicros;
      if (nowMicros - spokeLast < boundMicros()) {
        leaderSeenMicros = Math.max(leaderSeenMicros, nowMicros);
        last = leaderTenure.event();
        noteLeaderSeen(nowMicros);
        return;
      }
      reportMissingLeader(
          "replica "
              + leaderTenure.leaderId()
              + " was known to lead, but sent nothing for "
              + LivenessFindings.seconds(nowMicros - spokeLast));
      return;
    }
    if (nowMicros - leaderKnownMicros >= boundMicros()) {
      findings.leaderUnknown();
    }
    if (nowMicros - leaderSeenMicros >= boundMicros()) {
      reportMissingLeader(
          "no replica led for " + LivenessFindings.seconds(nowMicros - leaderSeenMicros));
    }
  }

  /** Reports a violation, once in a stable period. */
  private void reportMissingLeader(String what) {
    if (isReported) {
      return;
    }
    isReported = true;
    findings.violated(
        Invariant.LIVE_LEADER,
        List.of(),
        Evidence.of(stablePeriod().since, last),
        what + ", though " + stablePeriod().membersText() + " and nothing was done to them since");
  }
}
