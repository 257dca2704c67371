package raftlab.judge.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

class RareEventsTest {
  private final Trace trace =
      new Trace(new TraceHeader("", "", "sim", 1, List.of(), List.of(), List.of()));

  @Test
  void what_is_rare_is_kept_in_order_with_its_place_in_the_trace() {
    trace.add(new Event.Began(0));
    for (int i = 1; i <= 100; i++) {
      trace.add(new Event.Delivered(2 * i, i));
      trace.add(new Event.Crashed(2 * i + 1, Id.of(0)));
    }
    RareEvents landmarks = RareEvents.of(trace);
    assertThat(landmarks.events()).hasSize(101);
    for (int i = 0; i <= 100; i++) {
      assertThat(landmarks.events().get(i)).isSameAs(trace.events().get(landmarks.traceIndex(i)));
    }
  }
}
