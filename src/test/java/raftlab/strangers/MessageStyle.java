package raftlab.strangers;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The presets: names, timers and traits. */
enum MessageStyle {
  PLAIN(FieldNames.CAMEL, 300, 600, 100),
  ABBREVIATED(
      FieldNames.ABBREVIATED,
      175,
      325,
      75,
      StyleTrait.FROM_0,
      StyleTrait.VOTE_SAYS_FFFF,
      StyleTrait.HEARTBEAT_LEADER_LAST,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.ENTRIES_TO_ALL),
  TERM_ONLY(
      FieldNames.GIVE_VOTE,
      150,
      300,
      75,
      StyleTrait.FROM_0,
      StyleTrait.LAST_TERM_MINUS_1,
      StyleTrait.COMMIT_ZERO,
      StyleTrait.SAYS_LAST_LEADER,
      StyleTrait.VOTE_REPEATS_LEADER,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.VOTER_LOG,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.HEARTBEAT_TERM,
      StyleTrait.ENTRIES_NESTED),
  LENGTH(
      FieldNames.LONG,
      1000,
      2000,
      300,
      StyleTrait.FROM_0,
      StyleTrait.LAST_IS_LENGTH,
      StyleTrait.HINT_OWN_LAST,
      StyleTrait.ENTRIES_ARGS,
      StyleTrait.VOTES_TO_EACH),
  FLAG_ALONE(
      FieldNames.RPC,
      400,
      600,
      100,
      StyleTrait.ACK_FLAG,
      StyleTrait.MIDS,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT),
  YES_NO(
      FieldNames.YES_NO,
      2000,
      2800,
      500,
      StyleTrait.SAYS_LAST_LEADER,
      StyleTrait.VOTE_REPEATS_LEADER,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.TWO_VOTE_TYPES,
      StyleTrait.ACK_MID,
      StyleTrait.ACK_WITHOUT_TERM,
      StyleTrait.MIDS_ECHOED,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEAT_MINUS_1,
      StyleTrait.VOTES_TO_EACH),
  LISTS(
      FieldNames.SNAKE,
      500,
      1000,
      150,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.HEARTBEAT_TERM,
      StyleTrait.ENTRIES_ARRAYS,
      StyleTrait.ENTRIES_TO_ALL),
  UPPER_CASE(
      FieldNames.UPPER,
      200,
      400,
      40,
      StyleTrait.FROM_0,
      StyleTrait.GRANTS_ONLY,
      StyleTrait.ACK_LENGTH,
      StyleTrait.MIDS,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEAT_LEADER_LAST,
      StyleTrait.HEARTBEATS_TO_ALL),
  NUMBERED(
      FieldNames.OK_FAIL_TYPES,
      500,
      1000,
      250,
      StyleTrait.FROM_0,
      StyleTrait.VOTE_SAYS_FFFF,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.TWO_VOTE_TYPES,
      StyleTrait.TWO_ACK_TYPES,
      StyleTrait.ACK_MID,
      StyleTrait.MIDS_ECHOED,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.HEARTBEAT_MINUS_1,
      StyleTrait.FAILS_UNKNOWN),
  VOTE_ACK(
      FieldNames.VOTE_ACK,
      500,
      1000,
      250,
      StyleTrait.FROM_0,
      StyleTrait.LAST_TERM_CURRENT,
      StyleTrait.HINT_OWN_LAST,
      StyleTrait.SILENT,
      StyleTrait.HOLD),
  OWN_LEADER(
      FieldNames.PASCAL,
      150,
      300,
      75,
      StyleTrait.FROM_0,
      StyleTrait.LAST_TERM_MINUS_1,
      StyleTrait.CANDIDATE_SAYS_OWN,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEAT_LEADER_LAST,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.ENTRIES_ARRAYS),
  ECHO(
      FieldNames.VOTE_ANSWERS,
      500,
      800,
      150,
      StyleTrait.VOTE_SAYS_FFFF,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.TWO_ACK_TYPES,
      StyleTrait.ACK_ECHO,
      StyleTrait.AT_TICK,
      StyleTrait.HOLD),
  GRANT_REJECT(
      FieldNames.GRANT_REJECT,
      300,
      400,
      150,
      StyleTrait.SAYS_LAST_LEADER,
      StyleTrait.TWO_VOTE_TYPES,
      StyleTrait.TWO_ACK_TYPES,
      StyleTrait.ACK_NEXT,
      StyleTrait.AT_TICK,
      StyleTrait.VOTES_TO_EACH,
      StyleTrait.HOLD),
  COUNT(
      FieldNames.COUNTS,
      300,
      500,
      100,
      StyleTrait.LAST_TERM_ABSENT,
      StyleTrait.STRINGS,
      StyleTrait.SAYS_LAST_LEADER,
      StyleTrait.ACK_LENGTH,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEAT_TYPE,
      StyleTrait.ENTRIES_NESTED,
      StyleTrait.VOTES_TO_EACH,
      StyleTrait.HOLD),
  TRUE_FALSE(
      FieldNames.TRUE_FALSE,
      250,
      400,
      120,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.GRANTED_WITHOUT_TERM,
      StyleTrait.TWO_ACK_TYPES,
      StyleTrait.ACK_NEXT,
      StyleTrait.MIDS_ECHOED,
      StyleTrait.SILENT,
      StyleTrait.VOTES_TO_EACH),
  COMMIT_NOTES(
      FieldNames.SPACED,
      500,
      750,
      100,
      StyleTrait.FROM_0,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.GRANTS_ONLY,
      StyleTrait.TWO_ACK_TYPES,
      StyleTrait.MIDS,
      StyleTrait.SILENT,
      StyleTrait.AT_TICK,
      StyleTrait.COMMIT_NOTICE),
  TERSE(
      FieldNames.TERSE,
      750,
      1050,
      300,
      StyleTrait.STRINGS,
      StyleTrait.SAYS_LAST_LEADER,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.GRANTS_ONLY,
      StyleTrait.VOTE_WITHOUT_TERM,
      StyleTrait.ACK_MID,
      StyleTrait.ACK_WITHOUT_TERM,
      StyleTrait.MIDS_ECHOED,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.HEARTBEAT_TERM),
  ZERO_ABSENT(
      FieldNames.LOWER,
      900,
      1300,
      100,
      StyleTrait.ZERO_ABSENT,
      StyleTrait.NO_CANDIDATE,
      StyleTrait.ACK_COUNT,
      StyleTrait.MIDS,
      StyleTrait.HINT_CONFLICT,
      StyleTrait.AT_TICK,
      StyleTrait.VOTES_TO_EACH,
      StyleTrait.FAILS_UNKNOWN),
  WHOLE_MESSAGE(
      FieldNames.CAMEL,
      410,
      600,
      155,
      StyleTrait.LAST_TERM_MINUS_1,
      StyleTrait.NO_HINT,
      StyleTrait.ENTRIES_MESSAGES),
  WHOLE_LOG(
      FieldNames.SNAKE,
      150,
      300,
      75,
      StyleTrait.FROM_0,
      StyleTrait.NO_HINT,
      StyleTrait.SILENT,
      StyleTrait.NO_NOOP,
      StyleTrait.WHOLE_LOG),
  NESTED_ARGS(
      FieldNames.CAMEL,
      150,
      300,
      75,
      StyleTrait.FROM_0,
      StyleTrait.IN_ARGS,
      StyleTrait.FOLLOWERS_SAY_FFFF,
      StyleTrait.SILENT,
      StyleTrait.NO_NOOP),
  NESTED_DATA(
      FieldNames.SNAKE,
      150,
      300,
      75,
      StyleTrait.STRINGS,
      StyleTrait.IN_DATA,
      StyleTrait.FOLLOWERS_SAY_FFFF,
      StyleTrait.MIDS_ECHOED),
  UNRELATED(FieldNames.UNRELATED, 150, 300, 75, StyleTrait.FOLLOWERS_SAY_FFFF, StyleTrait.SILENT),
  ALL_SILENT(
      FieldNames.CAMEL,
      150,
      300,
      75,
      StyleTrait.FOLLOWERS_SAY_FFFF,
      StyleTrait.GRANTS_ONLY,
      StyleTrait.SILENT,
      StyleTrait.HEARTBEATS_TO_ALL,
      StyleTrait.HEARTBEAT_TERM);

  private final FieldNames names;
  private final int fromMillis;
  private final int toMillis;
  private final int heartbeatMillis;
  private final Set<StyleTrait> traits = EnumSet.noneOf(StyleTrait.class);

  MessageStyle(
      FieldNames names, int fromMillis, int toMillis, int heartbeatMillis, StyleTrait... traits) {
    this.names = names;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.heartbeatMillis = heartbeatMillis;
    this.traits.addAll(Set.of(traits));
  }

  String name(FieldNames.Role role) {
    return names.of(role);
  }

  boolean has(StyleTrait trait) {
    return traits.contains(trait);
  }

  boolean hasAny(StyleTrait... some) {
    for (StyleTrait trait : some) {
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
    return hasAny(
        StyleTrait.HEARTBEAT_MINUS_1, StyleTrait.HEARTBEAT_TERM, StyleTrait.HEARTBEAT_TYPE);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
