package raftlab.judge.live;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks the messages between replicas in a stable period: no two of them answer each other without
 * end, and no replica stays silent to a leader that the others answer.
 */
final class MessageExchangeCheck implements LivenessCheck {
  /** The messages of two replicas in a second that are always allowed. */
  private static final long MOST_PER_SECOND = 1_000;

  /** The additional messages for each request of a client. */
  private static final long MOST_PER_REQUEST = 12;

  /**
   * The additional messages for each log entry: a follower that lags may be asked for each, one
   * step back at a time, and get each separately.
   */
  private static final long MOST_PER_ENTRY = 8;

  private static final long SHORTEST_STORM_MICROS = 3_000_000;

  /** Storms are checked once in this many messages of a pair. */
  private static final int LOOK = 512;

  private static final long SILENCE_MICROS = 10_000_000;

  /** The number of the leader's messages that a follower must have noticed. */
  private static final int OFTEN = 20;

  private static final int FEW = 5;

  private final LivenessFindings findings;
  private final ReplicaIndex places;
  private final LeaderTenure reign;
  private StablePeriod calm;

  /** The messages of this stable period, by sender and receiver. */
  private int[][] said = new int[0][0];

  private long requests;
  private long requestsBefore;
  private long silentFromMicros;
  private int silentIn;
  private boolean stormed;

  /** By index: all messages at the start of the present tenure. */
  private int[][] saidBefore = new int[0][0];

  MessageExchangeCheck(LivenessFindings findings, ReplicaIndex places, LeaderTenure reign) {
    this.findings = findings;
    this.places = places;
    this.reign = reign;
  }

  @Override
  public void began(StablePeriod next) {
    calm = next;
    if (said.length < places.count()) {
      said = new int[places.count()][places.count()];
    } else {
      for (int[] row : said) {
        Arrays.fill(row, 0);
      }
    }
    requestsBefore += requests;
    requests = 0;
    silentIn = 0;
    stormed = false;
  }

  void requested() {
    requests++;
  }

  /**
   * Notes a message from a member of the stable period to another, or to a client ({@link
   * ReplicaIndex#NOBODY}).
   */
  void said(int from, int to, Event.Sent sent) {
    if (to == ReplicaIndex.NOBODY) {
      said[from][from]++; // its messages to clients
      return;
    }
    int count = ++said[from][to] + said[to][from];
    if (count % LOOK == 0 && !stormed) {
      lookForStorm(from, to, count, sent);
    }
  }

  private void lookForStorm(int one, int other, int count, Event.Sent sent) {
    long micros = sent.atMicros() - calm.fromMicros;
    long most =
        MOST_PER_SECOND * micros / 1_000_000
            + MOST_PER_REQUEST * requests
            + MOST_PER_ENTRY * requestsBefore;
    if (micros >= SHORTEST_STORM_MICROS && count > most) {
      stormed = true;
      findings.violated(
          Invariant.LIVE_CALM,
          List.of(places.id(Math.min(one, other)), places.id(Math.max(one, other))),
          Evidence.of(calm.since, sent),
          "replicas "
              + places.id(Math.min(one, other))
              + " and "
              + places.id(Math.max(one, other))
              + " sent each other "
              + count
              + " messages in "
              + LivenessFindings.seconds(micros)
              + ", when clients made "
              + requests
              + " requests, though "
              + calm.who()
              + " and nothing was done to them");
    }
  }

  @Override
  public void look(long nowMicros) {
    if (!reign.isOld(nowMicros, 0)) {
      return;
    } else if (silentIn != reign.number()) {
      silentIn = reign.number();
      silentFromMicros = nowMicros;
      saidBefore = new int[said.length][];
      Arrays.setAll(saidBefore, place -> said[place].clone());
    } else if (nowMicros - silentFromMicros >= calm.bound(SILENCE_MICROS)) {
      lookForSilence(nowMicros);
      silentIn = 0;
    }
  }

  private void lookForSilence(long nowMicros) {
    int leader = reign.leader();
    int silent = ReplicaIndex.NOBODY;
    int mute = 0;
    int answering = 0;
    for (int place : calm.places) {
      int words = since(place, leader);
      if (place != leader && words == 0 && all(place) == 0 && since(leader, place) >= OFTEN) {
        silent = mute++ == 0 ? place : silent;
      } else if (place != leader && words >= FEW) {
        answering++;
      } else if (place != leader) {
        return; // followers that send few messages prove nothing
      }
    }
    if (mute > 0 && answering >= mute) {
      findings.violated(
          Invariant.LIVE_CATCH_UP,
          List.of(places.id(silent)),
          Evidence.of(calm.since, reign.event()),
          "replica "
              + places.id(silent)
              + " sent no message in "
              + LivenessFindings.seconds(nowMicros - silentFromMicros)
              + ", while leader "
              + reign.leaderId()
              + " sent it "
              + since(leader, silent)
              + " messages, and others answered such");
    }
  }

  private int since(int from, int to) {
    return said[from][to] - saidBefore[from][to];
  }

  private int all(int from) {
    int all = 0;
    for (int to = 0; to < said.length; to++) {
      all += since(from, to);
    }
    return all;
  }
}
