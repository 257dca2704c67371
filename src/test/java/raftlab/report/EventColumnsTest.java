package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.report.EventColumns.Options;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.wire.Id;

class EventColumnsTest {
  private static final TerminalStyle PLAIN = new TerminalStyle(false);
  private static Trace trace;

  @BeforeAll
  static void play() throws Exception {
    trace =
        new ScenarioRunner(
                ScenarioReader.read(Path.of("configs/course/crash-1.json")),
                new SimWorld(RaftNode::new),
                3)
            .play();
  }

  private static List<String> columns(EventFilter filter, boolean heartbeats, int width) {
    return EventColumns.of(trace, new Options(filter, heartbeats, width, 0), PLAIN);
  }

  private static EventFilter about(String... ids) {
    return new EventFilter(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        List.of(ids).stream().map(Id::parse).toList(),
        List.of(),
        Integer.MAX_VALUE);
  }

  @Test
  void five_replicas_fit_into_eighty_columns() {
    List<String> lines = columns(EventFilter.ALL, true, 80);
    assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0).split(" +"))
        .containsExactly("", "0000", "0001", "0002", "0003", "0004");
  }

  @Test
  void an_election_is_in_the_column_of_its_replica() {
    List<String> lines = columns(EventFilter.ALL, false, 80);
    int column = lines.get(0).indexOf("0003");
    String elected =
        lines.stream().filter(line -> line.contains("LEADER t1")).findFirst().orElseThrow();
    assertThat(elected.indexOf("LEADER")).isEqualTo(column);
    assertThat(lines).anyMatch(line -> line.indexOf("→* vote? t1") == column);
  }

  @Test
  void a_crash_and_the_messages_dropped_by_it_are_shown() {
    assertThat(columns(EventFilter.ALL, true, 80))
        .anyMatch(line -> line.contains("KILLED"))
        .anyMatch(line -> line.contains("×"));
  }

  @Test
  void heartbeats_are_left_out_unless_they_are_wanted() {
    assertThat(columns(EventFilter.ALL, false, 80)).noneMatch(line -> line.contains("heartbeat"));
    assertThat(columns(EventFilter.ALL, true, 80)).anyMatch(line -> line.contains("heartbeat"));
  }

  @Test
  void a_selection_has_only_its_columns() {
    List<String> lines = columns(about("0001", "0003"), false, 80);
    assertThat(lines.get(0).split(" +")).containsExactly("", "0001", "0003");
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void only_the_last_lines_are_shown_if_a_number_is_given() {
    List<String> all = columns(EventFilter.ALL, false, 80);
    List<String> last = EventColumns.of(trace, new Options(EventFilter.ALL, false, 80, 10), PLAIN);
    assertThat(last).hasSize(11);
    assertThat(last.get(10)).isEqualTo(all.get(all.size() - 1));
  }

  @Test
  void an_empty_selection_says_so() {
    EventFilter none = new EventFilter(-2, -1, List.of(), List.of(), 10);
    assertThat(columns(none, true, 80)).hasSize(2);
  }
}
