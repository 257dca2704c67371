package raftlab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.node.StateChange;
import raftlab.scenario.ActionType;
import raftlab.scenario.Delay;
import raftlab.scenario.Delay.Shape;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.Step;
import raftlab.wire.Id;
import raftlab.wire.Message;

class TraceFileTest {
  private static final Id A = Id.of(0);
  private static final Id CLIENT = Id.of(0x13);

  private static final LinkConditions CONDITIONS =
      new LinkConditions(
          0.1, Delay.uniform(1, 2), 0.2, 0.3, new Delay(Shape.LONG_TAIL, 4, 4), 1000, 0.4);

  @TempDir private Path folder;

  /** One event of each kind. */
  private static List<Event> events() {
    return List.of(
        new Event.Started(1, A),
        new Event.Ready(2, A),
        new Event.Began(3),
        new Event.NeverReady(4, A, 20_000),
        new Event.Crashed(5, A),
        new Event.Exited(6, A, 137, List.of("last", "words \"quoted\"")),
        new Event.Printed(7, A, true, "a line"),
        new Event.Noted(7, A, "a note"),
        new Event.Reported(8, A, new StateChange.RoleChanged(StateChange.Role.LEADER, 3, A)),
        new Event.Reported(9, A, new StateChange.TermChanged(3)),
        new Event.Reported(10, A, new StateChange.Voted(3, A)),
        new Event.Reported(11, A, new StateChange.Appended(1, 3, "put k v")),
        new Event.Reported(12, A, new StateChange.Truncated(1)),
        new Event.Reported(13, A, new StateChange.Committed(1)),
        new Event.Reported(14, A, new StateChange.Applied(1, 3)),
        new Event.Sent(15, 1, CLIENT, A, Message.put(CLIENT, A, A, "m", "k", "v\n\u2028")),
        new Event.Delivered(16, 1),
        new Event.Dropped(17, 2, Event.DropReason.PARTITION),
        new Event.Malformed(18, A, "not JSON", "gar\"bage"),
        new Event.PassedOver(18, A, "a line", 100),
        new Event.Overflowed(18, A, 7, 1),
        new Event.Requested(19, CLIENT, "m", "cas", "k", "w", "v", A, 7, 3, true),
        new Event.Delayed(19, 1, 2_000),
        new Event.Duplicated(19, 1),
        new Event.Corrupted(19, 1, "{?"),
        new Event.Paused(19, A),
        new Event.Resumed(19, A),
        new Event.Effect(
            19,
            new FaultEffect.LinksCut(
                List.of(new DirectedLink(A, CLIENT), new DirectedLink(CLIENT, A)))),
        new Event.Effect(19, new FaultEffect.LinksCut(List.of())),
        new Event.Effect(19, new FaultEffect.AllLinkConditions(LinkConditions.loss(0.25))),
        new Event.Effect(
            19, new FaultEffect.LinkConditionsBetween(List.of(A), List.of(), CONDITIONS)),
        new Event.Effect(19, new FaultEffect.ClientLinkConditions(CONDITIONS)),
        new Event.Effect(19, new FaultEffect.ClockRate(A, 1.5)),
        new Event.Effect(
            19, new FaultEffect.DiskChanged(A, FaultEffect.Disk.FULL, "is full", true)),
        step(new StepTask.Wait(5), Event.StepPhase.FAILED, true, null),
        step(new StepTask.Group(2), Event.StepPhase.BEGAN, false, null),
        step(new StepTask.Arm(ActionType.CRASH), Event.StepPhase.DONE, false, null),
        failed(new UnmetCondition.NoLeaderElected(true, List.of(A))),
        failed(new UnmetCondition.LeaderUnknown()),
        failed(new UnmetCondition.NotJoined(List.of(A))),
        failed(new UnmetCondition.NoReplicaDown()),
        failed(new UnmetCondition.LeaderUnchanged(A)),
        failed(new UnmetCondition.LeaderKnown(A)),
        failed(new UnmetCondition.NotFollowed(A, List.of())),
        failed(new UnmetCondition.TooFewAnswered(1, 2)),
        failed(new UnmetCondition.RequestsOpen(1, 2)),
        failed(new UnmetCondition.NotReady(List.of(A))),
        failed(
            new UnmetCondition.CommitIndicesDiffer(List.of(new UnmetCondition.CommitIndex(A, 7)))),
        failed(new UnmetCondition.NotTriggered(1)),
        failed(new UnmetCondition.ChangePending()),
        failed(new UnmetCondition.StillRunning(List.of(A))),
        step(
            new StepTask.Request(ActionType.PUT, "k", 1),
            Event.StepPhase.FAILED,
            false,
            new UnmetCondition.NoOk()),
        step(
            new StepTask.Fault(ActionType.CRASH, 1),
            Event.StepPhase.BLOCKED,
            false,
            new UnmetCondition.WrongAnswer("fail")),
        new Event.GetNotGenerated(20, CLIENT),
        new Event.Answered(21, CLIENT, "m", "ok", "v", A, Id.BROADCAST, false),
        new Event.LeaderKnown(22, A),
        new Event.Fault(23, "kill_leader", "replica 0000 killed"),
        new Event.FaultHeld(24, "part_hard", "why not", true),
        new Event.HarnessLate(25, 60_000),
        new Event.MachineBusy(25, 250_000, 80),
        new Event.ProcessorUse(25, 250_000, 2, 100, 198, 7, 6, List.of(A), List.of(97)),
        new Event.Ended(26, Event.EndReason.COMPLETE));
  }

  private static Event.Step failed(UnmetCondition unmet) {
    StepTask until = new StepTask.Until(Step.Condition.LEADER, 0, 1_000_000);
    return step(until, Event.StepPhase.FAILED, false, unmet);
  }

  private static Event.Step step(
      StepTask task,
      Event.StepPhase phase,
      boolean isLifetimeOver,
      @Nullable UnmetCondition unmet) {
    return new Event.Step(19, "5.2", 3, phase, task, isLifetimeOver, unmet, "a step");
  }

  private static Trace trace() {
    Trace trace =
        new Trace(
            new TraceHeader(
                "name", "{\"a\": 1}", "sim", -5, List.of("x", "y z"), List.of(A), List.of(CLIENT)));
    events().forEach(trace::add);
    return trace;
  }

  @Test
  void every_kind_of_event_is_written_and_read_back() throws IOException {
    Path file = folder.resolve("trace");
    TraceFile.write(trace(), file);
    Trace back = TraceFile.read(file);
    assertThat(back.header()).isEqualTo(trace().header());
    assertThat(back.events()).hasSameSizeAs(events());
    for (int i = 0; i < events().size(); i++) {
      // Messages have no equals: their texts are compared.
      assertThat(back.events().get(i).toString()).isEqualTo(events().get(i).toString());
    }
    assertThat(events().stream().map(Object::getClass).distinct().count())
        .isEqualTo(Event.class.getPermittedSubclasses().length);
    assertCovers(FaultEffect.class, Event.Effect.class, Event.Effect::effect);
    assertCovers(StepTask.class, Event.Step.class, Event.Step::task);
    assertCovers(UnmetCondition.class, Event.Step.class, Event.Step::unmet);
  }

  /** Checks that the events contain each record of a sealed interface. */
  private static <E extends Event> void assertCovers(
      Class<?> sealed, Class<E> type, Function<E, @Nullable Object> part) {
    assertThat(
            events().stream()
                .filter(type::isInstance)
                .map(event -> part.apply(type.cast(event)))
                .filter(Objects::nonNull)
                .<Class<?>>map(Object::getClass)
                .distinct())
        .containsExactlyInAnyOrder(sealed.getPermittedSubclasses());
  }

  @Test
  void a_trace_of_another_format_is_refused_with_both_formats() throws IOException {
    Path file = folder.resolve("trace");
    TraceFile.write(trace(), file);
    String now = Files.readString(file);
    assertThat(now).startsWith("{\"raftlab-trace\":3,");
    for (int format : new int[] {2, 4}) {
      assertRefused(
          file,
          now.replaceFirst(":3,", ":" + format + ","),
          ":1: found a trace of format " + format + ", expected format 3");
    }
  }

  @Test
  void a_compressed_trace_is_smaller_and_is_read_under_any_name() throws IOException {
    Path plain = folder.resolve("trace.jsonl");
    Path small = folder.resolve("trace.jsonl.gz");
    TraceFile.write(trace(), plain);
    TraceFile.write(trace(), small);
    Path renamed = Files.copy(small, folder.resolve("renamed"));
    assertThat(Files.size(small)).isLessThan(Files.size(plain) / 2);
    for (Path file : List.of(small, renamed)) {
      assertThat(TraceFile.isTrace(file)).isTrue();
      assertThat(TraceFile.read(file).events()).hasSameSizeAs(events());
      assertThat(TraceFile.reader(file).lines())
          .containsExactlyElementsOf(Files.readAllLines(plain));
    }
  }

  @Test
  void a_compressed_trace_that_was_cut_off_is_refused_with_its_name() throws IOException {
    Path file = folder.resolve("trace.gz");
    TraceFile.write(trace(), file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("damaged");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 7});
    assertThat(TraceFile.isTrace(file)).isFalse();
  }

  @Test
  void an_effect_that_is_not_whole_is_refused() throws IOException {
    Path file = folder.resolve("trace");
    TraceFile.write(trace(), file);
    String header = Files.readAllLines(file).get(0) + "\n{\"event\":\"Effect\",\"atMicros\":1";
    assertRefused(file, header + "}", ":2: \"effect\" is missing");
    assertRefused(
        file,
        header + ",\"effect\":{\"effect\":\"LinksCut\",\"cut\":[{\"from\":\"0000\"}]}}",
        ":2: \"to\" is missing");
    assertRefused(
        file,
        header + ",\"effect\":{\"effect\":\"ClockRate\",\"replica\":\"0000\",\"rate\":\"x\"}}",
        ":2: \"rate\" is \"x\", expected a value of type double");
  }

  @Test
  void half_a_character_is_kept_as_it_is() throws IOException {
    Trace trace = trace();
    String odd = "\ud83d\ude00 \ud83d \ude00\ud83d\n";
    trace.add(new Event.Answered(30, CLIENT, "m", "ok", odd, A, A, false));
    Path file = folder.resolve("trace");
    TraceFile.write(trace, file);
    assertThat(TraceFile.read(file).events())
        .last()
        .hasToString(trace.events().get(trace.events().size() - 1).toString());
  }

  @Test
  void nothing_but_the_file_itself_is_left_in_its_folder() throws IOException {
    TraceFile.write(trace(), folder.resolve("new/trace"));
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("trace");
    }
  }

  @Test
  void an_invalid_trace_is_refused_with_file_and_line() throws IOException {
    Path file = folder.resolve("trace");
    assertRefused(file, "", ":1: expected the header of a raftlab trace");
    assertRefused(file, "{\"x\": 1}", ":1: expected the header");
    assertRefused(file, "hello", ":1: ");
    TraceFile.write(trace(), file);
    List<String> lines = Files.readAllLines(file);
    assertRefused(
        file,
        lines.get(0) + "\n" + lines.get(1) + "\n{\"event\": \"Sent\"}\n",
        ":3: \"atMicros\" is missing");
    assertRefused(
        file,
        lines.get(0) + "\n{\"event\": \"Exploded\"}\n",
        ":2: \"event\" is \"Exploded\", expected one of");
    assertRefused(file, lines.get(0) + "\n" + lines.get(1).substring(0, 20), ":2: ");
  }

  private static void assertRefused(Path file, String text, String complaint) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + complaint);
  }
}
