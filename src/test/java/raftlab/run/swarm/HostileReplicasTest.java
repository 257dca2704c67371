package raftlab.run.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.sim.SimWorld;
import raftlab.judge.Judgement;
import raftlab.report.EventFilter;
import raftlab.report.EventText;
import raftlab.report.OutcomeJson;
import raftlab.report.RunText;
import raftlab.report.StoredRunText;
import raftlab.report.TerminalStyle;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/** Any message of a replica is judged, reported and stored. */
class HostileReplicasTest {
  /** So many seeds are played; more by hand. */
  private static final int SEEDS = Integer.getInteger("hostile.seeds", 60);

  @TempDir private Path folder;

  private static Scenario small(long seed) {
    String restart = seed % 2 == 0 ? ", {\"type\": \"restart\", \"time\": 3}" : "";
    String json =
        String.format(
            Locale.ROOT,
            """
        {"lifetime": 5, "start_wait": 1, "end_wait": 0.2, "replicas": %d, "requests": 60, "mix": 0.5, "max_packets": 5000,
         "events": [{"type": "kill_leader", "time": 2}%s]}
        """,
            3 + seed % 3,
            restart);
    try {
      return ScenarioReader.read("hostile", json);
    } catch (ScenarioException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private Trace play(Scenario scenario, long seed) {
    return new ScenarioRunner(scenario, new SimWorld(HostileReplicas.of(seed)), seed).play();
  }

  /** All output about a run. */
  private static List<String> output(Trace trace, RunOutcome outcome) {
    TerminalStyle plain = new TerminalStyle(false);
    List<String> lines = new ArrayList<>(RunText.of(outcome, trace, plain));
    StoredRunText.ViewOptions all = new StoredRunText.ViewOptions(true, true, EventFilter.ALL);
    StoredRunText.print(trace, outcome.judgement(), outcome.cause(), all, plain, lines::add);
    trace.events().stream().map(EventText::of).filter(text -> text != null).forEach(lines::add);
    lines.add(OutcomeJson.of(outcome).toString());
    return lines;
  }

  @Test
  void every_run_with_hostile_replicas_is_judged_and_reported_in_printable_text() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Scenario scenario = small(seed);
      Trace trace = play(scenario, seed);
      assertThat(trace.events()).last().isInstanceOf(Event.Ended.class);
      for (String line : output(trace, RunOutcome.of(scenario, trace, 1))) {
        assertThat(line.codePoints())
            .as("seed %d: %s", seed, line)
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
      }
    }
  }

  @Test
  void a_stored_run_with_hostile_replicas_is_judged_as_it_was() throws IOException {
    for (long seed = 1; seed <= SEEDS / 2; seed++) {
      Scenario scenario = small(seed);
      Trace trace = play(scenario, seed);
      Path file = folder.resolve("trace");
      TraceFile.write(trace, file);
      Judgement stored = Judgement.of(scenario, TraceFile.read(file));
      Judgement judgement = Judgement.of(scenario, trace);
      assertThat(stored.reason()).as("seed %d", seed).isEqualTo(judgement.reason());
      assertThat(stored.remarks()).as("seed %d", seed).isEqualTo(judgement.remarks());
    }
  }

  @Test
  void random_scenarios_with_hostile_replicas_are_judged() throws InterruptedException {
    List<Long> judged = new ArrayList<>();
    for (long seed = 1; seed <= Math.max(1, SEEDS / 10); seed++) {
      new Swarm(new SimWorld(HostileReplicas.of(seed)), 1)
          .play(seed, 1, outcome -> judged.add(outcome.played().seed()));
    }
    assertThat(judged).hasSize(Math.max(1, SEEDS / 10));
  }

  @Test
  void any_datagram_is_a_message_or_none() {
    byte[] whole =
        Message.put(Id.of(0x13), Id.of(0), Id.of(1), "m1", "key \"\\\u00e4", "value").bytes();
    SplittableRandom random = new SplittableRandom(7);
    int messages = 0;
    for (int round = 0; round < 200 * SEEDS; round++) {
      byte[] datagram = HostileReplicas.spoilt(whole, random);
      try {
        Message message = Message.parseHeader(datagram);
        assertThat(message.fields()).isNotNull();
        assertThat(message.textOrNull("value")).isNotEqualTo("never");
        messages++;
      } catch (MalformedMessageException none) {
        assertThat(none.getMessage()).isNotBlank().hasSizeLessThan(200);
      }
    }
    assertThat(messages).isPositive();
  }
}
