package raftlab.raft;

import static org.junit.platform.commons.support.ReflectionSupport.findMethods;
import static org.junit.platform.commons.support.ReflectionSupport.invokeMethod;
import static org.junit.platform.commons.support.ReflectionSupport.newInstance;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The tests of the rules, once more with {@link Setting#PLAIN_SENDING}. */
final class PlainSendingTest {
  private static final RaftSettings PLAIN = RaftSettings.DEFAULT.with(Setting.PLAIN_SENDING, 1);

  /**
   * Tests of {@link MajorityFirstPolicy}, {@link SendWindow} and {@link RetransmitTimeout}: which
   * followers are sent to, how many messages are under way, and when they are repeated.
   */
  private static final Set<String> OF_OPTIMISATIONS =
      Set.of(
          "a_put_goes_to_as_many_followers_as_a_majority_needs_and_to_others_the_next_time",
          "without_an_answer_the_other_followers_are_asked_and_then_the_first_ones_again",
          "a_crashed_follower_is_not_chosen_again_and_gets_a_message_a_heartbeat_interval",
          "a_lost_heartbeat_is_repeated_before_the_follower_times_out",
          "a_lagging_follower_gets_several_messages_at_once_none_of_them_too_long",
          "a_leader_uses_the_new_majority_as_soon_as_the_change_is_appended",
          "a_successor_that_lags_is_brought_up_to_date_first");

  @TestFactory
  Stream<DynamicTest> the_rules_hold_with_plain_sending() {
    return Stream.of(
            FigureTwoTest.class,
            ElectionRulesTest.class,
            ReplicationRulesTest.class,
            AnswerRulesTest.class,
            ReadRulesTest.class,
            ClientRulesTest.class,
            DurabilityRulesTest.class,
            SessionRulesTest.class,
            MembershipRulesTest.class,
            LearnerRulesTest.class,
            LeavingRulesTest.class,
            SnapshotRulesTest.class,
            SnapshotSendingTest.class,
            TransferRulesTest.class,
            RobustnessTest.class)
        .flatMap(PlainSendingTest::testsOf);
  }

  private static Stream<DynamicTest> testsOf(Class<?> tests) {
    return findMethods(
            tests,
            method -> method.isAnnotationPresent(Test.class),
            HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .filter(method -> !OF_OPTIMISATIONS.contains(method.getName()))
        .map(
            method ->
                DynamicTest.dynamicTest(
                    tests.getSimpleName() + "." + method.getName(),
                    () ->
                        SingleReplicaBench.withDefaults(
                            PLAIN, () -> invokeMethod(method, newInstance(tests)))));
  }
}
