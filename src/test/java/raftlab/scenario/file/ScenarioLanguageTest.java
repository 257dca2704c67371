package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.scenario.Action;
import raftlab.scenario.Action.CutDirection;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.MessagePattern.PartyKind;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.ScheduledTime;
import raftlab.scenario.Step;
import raftlab.scenario.TargetSelector;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.text.StepText;
import raftlab.wire.Id;

/** What can be said beyond the course's own form. */
class ScenarioLanguageTest {
  private static Scenario with(String more) throws ScenarioException {
    return ScenarioReader.read("x", "{\"lifetime\": 30, \"replicas\": 5, " + more + "}");
  }

  private static String problem(String more) {
    return catchThrowableOfType(ScenarioException.class, () -> with(more)).getMessage();
  }

  private static Step step(String step) throws ScenarioException {
    return with("\"steps\": [" + step + "]").steps().get(0);
  }

  private static PlannedAction event(String event) throws ScenarioException {
    return with("\"requests\": 1, \"events\": [" + event + "]").events().get(0);
  }

  @Test
  void delays_are_constant_between_two_bounds_or_spread_otherwise() throws ScenarioException {
    LinkConditions conditions =
        with("""
                "requests": 1, "network": {"loss": 0.1, "delay": 0.02, "duplicate": 0.2,
                  "reorder": 0.3, "reorder_by": [0.2, 2.2], "bandwidth": 5000, "corrupt": 0.01,
                  "clients": {"delay": {"long_tail": 0.001}}}""")
            .network();
    assertThat(conditions)
        .isEqualTo(
            new LinkConditions(
                0.1,
                Delay.constant(20_000),
                0.2,
                0.3,
                Delay.uniform(200_000, 2_200_000),
                5000,
                0.01));
  }

  @Test
  void conditions_of_client_links_are_their_own() throws ScenarioException {
    Scenario scenario =
        with(
            """
            "requests": 1, "network": {"clients": {"delay": {"exponential": 0.5}}}""");
    assertThat(scenario.network()).isEqualTo(LinkConditions.PERFECT);
    assertThat(scenario.clientNetwork().delay())
        .isEqualTo(new Delay(Delay.Shape.EXPONENTIAL, 500_000, 500_000));
  }

  @Test
  void an_event_can_come_again_and_again_with_jitter() throws ScenarioException {
    assertThat(
            event(
                    """
                    {"type": "crash", "who": "random", "every": 2, "jitter": 0.5}""")
                .time())
        .isEqualTo(new ScheduledTime.Every(2_000, 2_000, 500, 30_000));
  }

  @Test
  void an_event_can_wait_for_a_message() throws ScenarioException {
    PlannedAction event =
        event(
            """
            {"type": "crash", "who": "sender",
             "on": {"message": "ok", "from": "leader", "nth": 3, "after": 2, "lose": true}}""");
    MessagePattern on = ((ScheduledTime.OnMessage) event.time()).message();
    assertThat(on.type()).isEqualTo("ok");
    assertThat(on.from().kind()).isEqualTo(PartyKind.LEADER);
    assertThat(on.to().kind()).isEqualTo(PartyKind.ANY);
    assertThat(on.nth()).isEqualTo(3);
    assertThat(on.afterMillis()).isEqualTo(2_000);
    assertThat(on.lose()).isTrue();
  }

  @Test
  void links_are_cut_one_way_or_both_ways() throws ScenarioException {
    Action cut =
        event(
                """
                {"type": "cut", "who": ["leader", "2 non_leader"], "from": "rest", "way": "out",
                 "as": "few", "for": 1.5, "time": 3}""")
            .action();
    assertThat(cut.targets()).hasToString("leader, 2 non_leader");
    assertThat(cut.detail())
        .isEqualTo(
            new Action.Cut(TargetSelector.of(TargetSelector.SelectorKind.REST), CutDirection.OUT));
    assertThat(cut.assignedName()).isEqualTo("few");
    assertThat(cut.durationMillis()).isEqualTo(1_500);
    assertThat(cut.needsLeader()).isTrue();
  }

  @Test
  void a_membership_change_times_out_after_ten_seconds_by_default() throws ScenarioException {
    assertThat(
            event(
                    """
                    {"type": "add", "time": 1}""")
                .action()
                .detail())
        .isEqualTo(new Action.ClusterChange(10_000, false));
    Action removal =
        event(
                """
                {"type": "remove", "time": 1, "within": 25.5}""")
            .action();
    assertThat(removal.detail()).isEqualTo(new Action.ClusterChange(25_500, false));
    assertThat(ActionJson.of(removal))
        .hasToString(
            """
            {"type":"remove","within":25.5}""");
  }

  @Test
  void a_membership_change_can_be_asked_for_once() throws ScenarioException {
    for (String type : List.of("add", "remove", "remove_leader", "transfer")) {
      Step.Act step = (Step.Act) step("{\"type\": \"" + type + "\", \"once\": true}");
      assertThat(step.action().detail()).isEqualTo(new Action.ClusterChange(10_000, true));
      assertThat(ActionJson.of(step.action()).get("once").getAsBoolean()).isTrue();
    }
    assertThat(
            ((Step.Act)
                    step(
                        """
                        {"type": "add", "once": false}"""))
                .action()
                .detail())
        .isEqualTo(new Action.ClusterChange(10_000, false));
    assertThat(
            problem(
                """
                "steps": [{"type": "add", "once": 1}]"""))
        .contains("\"once\"", "true or false");
    assertThat(
            problem(
                """
                "steps": [{"type": "crash", "who": "leader", "once": true}]"""))
        .contains("\"once\"");
  }

  @Test
  void steps_hold_steps_and_bounds() throws ScenarioException {
    Step.Block block =
        (Step.Block)
            step(
                """
                {"repeat": 3, "title": "rounds", "at_most": {"leader_changes": 3}, "steps": [
                  {"until": "answered", "count": 50, "within": 10}, {"wait": 0.5}]}""");
    assertThat(block.times()).isEqualTo(3);
    assertThat(block.limits().atMost()).containsEntry(CountedMetric.LEADER_CHANGES, 3.0);
    assertThat(block.steps()).extracting(Step::number).containsExactly("1.1", "1.2");
    assertThat(StepText.of(block.steps().get(0))).isEqualTo("until answered 50, at most 10 s");
  }

  @Test
  void a_replica_that_is_started_later_is_not_started_in_the_beginning() throws ScenarioException {
    Scenario scenario =
        with(
            """
            "steps": [{"wait": 3}, {"type": "start", "who": ["0002", "0004"]}]""");
    assertThat(scenario.lateReplicas()).containsExactly(Id.of(2), Id.of(4));
  }

  @Test
  void traffic_has_defaults_and_a_closed_loop_has_a_timeout() throws ScenarioException {
    TrafficPlan plan = with("\"traffic\": [{}]").traffic().get(0);
    assertThat(plan.clients()).isEqualTo(8);
    assertThat(plan.pace().isClosed()).isTrue();
    assertThat(plan.timeoutMillis()).hasValue(1_000);
    assertThat(plan.untilMillis()).isEqualTo(30_000);
    assertThat(plan.mix()).isEqualTo(new TrafficPlan.Mix(1, 1, 0, 0));
  }

  @Test
  void a_mix_by_which_nothing_is_asked_for_is_explained() {
    assertThat(
            problem(
                """
                "steps": [{"type": "requests", "mix": {"get": 0}}]"""))
        .contains("no weight in \"mix\" is above 0; expected one of \"get\", \"put\"");
  }

  @Test
  void a_list_in_a_list_of_replicas_is_explained() {
    assertThat(
            problem(
                """
                "steps": [{"type": "crash", "who": [["leader"]]}]"""))
        .contains("\"who\" is an array; expected one of \"leader\"");
  }

  @Test
  void traffic_at_a_rate_has_no_timeout_by_default() throws ScenarioException {
    assertThat(with("\"traffic\": [{\"rate\": 10}]").traffic().get(0).timeoutMillis()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{`who`: `leader`, `time`: 1}|`type` is missing",
        "{`type`: `crash`, `time`: 1}|`who` is missing",
        "{`type`: `crash`, `who`: `leadr`, `time`: 1}|did you mean `leader`?",
        "{`type`: `crash`, `who`: `0007`, `time`: 1}|there is no replica 0007; expected an ID from 0000 to 0005",
        "{`type`: `crash`, `who`: `@old`, `time`: 1}|nothing has `as`: `old`",
        "{`type`: `crash`, `who`: `sender`, `time`: 1}|`sender` is used without `on`",
        "{`type`: `pause`, `who`: `leader`, `midway`: true, `time`: 1}|`midway` is not a key of `pause`; it belongs beside `type`: `crash`",
        "{`type`: `cut`, `who`: `leader`, `way`: `inn`, `time`: 1}|did you mean `in`?",
        "{`type`: `crash`, `who`: `all`, `every`: 1, `jitter`: 0.6}|`jitter` is more than half of `every`",
        "{`type`: `crash`, `who`: `all`, `time`: 1, `on`: {}}|`time` and `on` are both given",
        "{`type`: `network`, `delay`: [2, 1], `time`: 1}|`delay` has 1 after 2",
        "{`type`: `network`, `delay`: `x`, `time`: 1}|`delay` is the string `x`; expected a number from 0 to 60, or two numbers",
      })
  void a_mistake_in_an_event_is_explained(String event, String expected) {
    assertThat(problem("\"requests\": 1, \"events\": [" + event.replace('`', '"') + "]"))
        .contains(expected.replace('`', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{`until`: `leadr`}|did you mean `leader`?",
        "{}|a step has none of its keys; expected an object with the key `until` or `wait` or `steps` or `type`",
        "{`wait`: 1, `at_most`: {`message`: 3}}|did you mean `messages`?",
        "{`type`: `put`}|`key` is missing",
        "{`steps`: []}|`steps` is an empty list",
        "{`type`: `lose`, `from`: `0001`, `to`: `0002`, `nth`: 3}|is not a type of step",
      })
  void a_mistake_in_a_step_is_explained(String step, String expected) {
    assertThat(problem("\"steps\": [" + step.replace('`', '"') + "]"))
        .contains(expected.replace('`', '"'));
  }
}
