package raftlab.judge.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.Judgement;
import raftlab.node.StateChange;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Whoever made a storm is named. */
class PacketStormCheckTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  private final Scenario scenario = SmallScenario.with("\"max_packets\": 1000, ");
  private final Trace trace =
      new Trace(
          new TraceHeader("x", "{}", "sim", 1, List.of(), List.of(A, B), List.of(Id.of(0x13))));
  private long number;

  private void send(Id from, Id to, int count) {
    Message message = Message.of(from, to, A, "x", null, new JsonObject());
    for (int i = 0; i < count; i++) {
      trace.add(new Event.Sent(i, ++number, from, to, message));
    }
  }

  private String storm() {
    trace.add(new Event.Ended(9, EndReason.PACKET_STORM));
    return Judgement.of(scenario, trace).verdicts().stream()
        .filter(verdict -> verdict.check().key().equals("packet_storm"))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void the_sender_of_most_of_too_many_messages_is_named() {
    send(A, B, 500);
    trace.add(new Event.Began(0));
    send(A, B, 101);
    send(B, A, 909);
    assertThat(storm())
        .isEqualTo(
            "a packet storm ended the run: 1010 were sent; replica 0001 made 90 % of the 1,010"
                + " messages: 909 messages to replicas");
  }

  @Test
  void the_replica_with_most_reports_is_named_where_messages_were_few() {
    trace.add(new Event.Began(0));
    send(A, B, 10);
    for (int i = 0; i < 990; i++) {
      trace.add(new Event.Reported(i, B, new StateChange.Committed(1)));
    }
    assertThat(storm())
        .endsWith("; replica 0001 made 99 % of the 1,000 events: 990 changes of its state");
  }
}
