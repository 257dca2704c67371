package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.bugs.Catalogue;
import raftlab.bugs.PlantedNodes;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.run.Outcome;
import raftlab.run.Run;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.ScenarioReader;

/** Why a run failed is told right above the verdict. */
class WhyTextTest {
  private static Outcome play(World world) throws ScenarioException {
    Scenario scenario = ScenarioReader.read(java.nio.file.Path.of("configs/probe/both-sides.json"));
    return Outcome.of(scenario, new Run(scenario, world, 1).play(), 0);
  }

  private static Outcome failed() throws ScenarioException {
    return play(
        new SimWorld(PlantedNodes.of(Catalogue.find("commits-with-half"), RaftSettings.DEFAULT)));
  }

  @Test
  void promise_events_cause_section_and_command_come_in_this_order() throws Exception {
    List<String> lines = RunText.of(failed(), new Style(false));
    String why = String.join("\n", lines.subList(lines.indexOf("Why"), lines.size()));
    assertThat(why)
        .containsSubsequence(
            "promise",
            "what happened",
            "likely cause   commits-with-half",
            "more than half of the members",
            "read again",
            "FAIL",
            "To play it again:");
  }

  @Test
  void a_run_that_passes_has_none() throws Exception {
    List<String> lines = RunText.of(play(new SimWorld(RaftNode::new)), new Style(false));
    assertThat(lines).doesNotContain("Why").isNotEmpty();
  }

  @Test
  void programs_get_the_causes_name_text_section_and_certainty() throws Exception {
    var cause = OutcomeJson.of(failed()).getAsJsonObject("cause");
    assertThat(cause.get("name").getAsString()).isEqualTo("commits-with-half");
    assertThat(cause.get("certainty").getAsString()).isEqualTo("certain");
    assertThat(cause.get("section").getAsString()).isEqualTo("§5.3");
    assertThat(cause.get("text").getAsString()).startsWith("Leader ");
  }
}
