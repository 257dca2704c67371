package raftlab.judge.invariant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The checks of a run. */
public enum CheckName {
  /** No replica exits unexpectedly. */
  DIED,
  /** {@link Invariant#ONE_VOTE}. */
  ONE_VOTE,
  /** {@link Invariant#VOTER_WAITS}. */
  VOTER_WAITS,
  /** {@link Invariant#DURABILITY}. */
  DURABILITY,
  /** {@link Invariant#ONLY_FORWARD}. */
  ONLY_FORWARD,
  /** {@link Invariant#ELECTION_SAFETY}. */
  ELECTION_SAFETY,
  /** {@link Invariant#FOLLOWS_LEADER}. */
  FOLLOWS_LEADER,
  /** {@link Invariant#LEADER_APPEND_ONLY}. */
  LEADER_APPEND_ONLY,
  /** {@link Invariant#LOG_MATCHING}. */
  LOG_MATCHING,
  /** {@link Invariant#OWN_TERM}. */
  OWN_TERM,
  /** {@link Invariant#ONE_CHANGE}. */
  ONE_CHANGE,
  /** {@link Invariant#LEADER_COMPLETENESS}. */
  LEADER_COMPLETENESS,
  /** {@link Invariant#SNAPSHOT}. */
  SNAPSHOT,
  /** {@link Invariant#STATE_MACHINE_SAFETY}. */
  STATE_MACHINE_SAFETY,
  /** {@link Invariant#EARLY_OK}. */
  EARLY_OK,
  /** {@link Invariant#ONE_LEADER}. */
  ONE_LEADER,
  /** {@link Invariant#BLIND_READ}. */
  BLIND_READ,
  /** {@link Invariant#PROTOCOL}. */
  PROTOCOL,
  /** No message is malformed and no answer is wrong. */
  INCORRECT,
  /** The answers to clients are linearizable. */
  LINEARIZABLE,
  /** {@link Invariant#LIVE_LEADER}. */
  LIVE_LEADER,
  /** {@link Invariant#LIVE_ANSWERS}. */
  LIVE_ANSWERS,
  /** {@link Invariant#LIVE_CATCH_UP}. */
  LIVE_CATCH_UP,
  /** {@link Invariant#LIVE_CALM}. */
  LIVE_CALM,
  /** All of the liveness checks, if none failed. */
  LIVE,
  /** Each condition that a step waits for holds in time. */
  STEPS,
  /** Figures stay within the scenario's limits. */
  LIMITS,
  /** At least one put succeeds. */
  NO_STATE,
  /** Most gets are answered. */
  GET_ANSWERED,
  /** Most puts are answered. */
  PUT_ANSWERED,
  /** Clients have keys to read. */
  GET_GENERATED,
  /** Replicas sent enough messages to have replicated the puts. */
  TOTAL_MSGS,
  /** Messages between replicas stay below the maximum. */
  PACKET_STORM,
  /** All planned faults were played. */
  FAULTS_PLAYED,
  /** The run was played, since other runs of the suite were not all blocked. */
  NOT_PLAYED,
  /** The kit itself played and judged the run. */
  KIT;

  /** Its name in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The check of this name in reports, if there is one. */
  public static Optional<CheckName> of(String key) {
    return Arrays.stream(values()).filter(check -> check.key().equals(key)).findFirst();
  }
}
