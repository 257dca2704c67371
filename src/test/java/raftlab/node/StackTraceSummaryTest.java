package raftlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTraceSummaryTest {
  private static Throwable thrown(String... classes) {
    Throwable thrown = new IllegalStateException("oh no");
    StackTraceElement[] trace = new StackTraceElement[classes.length];
    for (int i = 0; i < classes.length; i++) {
      trace[i] = new StackTraceElement(classes[i], "call", "File.java", i + 1);
    }
    thrown.setStackTrace(trace);
    return thrown;
  }

  @Test
  void calls_of_the_kit_before_the_node_was_called_are_left_out() {
    assertThat(
            StackTraceSummary.of(
                thrown("raftlab.wire.Message", "raftlab.raft.Log", "raftlab.cluster.sim.SimHost")))
        .isEqualTo(
            "java.lang.IllegalStateException: oh no\n"
                + "  at raftlab.wire.Message.call(File.java:1)\n"
                + "  at raftlab.raft.Log.call(File.java:2)");
  }

  @Test
  void a_students_node_is_not_of_the_kit() {
    assertThat(
            StackTraceSummary.of(thrown("java.util.ArrayList", "team.Raft", "raftlab.run.lab.Lab")))
        .endsWith("  at team.Raft.call(File.java:2)");
  }

  @Test
  void where_no_node_is_involved_the_whole_trace_is_kept() {
    assertThat(StackTraceSummary.of(thrown("raftlab.run.lab.Lab", "raftlab.run.ScenarioRunner")))
        .hasLineCount(3);
  }
}
