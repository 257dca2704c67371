package raftlab.strangers;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The presets: names, timers and traits. */
enum Style {
  PLAIN(Names.CAMEL, 300, 600, 100),
  ABBREVIATED(
      Names.ABBREVIATED,
      175,
      325,
      75,
      Trait.FROM_0,
      Trait.VOTE_SAYS_FFFF,
      Trait.HEARTBEAT_LEADER_LAST,
      Trait.HEARTBEATS_TO_ALL,
      Trait.ENTRIES_TO_ALL),
  TERM_ONLY(
      Names.GIVE_VOTE,
      150,
      300,
      75,
      Trait.FROM_0,
      Trait.LAST_TERM_MINUS_1,
      Trait.COMMIT_ZERO,
      Trait.SAYS_LAST_LEADER,
      Trait.VOTE_REPEATS_LEADER,
      Trait.NO_CANDIDATE,
      Trait.VOTER_LOG,
      Trait.NO_HINT,
      Trait.SILENT,
      Trait.HEARTBEATS_TO_ALL,
      Trait.HEARTBEAT_TERM,
      Trait.ENTRIES_NESTED),
  LENGTH(
      Names.LONG,
      1000,
      2000,
      300,
      Trait.FROM_0,
      Trait.LAST_IS_LENGTH,
      Trait.HINT_OWN_LAST,
      Trait.ENTRIES_ARGS,
      Trait.VOTES_TO_EACH),
  FLAG_ALONE(Names.RPC, 400, 600, 100, Trait.ACK_FLAG, Trait.MIDS, Trait.NO_HINT, Trait.SILENT),
  YES_NO(
      Names.YES_NO,
      2000,
      2800,
      500,
      Trait.SAYS_LAST_LEADER,
      Trait.VOTE_REPEATS_LEADER,
      Trait.NO_CANDIDATE,
      Trait.TWO_VOTE_TYPES,
      Trait.ACK_MID,
      Trait.ACK_WITHOUT_TERM,
      Trait.MIDS_ECHOED,
      Trait.SILENT,
      Trait.HEARTBEAT_MINUS_1,
      Trait.VOTES_TO_EACH),
  LISTS(
      Names.SNAKE,
      500,
      1000,
      150,
      Trait.NO_HINT,
      Trait.SILENT,
      Trait.HEARTBEATS_TO_ALL,
      Trait.HEARTBEAT_TERM,
      Trait.ENTRIES_ARRAYS,
      Trait.ENTRIES_TO_ALL),
  UPPER_CASE(
      Names.UPPER,
      200,
      400,
      40,
      Trait.FROM_0,
      Trait.GRANTS_ONLY,
      Trait.ACK_LENGTH,
      Trait.MIDS,
      Trait.SILENT,
      Trait.HEARTBEAT_LEADER_LAST,
      Trait.HEARTBEATS_TO_ALL),
  NUMBERED(
      Names.OK_FAIL_TYPES,
      500,
      1000,
      250,
      Trait.FROM_0,
      Trait.VOTE_SAYS_FFFF,
      Trait.NO_CANDIDATE,
      Trait.TWO_VOTE_TYPES,
      Trait.TWO_ACK_TYPES,
      Trait.ACK_MID,
      Trait.MIDS_ECHOED,
      Trait.NO_HINT,
      Trait.SILENT,
      Trait.HEARTBEATS_TO_ALL,
      Trait.HEARTBEAT_MINUS_1,
      Trait.FAILS_UNKNOWN),
  VOTE_ACK(
      Names.VOTE_ACK,
      500,
      1000,
      250,
      Trait.FROM_0,
      Trait.LAST_TERM_CURRENT,
      Trait.HINT_OWN_LAST,
      Trait.SILENT,
      Trait.HOLD),
  OWN_LEADER(
      Names.PASCAL,
      150,
      300,
      75,
      Trait.FROM_0,
      Trait.LAST_TERM_MINUS_1,
      Trait.CANDIDATE_SAYS_OWN,
      Trait.NO_CANDIDATE,
      Trait.SILENT,
      Trait.HEARTBEAT_LEADER_LAST,
      Trait.HEARTBEATS_TO_ALL,
      Trait.ENTRIES_ARRAYS),
  ECHO(
      Names.VOTE_ANSWERS,
      500,
      800,
      150,
      Trait.VOTE_SAYS_FFFF,
      Trait.NO_CANDIDATE,
      Trait.TWO_ACK_TYPES,
      Trait.ACK_ECHO,
      Trait.AT_TICK,
      Trait.HOLD),
  GRANT_REJECT(
      Names.GRANT_REJECT,
      300,
      400,
      150,
      Trait.SAYS_LAST_LEADER,
      Trait.TWO_VOTE_TYPES,
      Trait.TWO_ACK_TYPES,
      Trait.ACK_NEXT,
      Trait.AT_TICK,
      Trait.VOTES_TO_EACH,
      Trait.HOLD),
  COUNT(
      Names.COUNTS,
      300,
      500,
      100,
      Trait.LAST_TERM_ABSENT,
      Trait.STRINGS,
      Trait.SAYS_LAST_LEADER,
      Trait.ACK_LENGTH,
      Trait.NO_HINT,
      Trait.SILENT,
      Trait.HEARTBEAT_TYPE,
      Trait.ENTRIES_NESTED,
      Trait.VOTES_TO_EACH,
      Trait.HOLD),
  TRUE_FALSE(
      Names.TRUE_FALSE,
      250,
      400,
      120,
      Trait.NO_CANDIDATE,
      Trait.GRANTED_WITHOUT_TERM,
      Trait.TWO_ACK_TYPES,
      Trait.ACK_NEXT,
      Trait.MIDS_ECHOED,
      Trait.SILENT,
      Trait.VOTES_TO_EACH),
  COMMIT_NOTES(
      Names.SPACED,
      500,
      750,
      100,
      Trait.FROM_0,
      Trait.NO_CANDIDATE,
      Trait.GRANTS_ONLY,
      Trait.TWO_ACK_TYPES,
      Trait.MIDS,
      Trait.SILENT,
      Trait.AT_TICK,
      Trait.COMMIT_NOTICE),
  TERSE(
      Names.TERSE,
      750,
      1050,
      300,
      Trait.STRINGS,
      Trait.SAYS_LAST_LEADER,
      Trait.NO_CANDIDATE,
      Trait.GRANTS_ONLY,
      Trait.VOTE_WITHOUT_TERM,
      Trait.ACK_MID,
      Trait.ACK_WITHOUT_TERM,
      Trait.MIDS_ECHOED,
      Trait.SILENT,
      Trait.HEARTBEATS_TO_ALL,
      Trait.HEARTBEAT_TERM),
  ZERO_ABSENT(
      Names.LOWER,
      900,
      1300,
      100,
      Trait.ZERO_ABSENT,
      Trait.NO_CANDIDATE,
      Trait.ACK_COUNT,
      Trait.MIDS,
      Trait.HINT_CONFLICT,
      Trait.AT_TICK,
      Trait.VOTES_TO_EACH,
      Trait.FAILS_UNKNOWN),
  WHOLE_MESSAGE(
      Names.CAMEL, 410, 600, 155, Trait.LAST_TERM_MINUS_1, Trait.NO_HINT, Trait.ENTRIES_MESSAGES),
  WHOLE_LOG(
      Names.SNAKE,
      150,
      300,
      75,
      Trait.FROM_0,
      Trait.NO_HINT,
      Trait.SILENT,
      Trait.NO_NOOP,
      Trait.WHOLE_LOG),
  NESTED_ARGS(
      Names.CAMEL,
      150,
      300,
      75,
      Trait.FROM_0,
      Trait.IN_ARGS,
      Trait.FOLLOWERS_SAY_FFFF,
      Trait.SILENT,
      Trait.NO_NOOP),
  NESTED_DATA(
      Names.SNAKE,
      150,
      300,
      75,
      Trait.STRINGS,
      Trait.IN_DATA,
      Trait.FOLLOWERS_SAY_FFFF,
      Trait.MIDS_ECHOED),
  UNRELATED(Names.UNRELATED, 150, 300, 75, Trait.FOLLOWERS_SAY_FFFF, Trait.SILENT),
  ALL_SILENT(
      Names.CAMEL,
      150,
      300,
      75,
      Trait.FOLLOWERS_SAY_FFFF,
      Trait.GRANTS_ONLY,
      Trait.SILENT,
      Trait.HEARTBEATS_TO_ALL,
      Trait.HEARTBEAT_TERM);

  private final Names names;
  private final int fromMillis;
  private final int toMillis;
  private final int heartbeatMillis;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

  Style(Names names, int fromMillis, int toMillis, int heartbeatMillis, Trait... traits) {
    this.names = names;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.heartbeatMillis = heartbeatMillis;
    this.traits.addAll(Set.of(traits));
  }

  String name(Names.Role role) {
    return names.of(role);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  boolean hasAny(Trait... some) {
    for (Trait trait : some) {
      if (traits.contains(trait)) {
        return true;
      }
    }
    return false;
  }

  /** The shortest election timeout. */
  int fromMillis() {
    return fromMillis;
  }

  /** The longest election timeout. */
  int toMillis() {
    return toMillis;
  }

  int heartbeatMillis() {
    return heartbeatMillis;
  }

  /** Whether heartbeats carry no previous index, so that followers accept all of them. */
  boolean hasBlindHeartbeats() {
    return hasAny(Trait.HEARTBEAT_MINUS_1, Trait.HEARTBEAT_TERM, Trait.HEARTBEAT_TYPE);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
