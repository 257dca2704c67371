package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Faults in the words of scenarios. */
class FaultCommandsTest {
  private final TestConsole console = TestConsole.simulated();

  @BeforeEach
  void elect_a_leader() {
    console.obey("start 5", "run until leader");
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Lab lab() {
    return console.console().session().cluster().lab();
  }

  private Id leader() {
    return lab().leader().orElseThrow();
  }

  private List<Id> in(ReplicaState state) {
    return lab().replicas().stream().filter(id -> lab().state(id) == state).toList();
  }

  @Test
  void a_pause_ends_after_its_time_or_by_resume() {
    Id leader = leader();
    console.obey("pause followers for 1s");
    assertThat(in(ReplicaState.PAUSED)).hasSize(4).doesNotContain(leader);
    console.obey("run 1s");
    assertThat(in(ReplicaState.PAUSED)).isEmpty();
    console.obey("pause " + leader, "resume");
    assertThat(in(ReplicaState.READY)).hasSize(5);
  }

  @Test
  void words_of_scenarios_choose_replicas() {
    Id leader = leader();
    console.obey("crash followers");
    assertThat(in(ReplicaState.READY)).containsExactly(leader);
    console.obey("restart crashed", "run 2s", "crash minority");
    assertThat(in(ReplicaState.CRASHED)).hasSize(2).doesNotContain(leader());
    console.obey("restart all", "run 2s", "crash 2 random");
    assertThat(in(ReplicaState.CRASHED)).hasSize(2);
  }

  @Test
  void links_are_cut_in_one_direction() {
    console.obey("cut 0 -> 1", "cut 2 <- 3 4");
    var topology = lab().links().topology();
    assertThat(topology.cutLinks().stream().map(link -> link.from() + ">" + link.to()))
        .containsExactly("0000>0001", "0003>0002", "0004>0002");
    console.obey("heal");
    assertThat(lab().links().topology().isFullyConnected()).isTrue();
  }

  @Test
  void a_trigger_crashes_the_leader_with_its_answer() {
    Id leader = leader();
    console.obey("on ok from leader to client lose crash sender", "put x 1", "run 2s");
    assertThat(lab().state(leader)).isEqualTo(ReplicaState.CRASHED);
    assertThat(lab().trace().events())
        .anyMatch(
            event ->
                event instanceof Event.Dropped dropped
                    && dropped.why() == Event.DropReason.PLANNED);
  }

  @Test
  void a_fault_is_recorded_as_scenarios_write_it() {
    console.obey("crash 2", "isolate 1", "partition 0 1 | 2 3 4", "heal", "clock 3 x2");
    List<String> actions =
        lab().trace().events().stream()
            .filter(Event.Fault.class::isInstance)
            .map(event -> ((Event.Fault) event).action())
            .toList();
    assertThat(actions).hasSize(5).noneMatch(String::isEmpty);
    assertThat(actions.get(0)).contains("\"crash\"", "0002");
  }

  @Test
  void faults_can_be_undone_by_going_back() {
    console.obey("isolate leader", "back");
    assertThat(lab().links().topology().isFullyConnected()).isTrue();
    console.obey("on ok from leader crash leader", "back", "put x 1");
    assertThat(in(ReplicaState.CRASHED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "isolate laeder; did you mean leader?",
        "pause 9; expected a replica's ID from 0000 to 0004",
        "disk 2 ful; did you mean full?",
        "clock 2 fast; a rate from x0.5 to x2",
        "clock 2 x3; a rate from x0.5 to x2",
        "cut 0 1; expected ->",
        "slow 2; expected replicas",
        "slow 2 soon; a time",
        "on ok; expected a fault",
        "on ok from laeder crash leader; did you mean leader?",
        "on ok crahs leader; did you mean crash?",
        "disk 2 corrupt; runs, expected one that is down",
        "resume 2 for; expected a replica's ID"
      })
  void a_mistake_is_one_line(String line, String part) {
    String said = console.obey(line);
    assertThat(said).contains(part);
    assertThat(said.strip().lines()).hasSize(1);
  }

  @Test
  void what_a_world_can_not_do_is_one_line() {
    try (TestConsole other = new TestConsole(new ProcessWorld(ReplicaCommand.reference()))) {
      other.obey("start 3");
      assertThat(other.obey("clock 1 x2")).contains("\"process\" can't", "\"sim\" can");
    }
  }
}
