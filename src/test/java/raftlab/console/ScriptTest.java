package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict.Status;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.ActionType;
import raftlab.scenario.Scenario;
import raftlab.scenario.Step;
import raftlab.scenario.file.ScenarioReader;

/** Scripts, repetitions, and sessions that are saved as scenarios. */
class ScriptTest {
  @TempDir private Path folder;
  private final TestConsole console = TestConsole.simulated();

  @AfterEach
  void close() {
    console.close();
  }

  private ConsoleCommandResult play(String script, boolean stopsOnError) throws IOException {
    return console
        .console()
        .play(new BufferedReader(new StringReader(script)), "script", stopsOnError);
  }

  @Test
  void a_script_stops_at_its_first_error_and_names_line_and_column() throws IOException {
    assertThat(play("start 3\nput x 1\n  crash 1 2 nine\nput y 2\n", true))
        .isEqualTo(ConsoleCommandResult.WRONG);
    assertThat(console.complaints()).startsWith("script:3:13: found \"nine\"").hasLineCount(1);
    assertThat(console.printed()).doesNotContain("put y 2");
  }

  @Test
  void a_file_is_run_and_may_run_others() throws IOException {
    Path inner = folder.resolve("inner.txt");
    Path outer = folder.resolve("outer.txt");
    Files.writeString(inner, "put x 1\n");
    Files.writeString(outer, "start 3\nsource " + inner + "\nget x\n");
    assertThat(console.obey("source " + outer)).contains("\"1\"  from");
    Files.writeString(inner, "source " + inner + "\n");
    assertThat(console.obey("source " + inner)).contains("files that read each other");
    assertThat(console.obey("source nothing.txt")).contains("expected a readable file");
  }

  @Test
  void commands_are_repeated_until_one_fails() {
    console.obey("start 3", "run until leader");
    long steps = cluster().steps();
    console.obey("repeat 3 step");
    assertThat(console.console().session().moment().path()).hasSize(5);
    assertThat(cluster().steps()).isGreaterThanOrEqualTo(steps + 3);
    assertThat(console.obey("repeat 5 crash 1")).contains("0001 killed", "expected a running");
  }

  private LiveCluster cluster() {
    return console.console().session().cluster();
  }

  @Test
  void short_forms_and_unique_beginnings_work() {
    console.obey("start 3", "run until leader");
    assertThat(console.obey("stat")).startsWith("ID ");
    assertThat(console.obey("s")).contains("sends");
    assertThat(console.obey("sta")).contains("start", "status", "more letters");
  }

  @Test
  void programs_get_one_object_for_each_command() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConsoleCommandResult worst =
        console
            .console()
            .playJson(
                new BufferedReader(new StringReader("start 3\n# a comment\nput x 1\nptu y 2\n")),
                "script",
                true,
                new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(worst).isEqualTo(ConsoleCommandResult.WRONG);
    List<JsonObject> objects =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(objects)
        .extracting(each -> each.get("result").getAsString())
        .containsExactly("done", "done", "wrong");
    JsonObject cluster = objects.get(1).getAsJsonObject("cluster");
    assertThat(cluster.get("world").getAsString()).isEqualTo("sim");
    assertThat(cluster.getAsJsonArray("replicas")).hasSize(3);
    assertThat(objects.get(2).get("line").getAsInt()).isEqualTo(4);
  }

  @Test
  void a_session_is_saved_as_a_scenario_that_passes() throws Exception {
    Path file = folder.resolve("mine.json");
    console.obey("start 5", "run until leader", "put x 1", "isolate leader for 1s", "run 3s");
    console.obey("on ok from leader lose crash sender", "put y 2 as client-2", "crash all", "back");
    console.obey("pause random", "restart crashed", "resume", "get x", "step", "append x 2");
    assertThat(console.obey("save " + file + " --expect")).contains("left out", "step");
    Scenario scenario = ScenarioReader.read(file);
    assertThat(scenario.steps().stream())
        .filteredOn(Step.Act.class::isInstance)
        .extracting(step -> ((Step.Act) step).action().type())
        .containsExactly(
            ActionType.PUT,
            ActionType.CUT,
            ActionType.PUT,
            ActionType.PAUSE,
            ActionType.RESTART,
            ActionType.RESUME,
            ActionType.GET,
            ActionType.APPEND);
    assertThat(scenario.steps()).anyMatch(Step.Arm.class::isInstance);
    Judgement judgement =
        Judgement.of(scenario, new ScenarioRunner(scenario, new SimWorld(RaftNode::new), 7).play());
    assertThat(judgement.status()).isEqualTo(Status.PASS);
  }

  @Test
  void a_recording_is_written_at_its_end() {
    Path file = folder.resolve("recorded.json");
    console.obey("start 3", "run until leader", "record " + file, "put x 1");
    assertThat(file).doesNotExist();
    console.obey("end");
    assertThat(file).exists();
    assertThat(console.obey("end")).contains("nothing is being recorded");
    assertThat(console.obey("save mine.txt")).contains("ends in .json");
  }

  @Test
  void a_request_may_be_sent_without_waiting_and_stepped_through() {
    console.obey("start 3", "run until leader", "run 1s");
    assertThat(console.obey("put x 1 &")).startsWith("sent to ");
    assertThat(console.obey("messages")).contains("put", "key=x");
    assertThat(console.obey("run 1s")).contains("answer to put \"x\"");
    assertThat(console.obey("put x 1 via")).contains("expected a replica's ID after via");
    assertThat(console.obey("get x as client-9")).contains("client-1 to client-8");
  }
}
