package raftlab.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;

/** Plans that can be played but may not be meant, and plans that can't be played. */
class FaultPlanReaderTest {
  /**
   * Three replicas; each event is its type and time, and stands in a line of its own from line 2
   * on.
   */
  private static Scenario plan(String... events) throws ScenarioException {
    return ScenarioReader.read(
        "x.json",
        Arrays.stream(events)
            .map(event -> event.split(" "))
            .map(parts -> "{\"type\": \"" + parts[0] + "\", \"time\": " + parts[1] + "}")
            .collect(
                Collectors.joining(
                    ",\n",
                    "{\"lifetime\": 30, \"replicas\": 3, \"requests\": 1, \"events\": [\n",
                    "\n]}")));
  }

  private static List<String> warnings(String... events) throws ScenarioException {
    return facts(plan(events).warnings());
  }

  private static List<String> facts(List<String> warnings) {
    return warnings.stream().map(ProblemFacts::of).toList();
  }

  private static void assertProblems(String facts, String... events) {
    assertThatThrownBy(() -> plan(events))
        .isInstanceOfSatisfying(
            ScenarioException.class,
            problems -> assertThat(ProblemFacts.of(problems.getMessage())).isEqualTo(facts));
  }

  @Test
  void faults_are_sorted_by_time_and_keep_the_order_of_the_file_at_the_same_time()
      throws ScenarioException {
    assertThat(PlannedEventsText.of(plan("part_end 9", "kill_leader 5", "part_hard 5")))
        .containsExactly("kill_leader 5000", "part_hard 5000", "part_end 9000");
  }

  @Test
  void a_sound_plan_has_no_warnings() throws ScenarioException {
    assertThat(warnings("part_hard 0", "part_end 1", "part_easy 2", "part_end 3", "kill_leader 30"))
        .isEmpty();
  }

  @Test
  void the_end_of_a_partition_that_is_not_open_gets_a_warning() throws ScenarioException {
    assertThat(warnings("part_end 5")).containsExactly("2:10 \"part_end\"");
  }

  @Test
  void the_order_in_time_counts_not_that_of_the_file() throws ScenarioException {
    assertThat(warnings("part_end 8", "part_easy 5")).isEmpty();
  }

  @Test
  void a_partition_within_a_partition_gets_a_warning() throws ScenarioException {
    assertThat(warnings("part_easy 2.5", "part_hard 6", "part_end 7"))
        .containsExactly("3:10 \"part_hard\" 2.5 \"part_end\"");
  }

  @Test
  void a_kill_that_leaves_no_majority_gets_a_warning_once() throws ScenarioException {
    assertThat(warnings("kill_leader 1", "kill_non_leader 2", "kill_leader 3"))
        .containsExactly("3:10 \"kill_non_leader\" 1 3");
  }

  @Test
  void a_hard_partition_of_a_bare_majority_gets_a_warning() throws ScenarioException {
    assertThat(warnings("kill_leader 1", "part_hard 2", "part_end 3"))
        .containsExactly("3:10 \"part_hard\" 2 3");
  }

  @Test
  void a_kill_when_no_replica_runs_is_a_problem() {
    assertProblems(
        "5:10 \"kill_leader\" 3",
        "kill_leader 1",
        "kill_leader 2",
        "kill_leader 3",
        "kill_leader 4");
  }

  @Test
  void a_restart_allows_another_kill() throws ScenarioException {
    assertThat(
            warnings(
                "kill_leader 1",
                "restart 2",
                "kill_leader 3",
                "restart 4",
                "kill_leader 5",
                "restart_all 6",
                "kill_non_leader 7"))
        .isEmpty();
  }

  @Test
  void a_restart_when_no_replica_is_down_is_a_problem() {
    assertProblems("4:10 \"restart\"", "kill_leader 1", "restart 2", "restart 3");
  }

  @Test
  void the_majority_is_that_of_the_members_of_the_time() throws ScenarioException {
    assertThat(warnings("add 1", "add 2", "kill_leader 3", "kill_leader 4")).isEmpty();
    assertThat(warnings("remove 1", "kill_leader 2")).containsExactly("3:10 \"kill_leader\" 1 2");
  }

  @Test
  void what_is_asked_for_without_a_majority_gets_a_warning() throws ScenarioException {
    assertThat(warnings("kill_leader 1", "kill_leader 2", "add 3")).contains("4:10 \"add\" 1 3");
  }

  @Test
  void what_is_asked_for_in_the_last_moment_gets_a_warning() throws ScenarioException {
    String file =
        """
        {"lifetime": 5, "end_wait": 0.5, "replicas": 3, "requests": 1, "events": [
        \
        {"type": "%s", "time": 4.25}]}""";
    assertThat(
            facts(
                ScenarioReader.read("x.json", String.format(Locale.ROOT, file, "remove"))
                    .warnings()))
        .containsExactly("2:10 \"remove\" 1.25");
    assertThat(
            ScenarioReader.read("x.json", String.format(Locale.ROOT, file, "restart_all"))
                .warnings())
        .isEmpty();
  }

  @Test
  void the_last_replicas_cant_be_removed_nor_lead_in_turns() {
    assertProblems(
        "4:10 \"remove\"\n5:10 \"transfer\"",
        "remove 1",
        "remove_leader 2",
        "remove 3",
        "transfer 4");
  }

  @Test
  void a_plan_adds_sixteen_replicas_at_most() {
    String[] seventeen = new String[17];
    Arrays.fill(seventeen, "add 1");
    assertProblems("18:10 \"add\" 16 16", seventeen);
  }

  @Test
  void only_replicas_that_may_come_back_get_a_place_to_store_their_state()
      throws ScenarioException {
    assertThat(plan("kill_leader 1", "restart 2").needsStorage()).isTrue();
    assertThat(plan("restart_all 2").needsStorage()).isTrue();
    assertThat(plan("add 2").needsStorage()).isTrue();
    assertThat(plan("kill_leader 1", "transfer 2", "remove 3").needsStorage()).isFalse();
  }
}
