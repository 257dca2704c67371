package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Process statistics in {@code /proc} are read right for any program name. */
class ProcessStatTest {
  private static String line(String name) {
    return "4711 ("
        + name
        + ") R 12 4700 4700 0 -1 4194304 102 0 0 0 31 7 200 3 20 0 1 0 89427 3133440 418\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"python3", "my replica", "a) R 1 1 1", "((", ":-)", ") (", "", "two\nlines"})
  void the_name_may_be_anything(String name) {
    assertThat(ProcessStat.parse(line(name))).contains(new ProcessStat(4711, 12, 4700, 241, 418));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4711",
        "4711 (cut off",
        "4711 (short) R 12 4700",
        "4711 (word) R 12 4700 4700 0 -1 4194304 102 0 0 0 x 7 200 3 20",
        ") 1 ("
      })
  void what_is_no_such_text_is_passed_over(String text) {
    assertThat(ProcessStat.parse(text)).isEmpty();
  }

  @Test
  void a_process_belongs_to_its_own_group_or_that_of_an_ancestor() {
    List<ProcessStat> processes =
        List.of(
            new ProcessStat(1, 0, 1, 9, 0),
            new ProcessStat(100, 1, 100, 5, 0), // leads the group of a replica
            new ProcessStat(101, 100, 100, 5, 0),
            new ProcessStat(102, 101, 102, 5, 0), // a child in a group of its own
            new ProcessStat(103, 102, 102, 5, 0),
            new ProcessStat(104, 1, 100, 5, 0), // its parent has ended
            new ProcessStat(
                200, 1, 200, 5, 0), // of another replica, which the first has not started
            new ProcessStat(300, 1, 300, 5, 0)); // no replica's
    assertThat(ProcessStat.assignGroups(processes, Set.of(100L, 200L)))
        .isEqualTo(Map.of(100L, 100L, 101L, 100L, 102L, 100L, 103L, 100L, 104L, 100L, 200L, 200L));
  }

  @Test
  void parents_that_lead_round_in_a_circle_end_the_search() {
    List<ProcessStat> processes =
        List.of(new ProcessStat(5, 6, 5, 1, 0), new ProcessStat(6, 5, 6, 1, 0));
    assertThat(ProcessStat.assignGroups(processes, Set.of(100L))).isEmpty();
  }

  @Test
  void the_machine_is_busy_in_all_but_idle_time() {
    List<String> lines =
        List.of(
            "cpu  100 20 30 4000 500 6 7 8 90 9",
            "cpu0 50 10 15 2000 250 3 3 4 45 5",
            "intr 661813 0 0",
            "procs_running 4",
            "procs_blocked 0");
    assertThat(SystemStat.parse(lines)).contains(new SystemStat(171, 4));
  }

  @Test
  void a_machine_without_processor_statistics_is_not_measured() {
    assertThat(SystemStat.parse(List.of("procs_running 4"))).isEmpty();
    assertThat(SystemStat.parse(List.of("cpu a b c d"))).isEmpty();
    assertThat(SystemStat.parse(List.of("cpu 1 2 3 4", "procs_running"))).isEmpty();
  }
}
