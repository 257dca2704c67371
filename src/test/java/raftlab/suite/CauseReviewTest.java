package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.run.RunOutcome;
import raftlab.suite.BugHunt.BugHuntResult;
import raftlab.suite.CauseReview.Result;

/** A named cause is compared with the bug that the replica has. */
class CauseReviewTest {
  private static final StyledBug CORRECT = new StyledBug("paper", Optional.empty());
  private static final StyledBug VOTES_TWICE = new StyledBug("paper", Optional.of("votes-twice"));
  private static final StyledBug ACKS_OWN = new StyledBug("paper", Optional.of("acks-own-last"));

  static Stream<Arguments> hunts() {
    RunOutcome right = StyledRuns.failed("votes-twice", Certainty.CERTAIN);
    RunOutcome wrong = StyledRuns.failed("forgets-log", Certainty.LIKELY);
    RunOutcome symptom = StyledRuns.failed("lost-write", Certainty.USUAL);
    RunOutcome suspected = StyledRuns.suspected("forgets-log");
    return Stream.of(
        arguments(VOTES_TWICE, StyledRuns.hunt(2, right), Result.RIGHT_CAUSE),
        arguments(VOTES_TWICE, StyledRuns.hunt(2, symptom, right), Result.RIGHT_CAUSE),
        arguments(VOTES_TWICE, StyledRuns.hunt(2, symptom), Result.NO_CAUSE),
        arguments(VOTES_TWICE, StyledRuns.hunt(2, right, wrong), Result.FALSE_CAUSE),
        arguments(VOTES_TWICE, StyledRuns.hunt(2), Result.NOT_CAUGHT),
        arguments(VOTES_TWICE, StyledRuns.suspicious(2, suspected), Result.FALSE_CAUSE),
        arguments(
            VOTES_TWICE,
            StyledRuns.suspicious(2, StyledRuns.suspected("votes-twice")),
            Result.NOT_CAUGHT),
        arguments(VOTES_TWICE, StyledRuns.unknown(1), Result.UNKNOWN),
        arguments(VOTES_TWICE, StyledRuns.unknown(2), Result.NOT_CAUGHT),
        arguments(
            ACKS_OWN,
            StyledRuns.hunt(1, StyledRuns.failed("claims-unverified", Certainty.CERTAIN)),
            Result.RIGHT_CAUSE),
        arguments(CORRECT, StyledRuns.hunt(2), Result.RIGHT_CAUSE),
        arguments(CORRECT, StyledRuns.hunt(2, symptom), Result.FALSE_CAUSE),
        arguments(CORRECT, StyledRuns.suspicious(2, suspected), Result.FALSE_CAUSE),
        arguments(CORRECT, StyledRuns.unknown(1), Result.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("hunts")
  void a_hunt_has_this_result(StyledBug replica, BugHuntResult hunt, Result expected) {
    assertThat(CauseReview.of(replica, hunt)).isEqualTo(expected);
  }

  @Test
  void only_the_runs_with_a_false_cause_are_wrong() {
    RunOutcome wrong = StyledRuns.failed("forgets-log", Certainty.LIKELY);
    BugHuntResult hunt =
        StyledRuns.hunt(2, StyledRuns.failed("votes-twice", Certainty.CERTAIN), wrong);
    assertThat(CauseReview.wrong(VOTES_TWICE, hunt)).isEqualTo(List.of(wrong));
  }
}
