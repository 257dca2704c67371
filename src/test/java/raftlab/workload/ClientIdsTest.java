package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;
import raftlab.wire.Message;

class ClientIdsTest {
  @Test
  void with_the_courses_traffic_alone_the_ids_are_the_courses() {
    assertThat(ClientIds.of(5, true, List.of(), 0, false).all()).isEqualTo(CourseClients.ids(5));
  }

  @Test
  void all_others_follow_the_courses_eight_without_a_gap() {
    ClientIds clientele =
        ClientIds.of(
            5,
            true,
            List.of(
                TrafficPlanBuilder.open().plan(), TrafficPlanBuilder.open().clients(100).plan()),
            2,
            false);
    assertThat(clientele.courseClients()).isEqualTo(CourseClients.ids(5));
    assertThat(clientele.loadGenerators().get(0)).hasSize(4).startsWith(Id.parse("001D"));
    assertThat(clientele.loadGenerators().get(1)).hasSize(100).startsWith(Id.parse("0021"));
    assertThat(clientele.singleClients()).containsExactly(Id.parse("0085"), Id.parse("0086"));
    assertThat(clientele.all()).hasSize(114).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void without_the_courses_traffic_the_others_have_its_place() {
    ClientIds clientele =
        ClientIds.of(5, false, List.of(TrafficPlanBuilder.open().plan()), 0, false);
    assertThat(clientele.courseClients()).isEmpty();
    assertThat(clientele.all()).hasSize(4).startsWith(Id.parse("0015"));
  }

  @Test
  void there_is_always_a_client() {
    assertThat(ClientIds.of(5, false, List.of(), 0, false).all()).containsExactly(Id.parse("0015"));
  }

  @Test
  void an_answer_goes_to_its_client() {
    List<String> received = new ArrayList<>();
    ReplyDispatcher reception = new ReplyDispatcher();
    reception.add(List.of(Id.of(20)), answer -> received.add("one"));
    reception.add(List.of(Id.of(21), Id.of(22)), answer -> received.add("two"));
    for (int client : new int[] {21, 20, 22, 23}) {
      Message request = Message.get(Id.of(client), Id.of(0), Id.BROADCAST, "M", "k");
      reception.receive(ManualRequestSender.ok(request));
    }
    assertThat(received).containsExactly("two", "one", "two");
  }
}
