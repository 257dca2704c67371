package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

/** A mismatch is a proper answer to a cas, and to nothing else. */
class AnswerValidatorTest {
  private static final Id REPLICA = Id.of(0);

  /** It answers mismatch to every request, with a value if the key is "with". */
  private record MismatchNode(Host host) implements Node {
    @Override
    public void start() {
      // It waits to be asked.
    }

    @Override
    public void receive(Message message) {
      JsonObject fields = new JsonObject();
      if ("with".equals(message.textOrNull("key"))) {
        fields.addProperty("value", "present");
      }
      host.send(
          Message.of(
              host.id(), message.src(), Id.BROADCAST, Message.MISMATCH, message.mid(), fields));
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no timer was set");
    }
  }

  private final Trace trace =
      new Trace(
          new TraceHeader(
              "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(3)));
  private final Id client = trace.header().clients().get(0);
  private final List<Message> answers = new ArrayList<>();
  private Lab lab;

  @BeforeEach
  void open() {
    lab = new Lab(new SimWorld(MismatchNode::new), trace, 0, false);
    lab.start(REPLICA);
    lab.clientReceiver(answers::add);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private String complaint(String type, String key) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    lab.requests().send(Message.of(client, REPLICA, REPLICA, type, "m", fields));
    lab.runUntil(10_000);
    return trace.events().stream()
        .filter(Event.Malformed.class::isInstance)
        .map(event -> ((Event.Malformed) event).complaint())
        .findFirst()
        .orElse(null);
  }

  @Test
  void it_answers_a_cas_with_the_present_value() {
    assertThat(complaint(Message.CAS, "with")).isNull();
    assertThat(answers)
        .singleElement()
        .matches(answer -> answer.textOrNull("value").equals("present"));
  }

  @Test
  void without_the_present_value_it_is_malformed() {
    assertThat(complaint(Message.CAS, "without"))
        .isEqualTo("a mismatch without a \"value\" that is a string");
  }

  @Test
  void as_the_answer_to_a_get_it_is_malformed() {
    assertThat(complaint(Message.GET, "with"))
        .isEqualTo("mismatch sent as the answer to get, expected only to cas");
    assertThat(answers).isEmpty();
  }

  @Test
  void only_the_latest_requests_are_kept_and_answers_to_others_ignored() {
    AnswerValidator kept = new AnswerValidator(trace, () -> 0, lab.operator());
    for (int i = 0; i < 10; i++) {
      kept.expectAnswer(Message.get(client, REPLICA, REPLICA, "m" + i, "k"), i + 1, false);
    }
    assertThat(kept.remembered()).isEqualTo(10);
    kept.keepLast(3);
    assertThat(kept.remembered()).isEqualTo(3);
    for (int i = 0; i < 10; i++) {
      JsonObject fields = new JsonObject();
      fields.addProperty("value", "v");
      Message answer = Message.of(REPLICA, client, REPLICA, Message.OK, "m" + i, fields);
      assertThat(kept.complaint(answer)).isNull();
      kept.receive(REPLICA, answer);
    }
    assertThat(trace.events())
        .filteredOn(Event.Answered.class::isInstance)
        .extracting(event -> ((Event.Answered) event).mid())
        .containsExactly("m7", "m8", "m9");
  }
}
