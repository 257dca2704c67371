package raftlab.raft;

/**
 * The times and sizes of a replica. All replicas of a cluster must have the same.
 *
 * @param electionTimeoutMin shortest silence of the leader, in ms, after which a follower stands
 *     for election (§5.2), and for so long a replica that has heard from a leader refuses its vote
 *     to others. Too short: needless elections whenever a few heartbeats are lost
 * @param electionTimeoutMax upper bound of that silence, in ms (exclusive). Too near to the
 *     minimum: split votes; too far: a dead leader is missed late. A leader that has had no contact
 *     with a majority for so long steps down
 * @param firstTimeoutMin as {@code electionTimeoutMin}, for the first election of a replica that
 *     has never run before and so can't have promised anything to any leader
 * @param firstTimeoutMax upper bound of that first timeout, in ms (exclusive)
 * @param heartbeatInterval longest time in ms for which the leader leaves a follower without a
 *     message. Too long (near {@code electionTimeoutMin}): one lost heartbeat makes an election;
 *     too short: messages for nothing
 * @param leaseMillis for so long, in ms, after a majority answered a message (counted from when it
 *     was sent) the leader answers reads by itself (dissertation §6.4.1). Must stay below {@code
 *     electionTimeoutMin} by more than clocks can drift apart in that time, or else a deposed
 *     leader gives old values; at most 90 % is accepted here
 * @param voteRetransmit first interval in ms after which a candidate asks again whoever hasn't
 *     answered; it doubles each time. Too long: lost votes make elections slow
 * @param retransmitMin shortest time in ms after which the leader takes a message for lost. Too
 *     short: it takes slow answers for lost ones
 * @param retransmitMax longest such time in ms for a follower that answers; also the time before
 *     anything was measured
 * @param batchBytes so many bytes of entries go into one message, in their JSON form, unless a
 *     single entry is longer
 * @param batchEntries so many entries go into one message at most
 * @param window so many messages with entries go to a follower before it has answered the first
 * @param holdMillis for so long, in ms, a request is held while no leader is known. Too short:
 *     clients run in circles during an election; too long: those of a minority don't find the
 *     majority
 * @param pendingMillis after so many ms a write whose fate a deposed leader hasn't learned is
 *     answered {@code fail}
 * @param preVote whether a replica canvasses before it stands for election (dissertation §9.6).
 *     Without, one that was cut off deposes a good leader when it comes back
 */
public record RaftSettings(
    int electionTimeoutMin,
    int electionTimeoutMax,
    int firstTimeoutMin,
    int firstTimeoutMax,
    int heartbeatInterval,
    int leaseMillis,
    int voteRetransmit,
    int retransmitMin,
    int retransmitMax,
    int batchBytes,
    int batchEntries,
    int window,
    int holdMillis,
    int pendingMillis,
    boolean preVote) {

  /** The settings that the kit's own replica runs with. */
  public static final RaftSettings DEFAULT =
      new RaftSettings(400, 620, 50, 200, 320, 355, 40, 2, 50, 30_000, 500, 4, 1_500, 6_000, true);

  /**
   * The largest entry that still fits into a datagram with everything around it, in bytes of JSON.
   */
  static final int MAX_ENTRY_BYTES = 50_000;

  /** Checks that the settings agree with each other. */
  public RaftSettings {
    positive("electionTimeoutMin", electionTimeoutMin);
    below("electionTimeoutMin", electionTimeoutMin, "electionTimeoutMax", electionTimeoutMax);
    positive("firstTimeoutMin", firstTimeoutMin);
    below("firstTimeoutMin", firstTimeoutMin, "firstTimeoutMax", firstTimeoutMax);
    positive("heartbeatInterval", heartbeatInterval);
    below("heartbeatInterval", heartbeatInterval, "electionTimeoutMin", electionTimeoutMin);
    if (leaseMillis < 0 || leaseMillis > electionTimeoutMin * 9L / 10) {
      throw new IllegalArgumentException(
          "leaseMillis must be 0 to 90 % of electionTimeoutMin, not " + leaseMillis);
    }
    positive("voteRetransmit", voteRetransmit);
    positive("retransmitMin", retransmitMin);
    if (retransmitMax < retransmitMin) {
      throw new IllegalArgumentException("retransmitMax must not be below retransmitMin");
    }
    positive("batchBytes", batchBytes);
    if (batchBytes > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("batchBytes must be at most " + MAX_ENTRY_BYTES);
    }
    positive("batchEntries", batchEntries);
    if (batchEntries > MessageCodec.MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "batchEntries must be at most " + MessageCodec.MAX_ENTRIES);
    }
    positive("window", window);
    positive("holdMillis", holdMillis);
    positive("pendingMillis", pendingMillis);
  }

  /** The same settings, without the canvass before an election. */
  public RaftSettings withoutPreVote() {
    return new RaftSettings(
        electionTimeoutMin,
        electionTimeoutMax,
        firstTimeoutMin,
        firstTimeoutMax,
        heartbeatInterval,
        leaseMillis,
        voteRetransmit,
        retransmitMin,
        retransmitMax,
        batchBytes,
        batchEntries,
        window,
        holdMillis,
        pendingMillis,
        false);
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }

  private static void below(String name, int value, String limitName, int limit) {
    if (value >= limit) {
      throw new IllegalArgumentException(
          name + " (" + value + ") must be below " + limitName + " (" + limit + ")");
    }
  }
}
