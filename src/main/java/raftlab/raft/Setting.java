package raftlab.raft;

import java.util.Locale;

/**
 * What can be set about a replica, with its default and what goes wrong with other values. All
 * replicas of a cluster must have the same settings.
 */
public enum Setting {
  /** Whether a replica canvasses before it stands for election (dissertation §9.6). */
  PRE_VOTE(
      true,
      "canvass before standing for election (dissertation §9.6). Without: a replica that was cut"
          + " off comes back with a later term and deposes a good leader"),
  /** Whether a leader without a majority steps down (dissertation §6.2). */
  CHECK_QUORUM(
      true,
      "a leader that reaches no majority steps down (dissertation §6.2). Without: its clients wait"
          + " for it forever, though another leader may serve them"),
  /** Whether a leader confirms that it still leads before it answers a read (dissertation §6.4). */
  READ_INDEX(
      true,
      "a leader makes sure that it still leads before it answers a read (dissertation §6.4)."
          + " Without: a deposed leader answers with old values"),
  /** Whether reads are answered under a lease (dissertation §6.4.1). */
  LEASE(
      true,
      "reads need no messages while a majority has answered within lease-time (dissertation"
          + " §6.4.1). Without: every read waits for a round of messages"),
  /** Whether a message carries several entries. */
  BATCHING(
      true,
      "a message carries all entries that its follower lacks. Without: one entry a message, and"
          + " under load many more messages"),
  /** Whether entries go at once only to as many followers as a majority needs. */
  MAJORITY_FIRST(
      true,
      "an entry goes at once only to as many followers as a majority needs, in turn. Without: to"
          + " all, which costs twice as many messages with five replicas"),

  /** Shortest silence of the leader after which a follower stands for election (§5.2). */
  ELECTION_TIMEOUT_MIN(
      "ms",
      400,
      1,
      600_000,
      "shortest silence of the leader after which a follower stands for election (§5.2); for so"
          + " long after hearing a leader a replica refuses its vote. Too short: needless elections"
          + " whenever a few heartbeats are lost"),
  /** Upper bound of that silence, exclusive. */
  ELECTION_TIMEOUT_MAX(
      "ms",
      620,
      2,
      600_000,
      "upper bound of that silence; also how long a leader goes on without a majority. Too near to"
          + " the minimum: split votes; too far: a dead leader is missed late"),
  /** As {@link #ELECTION_TIMEOUT_MIN}, for the first election of a replica that never ran. */
  FIRST_TIMEOUT_MIN(
      "ms",
      50,
      1,
      600_000,
      "as election-timeout-min, for a replica that has never run before and so can't have promised"
          + " anything to any leader"),
  /** Upper bound of that first timeout, exclusive. */
  FIRST_TIMEOUT_MAX("ms", 200, 2, 600_000, "upper bound of that first timeout"),
  /** Longest time for which the leader leaves a follower without a message (§5.2). */
  HEARTBEAT(
      "ms",
      320,
      1,
      600_000,
      "longest time for which the leader leaves a follower without a message (§5.2). Too long: one"
          + " lost heartbeat makes an election; too short: messages for nothing"),
  /** For so long after a majority answered a message the leader has its lease. */
  LEASE_TIME(
      "ms",
      355,
      1,
      540_000,
      "for so long after a majority answered a message (counted from when it was sent) the leader"
          + " answers reads by itself. At most 90 % of election-timeout-min, so that clocks whose"
          + " speeds differ by up to 10 % do no harm. Beyond that: a deposed leader gives old"
          + " values"),
  /** First interval after which a candidate asks again. */
  VOTE_RETRANSMIT(
      "ms",
      40,
      1,
      600_000,
      "first interval after which a candidate asks again whoever hasn't answered; it doubles each"
          + " time. Too long: lost votes make elections slow"),
  /** Shortest time after which the leader takes a message for lost. */
  RETRANSMIT_MIN(
      "ms",
      2,
      1,
      600_000,
      "shortest time after which the leader takes a message for lost; the actual one follows the"
          + " round trips measured. Too short: it takes slow answers for lost ones"),
  /** Longest such time for a follower that answers. */
  RETRANSMIT_MAX(
      "ms",
      50,
      1,
      600_000,
      "longest such time for a follower that answers; also the time before anything was measured."
          + " Too long: every loss is felt"),
  /** So many bytes of entries go into one message, unless a single entry is longer. */
  BATCH_BYTES(
      "bytes",
      30_000,
      1,
      RaftSettings.MAX_ENTRY_BYTES,
      "so many bytes of entries go into one message, in their JSON form, unless a single entry is"
          + " longer. Too few: many messages for a follower that is behind"),
  /** So many entries go into one message at most. */
  BATCH_ENTRIES(
      "entries", 500, 1, MessageCodec.MAX_ENTRIES, "so many entries go into one message at most"),
  /** So many messages with entries go to a follower before it has answered the first. */
  WINDOW(
      "messages",
      4,
      1,
      1_000,
      "so many messages go to a follower before it has answered the first. Too few: throughput"
          + " suffers on slow links; too many: buffers overflow and messages are lost"),
  /** So many bytes of entries are on the way to a follower at once. */
  WINDOW_BYTES(
      "bytes",
      100_000,
      1,
      100_000_000,
      "so many bytes of entries are on the way to a follower at once, or one message. Too many:"
          + " they overflow the receiver's buffer"),
  /** For so long a request is held while no leader is known. */
  HOLD_TIME(
      "ms",
      1_500,
      1,
      600_000,
      "for so long a request is held while no leader is known. Too short: clients run in circles"
          + " during an election; too long: those of a minority don't find the majority"),
  /** After so long a write whose fate is unknown is answered {@code fail}. */
  PENDING_TIME(
      "ms",
      6_000,
      1,
      600_000,
      "after so long a write whose fate is not known yet is answered \"fail\". Too short: clients"
          + " repeat what was on its way"),
  /** After so many applied entries a snapshot is taken (§7); 0 for never. */
  SNAPSHOT_THRESHOLD(
      "entries",
      5_000,
      0,
      100_000_000,
      "after so many entries a snapshot is taken and the log cut (§7); 0: never, and the log grows"
          + " for as long as the replica lives"),
  /** So many of the entries that a snapshot covers stay in the log for followers that lag. */
  SNAPSHOT_KEEP(
      "entries",
      500,
      0,
      100_000_000,
      "so many of the entries that a snapshot covers stay in the log. Too few: a follower that"
          + " lags a little gets a whole snapshot"),
  /** So many bytes of a snapshot go into one message. */
  SNAPSHOT_CHUNK("bytes", 36_000, 1, 40_000, "so many bytes of a snapshot go into one message"),
  /** After so long without a write a client's session is forgotten. */
  SESSION_EXPIRY(
      "ms",
      600_000,
      1,
      2_000_000_000,
      "after so long without a write, by the cluster's time, a client's session is forgotten. Too"
          + " short: a write that is repeated late is executed again. Replicas with different"
          + " values come to differ in their state");

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

  /** What its number counts; "" for a switch. */
  public String unit() {
    return unit;
  }

  /** Its value if nothing else is said. */
  public int defaultValue() {
    return defaultValue;
  }

  /** The least value that makes sense. */
  public int min() {
    return min;
  }

  /** The greatest value that is accepted. */
  public int max() {
    return max;
  }

  /** What it does, and what goes wrong without it or with a wrong value. */
  public String help() {
    return help;
  }
}
