package raftlab.run.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What a scenario does step by step, and at messages. */
class StepRunnerTest {
  private Scenario scenario;
  private Trace trace;

  private Judgement play(int replicas, String more, String... steps) {
    try {
      scenario =
          ScenarioReader.read(
              "steps",
              "{\"lifetime\": 60, \"start_wait\": 0, \"end_wait\": 0, \"replicas\": "
                  + replicas
                  + ", "
                  + more
                  + "\"steps\": ["
                  + String.join(", ", steps)
                  + "]}");
    } catch (ScenarioException wrong) {
      throw new IllegalArgumentException(wrong);
    }
    trace = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 1).play();
    return Judgement.of(scenario, trace);
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Verdict verdict(Judgement judgement, String check) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.check().key().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private List<String> phases() {
    return all(Event.Step.class).stream()
        .map(step -> step.number() + "#" + step.round() + " " + step.phase())
        .toList();
  }

  @Test
  void steps_follow_each_other_and_the_run_ends_with_the_last() {
    Judgement judgement =
        play(
            3,
            "",
            """
            {"until": "leader"},
            {"wait": 1},
            {"type": "put", "key": "k"}
            """);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(phases())
        .containsExactly("1#1 BEGAN", "1#1 DONE", "2#1 BEGAN", "2#1 DONE", "3#1 BEGAN", "3#1 DONE");
    assertThat(trace.events().get(trace.events().size() - 1).atMicros()).isLessThan(3_000_000);
  }

  @Test
  void a_condition_that_does_not_come_fails_the_run_and_ends_it() {
    Judgement judgement =
        play(
            3,
            "",
            """
            {"until": "leader"},
            {"type": "crash", "who": "2 non_leader"},
            {"type": "put", "key": "k", "within": 2},
            {"wait": 30}
            """);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason())
        .isEqualTo(
            "steps: step 3: put \"k\": no ok was received; sent 3 times: 0 fail, 0 redirect, 3 not answered");
    assertThat(phases()).last().isEqualTo("3#1 FAILED");
    assertThat(trace.events().get(trace.events().size() - 1).atMicros()).isLessThan(5_000_000);
  }

  @Test
  void steps_that_need_more_than_the_lifetime_fail() {
    Judgement judgement =
        play(
            3,
            "",
            """
            {"wait": 50},
            {"wait": 50}
            """);
    assertThat(judgement.reason()).startsWith("steps: step 2: wait 50 s: the lifetime ended");
  }

  @Test
  void a_step_that_failed_is_not_done_later() throws ScenarioException {
    scenario =
        ScenarioReader.read(
            "steps",
            """
            {"lifetime": 1, "start_wait": 0, "end_wait": 1, "replicas": 3, "steps": [{"wait": 1.1}]}
            """);
    trace = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 1).play();
    assertThat(phases()).containsExactly("1#1 BEGAN", "1#1 FAILED");
  }

  @Test
  void repeated_steps_are_played_the_given_number_of_times() {
    play(
        3,
        "",
        """
        {"until": "leader"},
        {"repeat": 3, "steps": [{"type": "put", "key": "k"}, {"wait": 0.1}]}
        """);
    assertThat(all(Event.Requested.class)).hasSize(3);
    assertThat(phases())
        .contains("2.2#1 DONE", "2.2#2 DONE", "2.2#3 DONE")
        .last()
        .isEqualTo("2#1 DONE");
  }

  @Test
  void ten_thousand_rounds_are_not_too_deep() {
    play(
        3,
        "",
        """
        {"repeat": 10000, "steps": [{"wait": 0.001}]}
        """);
    assertThat(phases()).last().isEqualTo("1#1 DONE");
  }

  @Test
  void a_bound_on_a_step_counts_what_happens_meanwhile_and_nothing_else() {
    String tooFew =
        """
        {"wait": 1, "at_most": {"messages": 1}}""";
    Judgement judgement = play(3, "", "{\"until\": \"leader\"}", tooFew);
    assertThat(verdict(judgement, "limits").text())
        .matches("\\d+ messages between replicas in step 2, at most 1 expected");
    assertThat(play(3, "", "{\"until\": \"leader\"}", tooFew.replace(": 1}", ": 30}")).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void a_bound_on_the_whole_run_counts_all_of_it() {
    Judgement judgement =
        play(
            3,
            "\"at_least\": {\"oks\": 3}, ",
            """
            {"until": "leader"},
            {"repeat": 2, "steps": [{"type": "put", "key": "k"}]}
            """);
    assertThat(judgement.reason())
        .isEqualTo(
            "limits: 2 requests that were answered ok in the whole run, at least 3 expected");
  }

  @Test
  void a_leader_that_is_killed_at_its_third_ok_sends_nothing_after_it() {
    play(
        5,
        "",
        "{\"until\": \"leader\"}",
        """
        {"type": "crash", "who": "sender", "as": "victim",
         "on": {"message": "ok", "from": "leader", "to": "client", "nth": 3}}""",
        """
        {"repeat": 3, "steps": [{"type": "put", "key": "k"}]},
        {"until": "new_leader"},
        {"type": "get", "key": "k"}
        """);
    Event.Crashed crash = all(Event.Crashed.class).get(0);
    List<Event.Sent> oks = new ArrayList<>();
    for (Event event : trace.events().subList(0, trace.events().indexOf(crash))) {
      if (event instanceof Event.Sent sent && sent.message().type().equals(Message.OK)) {
        oks.add(sent);
      }
    }
    assertThat(oks).hasSize(3).last().extracting(Event.Sent::from).isEqualTo(crash.replica());
    assertThat(all(Event.Sent.class))
        .noneMatch(
            sent -> sent.from().equals(crash.replica()) && sent.number() > oks.get(2).number());
    assertThat(all(Event.Answered.class)).filteredOn(a -> a.type().equals("ok")).hasSize(4);
  }

  @Test
  void a_message_that_is_waited_for_can_be_lost() {
    play(
        3,
        "",
        "{\"until\": \"leader\"}",
        """
        {"type": "choose", "who": "receiver", "as": "cut_off",
         "on": {"from": "leader", "to": "replica", "lose": true}}""",
        "{\"until\": \"triggered\"}");
    assertThat(all(Event.Dropped.class))
        .extracting(Event.Dropped::why)
        .containsExactly(Event.DropReason.PLANNED);
  }

  @Test
  void what_is_done_for_a_while_is_undone() {
    play(
        5,
        "",
        """
        {"until": "leader"},
        {"type": "cut", "who": "2 random", "for": 1},
        {"type": "crash", "who": "random", "for": 0.5},
        {"wait": 2},
        {"until": "ready"}
        """);
    List<String> faults = all(Event.Fault.class).stream().map(Event.Fault::what).toList();
    assertThat(faults).containsExactly("cut", "crash", "restart", "heal");
    assertThat(all(Event.Ready.class)).hasSize(6);
  }

  @Test
  void an_event_that_repeats_happens_at_each_of_its_times() {
    play(
        5,
        """
        "events": [{"type": "pause", "who": "non_leader", "time": 2, "every": 1, "jitter": 0.3,
                    "last": 6.5, "for": 0.4}], \
        """,
        "{\"wait\": 8}");
    List<Event.Paused> pauses = all(Event.Paused.class);
    assertThat(pauses).hasSize(5);
    assertThat(all(Event.Resumed.class)).hasSize(5);
    long began = all(Event.Began.class).get(0).atMicros();
    for (int i = 0; i < 5; i++) {
      long due = began + (2 + i) * 1_000_000;
      assertThat(pauses.get(i).atMicros()).isBetween(due - 300_000, due + 300_000);
    }
    assertThat(new TreeSet<>(pauses.stream().map(p -> p.atMicros() % 1_000_000).toList()))
        .hasSizeGreaterThan(1);
  }

  @Test
  void a_late_replica_is_started_by_its_step() {
    play(
        3,
        "",
        """
        {"until": "leader"},
        {"wait": 3},
        {"type": "start", "who": "0001"},
        {"until": "agreed"}
        """);
    assertThat(all(Event.Started.class).get(2).replica()).isEqualTo(Id.of(1));
    assertThat(all(Event.Started.class).get(2).atMicros()).isGreaterThan(3_000_000);
  }

  @Test
  void each_action_leaves_itself_in_the_trace_as_an_event_with_the_replicas_by_their_ids()
      throws ScenarioException {
    play(
        5,
        "",
        """
        {"until": "leader"},
        {"type": "cut", "who": ["leader", "non_leader"], "from": "rest", "way": "out"},
        {"type": "partition", "groups": ["2 random", "rest"]},
        {"type": "heal"},
        {"type": "network", "loss": 0.25, "delay": [0.001, 0.002]},
        {"type": "slow", "who": "random", "delay": {"exponential": 0.01}},
        {"type": "clock", "who": "random", "rate": 1.05},
        {"type": "crash", "who": "random"}
        """);
    List<String> actions =
        all(Event.Fault.class).stream()
            .map(fault -> fault.action().replaceFirst("}$", ", \"time\": 1}"))
            .toList();
    Scenario again =
        ScenarioReader.read(
            "again",
            "{\"lifetime\": 60, \"replicas\": 5, \"requests\": 1, \"events\": ["
                + String.join(", ", actions)
                + "]}");
    assertThat(again.events()).hasSize(7);
    assertThat(again.events()).noneMatch(event -> event.action().needsLeader());
    assertThat(actions.get(2)).startsWith("{\"type\":\"heal\"");
    assertThat(again.events().get(3).action().detail())
        .isEqualTo(scenario.actions().get(3).detail());
  }

  @Test
  void majorities_and_minorities_are_as_their_names_say() {
    play(
        5,
        "",
        """
        {"until": "leader"},
        {"type": "choose", "who": "majority_with_leader", "as": "a"},
        {"type": "choose", "who": "majority_without_leader", "as": "b"},
        {"type": "choose", "who": "minority_with_leader", "as": "c"},
        {"type": "choose", "who": "minority_without_leader", "as": "d"},
        {"type": "choose", "who": ["@c", "rest"], "as": "e"}
        """);
    String leader = all(Event.LeaderKnown.class).get(0).leader().toString();
    List<Set<String>> chosen = new ArrayList<>();
    for (Event.Fault fault : all(Event.Fault.class)) {
      Set<String> ids = new TreeSet<>();
      for (String word : fault.how().split("[ ,]+")) {
        if (word.matches("\\d{4}")) {
          ids.add(word);
        }
      }
      chosen.add(ids);
    }
    assertThat(chosen).extracting(Set::size).containsExactly(3, 3, 2, 2, 5);
    assertThat(chosen)
        .extracting(ids -> ids.contains(leader))
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void a_replica_whose_store_is_damaged_refuses_to_start_and_that_is_right() {
    Judgement judgement =
        play(
            3,
            "",
            """
            {"until": "leader"},
            {"repeat": 5, "steps": [{"type": "put", "key": "k"}]},
            {"type": "crash", "who": "non_leader", "as": "victim"},
            {"type": "disk", "who": "@victim", "state": "corrupt"},
            {"type": "restart", "who": "@victim"},
            {"until": "ended", "who": "@victim"}
            """);
    assertThat(judgement.status()).isEqualTo(Status.PASS);
    assertThat(all(Event.Exited.class).get(0).lastWords()).isNotEmpty();
  }
}
