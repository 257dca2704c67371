package raftlab.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;

/** Compares the causes that runs against a replica name with the bug that it has. */
public final class CauseReview {
  /** The result for one replica. */
  public enum Result {
    /** A run failed, and its cause is the bug. For a correct replica: all runs passed. */
    RIGHT_CAUSE('+', "caught, with the right cause; without a bug: all passed"),
    /** A run failed; only symptoms were named. */
    NO_CAUSE('o', "caught, with no cause"),
    /** A run named another mistake. For a correct replica: a run failed or named a mistake. */
    FALSE_CAUSE('X', "a false cause; without a bug: a failure or a suspicion"),
    /** No run failed. */
    NOT_CAUGHT('-', "not caught"),
    /** All that was played proves nothing, since the machine was overloaded. */
    UNKNOWN('?', "unknown: the machine was overloaded"),
    /** The bug isn't possible in this style. */
    NOT_APPLICABLE('.', "not applicable");

    private final char sign;
    private final String meaning;

    Result(char sign, String meaning) {
      this.sign = sign;
      this.meaning = meaning;
    }

    /** Its sign in the matrix. */
    public char sign() {
      return sign;
    }

    /** What it means, in words. */
    public String meaning() {
      return meaning;
    }
  }

  /** The mistakes with another name than the bug; each bug's own name is right, too. */
  private static final Map<String, Set<String>> ALSO_RIGHT =
      Map.of(
          "acks-own-last", Set.of("claims-unverified"),
          "leader-stays", Set.of("ignores-later-term"));

  private CauseReview() {}

  /** The result for the replica that was played. */
  public static Result of(StyledBug replica, BugHunt.BugHuntResult result) {
    if (!wrong(replica, result).isEmpty()) {
      return Result.FALSE_CAUSE;
    }
    boolean isUnknown = result.runs() == result.unknown().size();
    if (replica.bug().isEmpty()) {
      return isUnknown ? Result.UNKNOWN : Result.RIGHT_CAUSE;
    }
    if (result.caught().isEmpty()) {
      return isUnknown ? Result.UNKNOWN : Result.NOT_CAUGHT;
    }
    return result.caught().stream().anyMatch(run -> mistake(run).isPresent())
        ? Result.RIGHT_CAUSE
        : Result.NO_CAUSE;
  }

  /**
   * The runs with a wrong result: they name a mistake that the replica doesn't have, or the replica
   * is correct and did not pass.
   */
  public static List<RunOutcome> wrong(StyledBug replica, BugHunt.BugHuntResult result) {
    List<RunOutcome> wrong = new ArrayList<>();
    Stream.of(result.caught(), result.blocked(), result.suspicious())
        .flatMap(List::stream)
        .filter(run -> isWrong(replica, run))
        .forEach(wrong::add);
    return wrong;
  }

  /** Whether this run names a mistake that the replica doesn't have, or fails a correct one. */
  public static boolean isWrong(StyledBug replica, RunOutcome run) {
    if (run.status() == Status.UNKNOWN) {
      return false;
    }
    return replica
        .bug()
        .map(bug -> mistake(run).filter(cause -> !isRight(bug, cause.name())).isPresent())
        .orElse(run.status() != Status.PASS || run.suspicion().isPresent());
  }

  /** The mistake that a run names, as its cause or as a suspicion; a symptom is none. */
  public static Optional<LikelyCause> mistake(RunOutcome run) {
    return run.cause().or(run::suspicion).filter(LikelyCause::isDetected);
  }

  private static boolean isRight(String bug, String cause) {
    return cause.equals(bug) || ALSO_RIGHT.getOrDefault(bug, Set.of()).contains(cause);
  }
}
