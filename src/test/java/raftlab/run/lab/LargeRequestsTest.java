package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.run.ScenarioRunner;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/** A request that does not fit into a datagram is lost, in both worlds, and nothing breaks. */
class LargeRequestsTest {
  private static final Id REPLICA = Id.of(0);

  private record SilentNode(Host host) implements Node {
    @Override
    public void start() {
      // It waits to be asked.
    }

    @Override
    public void receive(Message message) {
      host.send(
          Message.of(host.id(), message.src(), REPLICA, "ok", message.mid(), new JsonObject()));
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no timer was set");
    }
  }

  private static Message request(Id client, String type, String value) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", "k");
    fields.addProperty("expect", value);
    fields.addProperty("value", value);
    return Message.of(client, REPLICA, REPLICA, type, "m", fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00e9", "\u0001", "\ud83d\ude00"})
  void a_request_is_measured_by_its_encoded_bytes(String character) {
    Trace trace =
        new Trace(
            new TraceHeader(
                "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(1), CourseClients.ids(1)));
    Id client = trace.header().clients().get(0);
    int empty = request(client, Message.CAS, "").bytes().length;
    int each = request(client, Message.CAS, character).bytes().length - empty;
    int most = (Message.MAX_BYTES - empty) / each;
    Lab lab = new Lab(new SimWorld(SilentNode::new), trace, 0, false);
    lab.start(REPLICA);
    lab.clientReceiver(answer -> {});

    lab.requests().send(request(client, Message.CAS, character.repeat(most)));
    lab.runUntil(10_000);
    assertThat(trace.events()).noneMatch(Event.Dropped.class::isInstance);
    lab.requests().send(request(client, Message.CAS, character.repeat(most + 1)));
    lab.runUntil(20_000);

    assertThat(trace.events().stream().filter(Event.Dropped.class::isInstance))
        .extracting(event -> ((Event.Dropped) event).why())
        .containsExactly(Event.DropReason.TOO_LARGE);
    lab.close();
  }
}
