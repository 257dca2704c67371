package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.Trace;

/**
 * The process world with real processes. Every run ends by what happens in it, or by its scenario's
 * few seconds.
 */
class ProcessWorldTest {
  private static final Scenario SMALL = SmallScenario.with("");
  private static final ProcessWorld REFERENCE = new ProcessWorld(ReplicaCommand.reference());

  @TempDir private Path folder;

  /** A replica in shell: {@code $1} is the port, {@code $2} its ID. */
  private ProcessWorld shell(String... lines) throws IOException {
    return script("#!/bin/sh\n" + String.join("\n", lines) + "\n");
  }

  /**
   * A replica in Python that has sent hello; {@code send(text)} is there, and the socket {@code s}.
   */
  private ProcessWorld python(String... lines) throws IOException {
    return script(
        """
        #!/usr/bin/env python3
        import socket, sys, time, os
        me = sys.argv[2]
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(('localhost', 0))
        def send(data):
            s.sendto(data if isinstance(data, bytes) else data.encode(), ('localhost', int(sys.argv[1])))
        send('{"src":"%s","dst":"FFFF","leader":"FFFF","type":"hello"}' % me)
        """
            + String.join("\n", lines)
            + "\n");
  }

  private ProcessWorld script(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("replica"), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new ProcessWorld(ReplicaCommand.parse(file.toString()));
  }

  private static ProcessWorld handin(String name) {
    return new ProcessWorld(ReplicaCommand.parse("handin/" + name + "/4700kvstore"));
  }

  private static Judgement judge(Scenario scenario, Trace trace) {
    return Judgement.of(scenario, trace);
  }

  private static <T extends Event> T first(Trace trace, Class<T> type) {
    return trace.events().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The running processes of replicas that this program started: they carry its mark, wherever they
   * went.
   */
  private static List<ProcessHandle> marked() {
    String mark = "RAFTLAB_RUN=" + ProcessHandle.current().pid() + "-";
    Predicate<ProcessHandle> isMarked =
        process -> {
          try {
            Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                .contains(mark);
          } catch (IOException gone) {
            return false;
          }
        };
    return ProcessHandle.allProcesses().filter(isMarked).toList();
  }

  @AfterEach
  void nothing_stays_behind() {
    assertThat(marked()).isEmpty();
  }

  @Test
  void the_reference_replica_survives_losing_its_leader() {
    Scenario scenario =
        SmallScenario.with(
            "\"drops\": 0.1, \"events\": [{\"type\": \"kill_leader\", \"time\": 2}], ");
    Judgement judgement = judge(scenario, new ScenarioRunner(scenario, REFERENCE, 1).play());
    assertThat(judgement.status()).as(judgement.reason()).isEqualTo(Status.PASS);
    assertThat(judgement.statistics().failoversMillis()).hasSize(1);
  }

  @Test
  void a_real_replica_that_was_killed_comes_back() {
    Scenario scenario =
        SmallScenario.with(
            "\"events\": [{\"type\": \"kill_leader\", \"time\": 1}, {\"type\": \"restart\", \"time\": 2}], ");
    Trace trace = new ScenarioRunner(scenario, REFERENCE, 1).play();
    assertThat(trace.events().stream().filter(Event.Ready.class::isInstance)).hasSize(4);
    assertThat(judge(scenario, trace).verdicts())
        .filteredOn(v -> v.check().key().equals("died") || v.check().key().equals("faults_played"))
        .allMatch(verdict -> verdict.status() == Status.PASS);
  }

  @Test
  void a_replica_that_does_not_come_back_fails_the_run() throws IOException {
    Scenario scenario =
        SmallScenario.with("\"events\": [{\"type\": \"restart_all\", \"time\": 4.5}], ");
    ProcessWorld once =
        shell(
            "mkdir \"$0-$2\" 2>/dev/null || exec sleep 60",
            "exec handin/python-correct/4700kvstore \"$@\"");
    Trace trace = new ScenarioRunner(scenario, once, 1).play();
    Judgement judgement = judge(scenario, trace);
    assertThat(judgement.verdicts())
        .filteredOn(verdict -> verdict.check().key().equals("faults_played"))
        .singleElement()
        .matches(verdict -> verdict.status() == Status.FAIL)
        .extracting(Verdict::text)
        .asString()
        .startsWith(
            "restart_all was not executed: replica 0000 did not send hello in the remaining ");
  }

  @Test
  void the_correct_python_replica_passes_a_hard_partition() {
    Scenario scenario =
        SmallScenario.with(
            "\"events\": [{\"type\": \"part_hard\", \"time\": 1}, {\"type\": \"part_end\", \"time\": 3}], ");
    Judgement judgement =
        judge(scenario, new ScenarioRunner(scenario, handin("python-correct"), 1).play());
    assertThat(judgement.status()).as(judgement.reason()).isEqualTo(Status.PASS);
  }

  @Test
  void a_python_replica_that_forgets_overwrites_is_caught() {
    Judgement judgement =
        judge(SMALL, new ScenarioRunner(SMALL, handin("python-forgets-overwrites"), 1).play());
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith("incorrect: replica ").contains("answered a get of");
  }

  @Test
  void a_python_replica_that_answers_malformed_is_caught() {
    Judgement judgement =
        judge(SMALL, new ScenarioRunner(SMALL, handin("python-malformed"), 1).play());
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith("incorrect: ").contains("malformed message");
  }

  @Test
  void a_python_replica_that_loses_its_writes_at_a_fail_over_is_caught() {
    Scenario scenario =
        SmallScenario.with("\"events\": [{\"type\": \"kill_leader\", \"time\": 2}], ");
    Judgement judgement =
        judge(scenario, new ScenarioRunner(scenario, handin("python-loses-writes"), 1).play());
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).startsWith("incorrect: ").contains("answered a get of");
  }

  @Test
  void a_replica_that_exits_is_noticed_at_once_with_exit_code_and_last_output() throws IOException {
    Trace trace =
        new ScenarioRunner(
                SMALL,
                shell("echo starting", "echo first >&2", "echo 'no such luck' >&2", "exit 7"),
                1)
            .play();
    Event.Exited exit = first(trace, Event.Exited.class);
    assertThat(exit.exitCode()).isEqualTo(7);
    assertThat(exit.lastWords()).containsExactly("first", "no such luck");
    assertThat(first(trace, Event.Printed.class).line()).isIn("starting", "first", "no such luck");
    assertThat(first(trace, Event.Ended.class).why()).isEqualTo(EndReason.NOT_STARTED);
    assertThat(judge(SMALL, trace).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void a_replica_that_exits_during_the_run_ends_it_early() throws IOException {
    Trace trace =
        new ScenarioRunner(SMALL, python("s.recv(65535)", "raise ValueError('what a request')"), 1)
            .play();
    assertThat(first(trace, Event.Ended.class).why()).isEqualTo(EndReason.REPLICA_DIED);
    Judgement judgement = judge(SMALL, trace);
    assertThat(judgement.status()).isEqualTo(Status.FAIL);
    assertThat(judgement.reason()).contains("exit code 1", "ValueError: what a request");
  }

  @Test
  void a_script_without_shebang_can_be_a_replica() throws IOException {
    Trace trace = new ScenarioRunner(SMALL, script("exit 9\n"), 1).play();
    assertThat(first(trace, Event.Exited.class).exitCode()).isEqualTo(9);
  }

  @Test
  void replicas_that_never_say_hello_are_given_up_by_name() throws IOException {
    Trace trace =
        new ScenarioRunner(SMALL, shell("trap '' TERM", "sleep 60 & wait"), 1, 300, Set.of())
            .play();
    assertThat(trace.events().stream().filter(Event.NeverReady.class::isInstance)).hasSize(3);
    assertThat(judge(SMALL, trace).reason()).startsWith("died: replica 0000 did not send hello");
  }

  @Test
  void children_that_leave_their_group_are_killed_too() throws IOException {
    Trace trace =
        new ScenarioRunner(
                SMALL,
                shell("setsid sh -c \"trap '' TERM HUP INT; sleep 60\" &", "wait"),
                1,
                300,
                Set.of())
            .play();
    assertThat(first(trace, Event.Ended.class).why()).isEqualTo(EndReason.NOT_STARTED);
  }

  @Test
  void malformed_datagrams_are_counted_and_quoted_and_disturb_no_replica() throws IOException {
    Trace trace =
        new ScenarioRunner(
                SMALL,
                python(
                    "send(bytes(range(256)))",
                    "send('[' * 60000)",
                    "send('{\"src\":\"0001\"}')",
                    "send('{\"src\":\"%s\",\"dst\":\"BEEF\",\"leader\":\"FFFF\",\"type\":\"x\"}' % me)",
                    "send('{\"src\":\"%s\",\"dst\":\"0013\",\"leader\":\"FFFF\",\"type\":\"ok\",\"MID\":\"?\"}' % me)",
                    "send('{\"src\":\"%s\",\"dst\":\"0013\",\"leader\":\"0013\",\"type\":\"hmm\"}' % me)",
                    "s.recv(65535)"),
                1)
            .play();
    List<String> complaints =
        trace.events().stream()
            .filter(Event.Malformed.class::isInstance)
            .map(event -> ((Event.Malformed) event).complaint())
            .distinct()
            .toList();
    assertThat(complaints).hasSize(6);
    assertThat(judge(SMALL, trace).statistics().malformed()).hasSize(18);
  }

  @Test
  void a_flood_ends_the_run_as_a_packet_storm() throws IOException {
    Scenario scenario = SmallScenario.with("\"max_packets\": 2000, ");
    Trace trace =
        new ScenarioRunner(
                scenario,
                python(
                    "while True: send('{\"src\":\"%s\",\"dst\":\"FFFF\",\"leader\":\"FFFF\",\"type\":\"x\"}' % me)"),
                1)
            .play();
    assertThat(first(trace, Event.Ended.class).why()).isEqualTo(EndReason.PACKET_STORM);
    assertThat(judge(scenario, trace).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void a_replica_that_prints_without_end_does_not_disturb_the_run() throws IOException {
    Trace trace =
        new ScenarioRunner(
                SMALL, python("for i in range(200000): print('x' * 50)", "os._exit(3)"), 1)
            .play();
    assertThat(first(trace, Event.Exited.class).exitCode()).isEqualTo(3);
    assertThat(trace.events().stream().filter(Event.Printed.class::isInstance).count())
        .isLessThanOrEqualTo(3 * 5000);
  }

  @Test
  void killing_the_kit_with_kill_9_leaves_no_replica() throws Exception {
    Process kit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "raftlab.Main",
                "run",
                "simple-1")
            .redirectErrorStream(true)
            .start();
    try (Stream<String> lines = kit.inputReader().lines()) {
      assertThat(lines.anyMatch(line -> line.contains("the leader is"))).isTrue();
      List<ProcessHandle> started =
          kit.toHandle().descendants().sorted(Comparator.comparing(ProcessHandle::pid)).toList();
      assertThat(started).hasSizeGreaterThanOrEqualTo(6);
      kit.destroyForcibly().waitFor();
      for (ProcessHandle process : started) {
        process.onExit().get(20, TimeUnit.SECONDS);
      }
    } finally {
      kit.destroyForcibly();
    }
  }
}
