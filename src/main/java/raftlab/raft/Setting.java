package raftlab.raft;

import java.util.Locale;

/**
 * The settings of a replica, each with its default and what goes wrong with other values. All
 * replicas of a cluster must have the same settings.
 */
public enum Setting {
  /** Whether a replica asks for pre-votes before it starts an election (dissertation §9.6). */
  PRE_VOTE(
      true,
      "ask for pre-votes before starting an election (dissertation §9.6). Without: a replica that"
          + " was partitioned returns with a later term and deposes a good leader"),
  /** Whether a leader steps down if no majority answers it (dissertation §6.2). */
  CHECK_QUORUM(
      true,
      "a leader steps down if no majority answers it (dissertation §6.2). Without: its clients wait"
          + " for it forever, though another leader may serve them"),
  /** Whether a leader confirms its leadership before it answers a read (dissertation §6.4). */
  READ_INDEX(
      true,
      "a leader confirms that it still is leader before it answers a read (dissertation §6.4)."
          + " Without: a deposed leader answers with stale values"),
  /** Whether reads are answered under a lease (dissertation §6.4.1). */
  LEASE(
      true,
      "reads need no messages while a majority has answered within lease-time (dissertation"
          + " §6.4.1). Without: every read waits for a round of messages"),
  /** Whether a message carries several entries. */
  BATCHING(
      true,
      "a message carries all entries that its follower lacks. Without: one entry per message, and"
          + " many more messages under load"),
  /** Whether entries go at once only to as many followers as a majority needs. */
  MAJORITY_FIRST(
      true,
      "an entry goes at once only to as many followers as a majority needs, in turn. Without: to"
          + " all, which costs twice as many messages with five replicas"),
  /** Whether the leader sends as in Figure 2, without any optimisation. */
  PLAIN_SENDING(
      false,
      "the leader sends as in Figure 2: to every follower at once, one message at a time, repeated"
          + " after retransmit-max. Then majority-first, window, window-bytes and retransmit-min have"
          + " no effect. More messages, and slower on links that lose them"),

  /** Minimum election timeout (§5.2). */
  ELECTION_TIMEOUT_MIN(
      "ms",
      385,
      1,
      600_000,
      "minimum election timeout (§5.2); a replica also refuses its vote for this time after a"
          + " message of a leader. Too short: needless elections when a few heartbeats are lost"),
  /** Upper bound of the election timeout, exclusive. */
  ELECTION_TIMEOUT_MAX(
      "ms",
      600,
      2,
      600_000,
      "upper bound of the election timeout; a leader without a majority steps down after it. Too"
          + " close to the minimum: split votes; too far: a crashed leader is replaced late"),
  /** As {@link #ELECTION_TIMEOUT_MIN}, for the first election of a replica that never ran. */
  FIRST_TIMEOUT_MIN(
      "ms",
      50,
      1,
      600_000,
      "as election-timeout-min, for a replica that has never run before and so can't have answered"
          + " a leader"),
  /** Upper bound of that first timeout, exclusive. */
  FIRST_TIMEOUT_MAX("ms", 200, 2, 600_000, "upper bound of that first timeout"),
  /** Longest time for which the leader sends a follower no message (§5.2). */
  HEARTBEAT(
      "ms",
      310,
      1,
      600_000,
      "longest time for which the leader sends a follower no message (§5.2). Too long: one lost"
          + " heartbeat causes an election; too short: needless messages"),
  /** How long the leader has its lease after a majority has answered a message. */
  LEASE_TIME(
      "ms",
      345,
      1,
      540_000,
      "how long the leader answers reads by itself after a majority has answered a message (counted"
          + " from when it was sent). At most 90 % of election-timeout-min, so that clocks whose"
          + " speeds differ by up to 10 % do no harm. Longer: a deposed leader answers with stale"
          + " values"),
  /** First interval after which a candidate asks again. */
  VOTE_RETRANSMIT(
      "ms",
      30,
      1,
      600_000,
      "first interval after which a candidate asks voters again that haven't answered; it doubles"
          + " each time. Too long: lost votes make elections slow"),
  /** Shortest time after which the leader takes a message for lost. */
  RETRANSMIT_MIN(
      "ms",
      2,
      1,
      600_000,
      "shortest time after which the leader takes a message for lost; the actual one follows the"
          + " measured round trips. Too short: it takes slow replies for lost ones"),
  /** Longest such time for a follower that answers. */
  RETRANSMIT_MAX(
      "ms",
      50,
      1,
      600_000,
      "longest such time for a follower that answers; also the time before anything was measured."
          + " Too long: losses delay writes"),
  /** Maximum bytes of entries in one message, unless a single entry is longer. */
  BATCH_BYTES(
      "bytes",
      30_000,
      1,
      RaftSettings.MAX_ENTRY_BYTES,
      "maximum bytes of entries in one message, in their JSON form, unless a single entry is longer."
          + " Too few: many messages for a follower that is behind"),
  /** Maximum number of entries in one message. */
  BATCH_ENTRIES(
      "entries", 500, 1, MessageCodec.MAX_ENTRIES, "maximum number of entries in one message"),
  /** Maximum number of messages under way to a follower. */
  WINDOW(
      "messages",
      4,
      1,
      1_000,
      "maximum number of messages under way to a follower. Too few: low throughput on slow links;"
          + " too many: buffers overflow and messages are lost"),
  /** Maximum bytes of entries under way to a follower. */
  WINDOW_BYTES(
      "bytes",
      100_000,
      1,
      100_000_000,
      "maximum bytes of entries under way to a follower, or one message. Too many: they overflow the"
          + " receiver's buffer"),
  /** How long a request waits while no leader is known. */
  HOLD_TIME(
      "ms",
      1_500,
      1,
      600_000,
      "how long a request waits while no leader is known. Too short: clients are redirected in"
          + " circles during an election; too long: clients of a minority don't find the majority"),
  /** After this time a write that isn't decided is answered {@code fail}. */
  PENDING_TIME(
      "ms",
      6_000,
      1,
      600_000,
      "after this time a write that isn't decided yet is answered \"fail\". Too short: clients repeat"
          + " writes that are under way"),
  /** After this many applied entries a snapshot is taken (§7); 0 for never. */
  SNAPSHOT_THRESHOLD(
      "entries",
      5_000,
      0,
      100_000_000,
      "after this many entries a snapshot is taken and the log cut (§7); 0: never, and the log grows"
          + " without bound"),
  /** How many entries that a snapshot covers stay in the log for followers that lag. */
  SNAPSHOT_KEEP(
      "entries",
      500,
      0,
      100_000_000,
      "how many entries that a snapshot covers stay in the log. Too few: a follower that lags a"
          + " little gets a whole snapshot"),
  /** Maximum bytes of a snapshot in one message. */
  SNAPSHOT_CHUNK("bytes", 36_000, 1, 40_000, "maximum bytes of a snapshot in one message"),
  /** After this time without a write a client's session expires. */
  SESSION_EXPIRY(
      "ms",
      600_000,
      1,
      2_000_000_000,
      "after this time without a write, by the cluster's time, a client's session expires. Too short:"
          + " a write that is repeated late is executed again. Replicas with different values come to"
          + " differ in their state");

  private final String unit;
  private final int defaultValue;
  private final int min;
  private final int max;
  private final String help;

  Setting(boolean defaultValue, String help) {
    this("", defaultValue ? 1 : 0, 0, 1, help);
  }

  Setting(String unit, int defaultValue, int min, int max, String help) {
    this.unit = unit;
    this.defaultValue = defaultValue;
    this.min = min;
    this.max = max;
    this.help = help;
  }

  /** Its name on a command line, without the dashes. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is either on (1) or off (0). */
  public boolean isSwitch() {
    return unit.isEmpty();
  }

  /** The unit of its number; "" for a switch. */
  public String unit() {
    return unit;
  }

  /** Its default value. */
  public int defaultValue() {
    return defaultValue;
  }

  /** The minimum value. */
  public int min() {
    return min;
  }

  /** The maximum value. */
  public int max() {
    return max;
  }

  /** What it does, and what goes wrong without it or with a wrong value. */
  public String help() {
    return help;
  }
}
