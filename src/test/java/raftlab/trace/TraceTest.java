package raftlab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

class TraceTest {
  private static final Id A = Id.of(0);

  private final Trace trace =
      new Trace(new TraceHeader("x", "{}", "process", 1, List.of(), List.of(A), List.of()));

  private void send(int bytes) throws MalformedMessageException {
    String frame =
        """
        {"src":"0000","dst":"FFFF","leader":"FFFF","type":"x","blob":""}""";
    String text = frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
    Message message = Message.parseHeader(text.getBytes(StandardCharsets.UTF_8));
    trace.add(new Event.Sent(trace.events().size(), 1, A, A, message));
  }

  @Test
  void it_counts_the_bytes_of_messages_that_it_keeps() throws MalformedMessageException {
    send(1_000);
    trace.add(new Event.Printed(1, A, false, "ten chars."));
    trace.add(new Event.Malformed(1, A, "what", "quote"));
    trace.add(new Event.LeaderKnown(1, A));
    assertThat(trace.textBytes()).isEqualTo(1_000 + 10 + 9);
  }

  @Test
  void only_the_last_events_are_kept_where_there_is_no_end() {
    for (int i = 0; i < 1_000; i++) {
      trace.add(new Event.LeaderKnown(i, A));
      trace.keepLast(100, 1_000);
      assertThat(trace.events().size()).isLessThanOrEqualTo(200);
    }
    assertThat(trace.events()).last().isEqualTo(new Event.LeaderKnown(999, A));
  }

  @Test
  void large_messages_are_discarded_sooner() throws MalformedMessageException {
    for (int i = 0; i < 100; i++) {
      send(1_000);
      trace.keepLast(1_000, 10_000);
      assertThat(trace.textBytes()).isLessThanOrEqualTo(20_000);
    }
    assertThat(trace.events()).hasSizeBetween(10, 20);
  }
}
