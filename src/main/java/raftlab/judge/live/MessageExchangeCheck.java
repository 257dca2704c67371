package raftlab.judge.live;

import java.util.Arrays;
import java.util.List;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.scenario.CountedMetric;
import raftlab.trace.Event;
import raftlab.trace.ReplicaIndex;

/**
 * Checks the messages between replicas in a stable period: no two of them answer each other without
 * end, and no replica stops sending to a leader that the others answer.
 */
final class MessageExchangeCheck extends LivenessCheck {
  /** The messages of two replicas in a second that are always allowed. */
  private static final long MAX_PER_SECOND = 1_000;

  /** The additional messages for each request of a client. */
  private static final long MAX_PER_REQUEST = 12;

  /**
   * The additional messages for each log entry: a follower that lags may be asked for each, one
   * step back at a time, and get each separately.
   */
  private static final long MAX_PER_ENTRY = 8;

  private static final long SHORTEST_STORM_MICROS = 3_000_000;

  /** Storms are checked once in this many messages of a pair. */
  private static final int STORM_CHECK_INTERVAL = 512;

  private static final long SILENCE_MICROS = 10_000_000;

  /** The number of the leader's messages that a follower must have noticed. */
  private static final int MIN_LEADER_MESSAGES = 20;

  private static final int MAX_SILENT_MESSAGES = 5;

  private final LivenessFindings findings;
  private final ReplicaIndex replicaIndex;
  private final LeaderTenure leaderTenure;

  /** The messages of this stable period, by sender and receiver. */
  private int[][] said = new int[0][0];

  private long requests;
  private long requestsBefore;
  private long silentFromMicros;
  private int silentIn;
  private boolean stormed;

  /** By index: all messages at the start of the present tenure. */
  private int[][] saidBeforeTenure = new int[0][0];

  MessageExchangeCheck(
      LivenessFindings findings, ReplicaIndex replicaIndex, LeaderTenure leaderTenure) {
    this.findings = findings;
    this.replicaIndex = replicaIndex;
    this.leaderTenure = leaderTenure;
  }

  @Override
  void stablePeriodBegan(StablePeriod next) {
    super.stablePeriodBegan(next);
    if (said.length < replicaIndex.size()) {
      said = new int[replicaIndex.size()][replicaIndex.size()];
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
   * ReplicaIndex#NONE}).
   */
  void said(int from, int to, Event.Sent sent) {
    if (to == ReplicaIndex.NONE) {
      said[from][from]++; // its messages to clients
      return;
    }
    int count = ++said[from][to] + said[to][from];
    if (count % STORM_CHECK_INTERVAL == 0 && !stormed) {
      checkStorm(from, to, count, sent);
    }
  }

  private void checkStorm(int one, int other, int count, Event.Sent sent) {
    long micros = sent.atMicros() - stablePeriod().fromMicros;
    long most =
        MAX_PER_SECOND * micros / 1_000_000
            + MAX_PER_REQUEST * requests
            + MAX_PER_ENTRY * requestsBefore;
    if (micros >= SHORTEST_STORM_MICROS && count > most) {
      stormed = true;
      findings.exceeded(
          Invariant.LIVE_CALM,
          CountedMetric.MESSAGES,
          List.of(replicaIndex.id(Math.min(one, other)), replicaIndex.id(Math.max(one, other))),
          Evidence.of(stablePeriod().since, sent),
          "replicas "
              + replicaIndex.id(Math.min(one, other))
              + " and "
              + replicaIndex.id(Math.max(one, other))
              + " sent each other "
              + count
              + " messages in "
              + LivenessFindings.seconds(micros)
              + ", when clients made "
              + requests
              + " requests, though "
              + stablePeriod().membersText()
              + " and nothing was done to them");
    }
  }

  @Override
  void check(long nowMicros) {
    if (!leaderTenure.hasLasted(nowMicros, 0)) {
      return;
    } else if (silentIn != leaderTenure.number()) {
      silentIn = leaderTenure.number();
      silentFromMicros = nowMicros;
      saidBeforeTenure = new int[said.length][];
      Arrays.setAll(saidBeforeTenure, place -> said[place].clone());
    } else if (nowMicros - silentFromMicros >= stablePeriod().scaledBound(SILENCE_MICROS)) {
      checkSilence(nowMicros);
      silentIn = 0;
    }
  }

  private void checkSilence(long nowMicros) {
    int leader = leaderTenure.leader();
    int firstSilent = ReplicaIndex.NONE;
    int silentCount = 0;
    int answering = 0;
    for (int place : stablePeriod().memberIndexes) {
      int sent = since(place, leader);
      if (place != leader
          && sent == 0
          && all(place) == 0
          && since(leader, place) >= MIN_LEADER_MESSAGES) {
        firstSilent = silentCount++ == 0 ? place : firstSilent;
      } else if (place != leader && sent >= MAX_SILENT_MESSAGES) {
        answering++;
      } else if (place != leader) {
        return; // followers that send few messages prove nothing
      }
    }
    if (silentCount > 0 && answering >= silentCount) {
      findings.violated(
          Invariant.LIVE_CATCH_UP,
          List.of(replicaIndex.id(firstSilent)),
          Evidence.of(stablePeriod().since, leaderTenure.event()),
          "replica "
              + replicaIndex.id(firstSilent)
              + " sent no message in "
              + LivenessFindings.seconds(nowMicros - silentFromMicros)
              + ", while leader "
              + leaderTenure.leaderId()
              + " sent it "
              + since(leader, firstSilent)
              + " messages, and others answered such");
    }
  }

  private int since(int from, int to) {
    return said[from][to] - saidBeforeTenure[from][to];
  }

  private int all(int from) {
    int all = 0;
    for (int to = 0; to < said.length; to++) {
      all += since(from, to);
    }
    return all;
  }
}
