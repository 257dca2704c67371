package raftlab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

class CopyPathsTest {
  private static final String LINE =
      "  File \"/var/tmp/raftlab-grade-4936611666033079519/handin-4/./kv\", line 302";

  @Test
  void a_text_names_files_as_the_team_knows_them() {
    assertThat(CopyPaths.remove(LINE)).isEqualTo("  File \"././kv\", line 302");
    assertThat(CopyPaths.remove("/tmp/other/handin-4")).isEqualTo("/tmp/other/handin-4");
  }

  @Test
  void so_does_what_replicas_printed_in_a_trace_and_all_else_stays() {
    Trace trace =
        new Trace(new TraceHeader("a", "{}", "process", 1, List.of("kv"), List.of(), List.of()));
    Event ended = new Event.Ended(3, Event.EndReason.REPLICA_DIED);
    trace.add(new Event.Printed(1, Id.of(1), true, LINE));
    trace.add(new Event.Exited(2, Id.of(1), 3, List.of("x", LINE)));
    trace.add(ended);
    Trace without = CopyPaths.remove(trace);
    assertThat(without.header()).isEqualTo(trace.header());
    assertThat(without.events())
        .containsExactly(
            new Event.Printed(1, Id.of(1), true, "  File \"././kv\", line 302"),
            new Event.Exited(2, Id.of(1), 3, List.of("x", "  File \"././kv\", line 302")),
            ended);
  }
}
