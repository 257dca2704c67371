package raftlab.judge.live;

import java.util.Arrays;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks that all replicas that report their commit index catch up with the leader's. It compares
 * with the leader's report and not with the majority's: after a restart a leader may have to wait
 * for the first entry of its own term (§5.4.2).
 */
final class CommitCatchUpCheck implements LivenessCheck {
  private static final long BOUND_MICROS = 10_000_000;

  /**
   * The time for each entry of a follower's log that is stepped back one entry with each heartbeat.
   */
  private static final long ENTRY_MICROS = 250_000;

  private final LivenessFindings findings;
  private final ReplicaIndex places;
  private final LeaderTenure reign;
  private StablePeriod calm;

  /** By index: the replica's commit index since its last start; whether it ever reported. */
  private long[] committed = new long[64];

  private boolean[] tells = new boolean[64];
  private Event[] told = new Event[64];

  /** By index: the commit index that it must reach, and by when. */
  private long[] wanted = new long[64];

  private long[] dueMicros = new long[64];
  private int askedIn;

  CommitCatchUpCheck(LivenessFindings findings, ReplicaIndex places, LeaderTenure reign) {
    this.findings = findings;
    this.places = places;
    this.reign = reign;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    askedIn = 0;
  }

  /** Notes a restart: the commit index is lost. */
  void started(int place) {
    if (place < committed.length && place >= 0) {
      committed[place] = 0;
      told[place] = null;
    }
  }

  void reported(Event.Reported report) {
    StateChange change = report.change();
    if (change instanceof StateChange.Committed commit) {
      committed(report, commit.index());
    } else if (change instanceof StateChange.SnapshotInstalled installed) {
      committed(report, installed.index());
    } else if (change instanceof StateChange.Restored restored) {
      committed(report, restored.snapshotIndex());
    }
  }

  private void committed(Event.Reported report, long index) {
    int place = places.of(report.replica());
    if (place == ReplicaIndex.NOBODY) {
      return;
    }
    grow(place);
    committed[place] = Math.max(committed[place], index);
    tells[place] |= index > 0;
    told[place] = report;
  }

  private void grow(int place) {
    if (place >= committed.length) {
      committed = Arrays.copyOf(committed, place + 64);
      tells = Arrays.copyOf(tells, place + 64);
      told = Arrays.copyOf(told, place + 64);
      wanted = Arrays.copyOf(wanted, place + 64);
      dueMicros = Arrays.copyOf(dueMicros, place + 64);
    }
  }

  @Override
  public void look(long nowMicros) {
    if (!reign.isOld(nowMicros, 0)) {
      return;
    }
    boolean sameReign = askedIn == reign.number();
    askedIn = reign.number();
    grow(reign.leader());
    for (int place : calm.places) {
      grow(place);
      if (!sameReign) {
        ask(place, nowMicros);
      } else if (nowMicros >= dueMicros[place]) {
        if (tells[place] && committed[place] < wanted[place]) {
          behind(place, nowMicros);
        }
        ask(place, nowMicros);
      }
    }
  }

  private void ask(int place, long nowMicros) {
    wanted[place] = committed[reign.leader()];
    long lag = Math.max(0, wanted[place] - committed[place]);
    dueMicros[place] = nowMicros + calm.bound(BOUND_MICROS + lag * ENTRY_MICROS);
  }

  private void behind(int place, long nowMicros) {
    findings.lack(
        LivenessProperty.CATCH_UP,
        "replica "
            + places.id(place)
            + " had "
            + committed[place]
            + " committed entries, but leader "
            + reign.leaderId()
            + " reported "
            + wanted[place]
            + " at least "
            + LivenessFindings.seconds(calm.bound(BOUND_MICROS))
            + " ago, though "
            + calm.who()
            + " since "
            + LivenessFindings.seconds(nowMicros - calm.fromMicros),
        calm.since,
        reign.event(),
        told[reign.leader()],
        told[place]);
  }
}
