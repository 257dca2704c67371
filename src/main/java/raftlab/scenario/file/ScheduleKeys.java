package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.Step;
import raftlab.scenario.file.ValueType.Flag;
import raftlab.scenario.file.ValueType.ListOf;
import raftlab.scenario.file.ValueType.MessagePartyWord;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Number;
import raftlab.scenario.file.ValueType.PatternText;
import raftlab.scenario.file.ValueType.SelectorWords;
import raftlab.scenario.file.ValueType.Text;
import raftlab.scenario.file.ValueType.Variant;
import raftlab.scenario.file.ValueType.Variants;
import raftlab.scenario.file.ValueType.Word;

/** The keys that set the time of events and the order of steps. */
public final class ScheduleKeys {
  private static final Number TIME_TYPE = Number.of(0, 3600);
  private static final Number SECONDS = Number.of(0.001, 3600);

  static final KeySpec TIME =
      optional("time", TIME_TYPE, "The time in seconds after start_wait; at most the lifetime");
  static final KeySpec EVERY =
      optional(
          "every", SECONDS, "Repeats the action at this interval in seconds; first at \"time\"");
  static final KeySpec JITTER =
      optional(
          "jitter",
          SECONDS,
          "Shifts each time at random by up to this many seconds, in either direction");
  static final KeySpec LAST =
      optional("last", TIME_TYPE, "The latest time; the lifetime if not given");

  static final KeySpec MESSAGE =
      optional(
          "message",
          new PatternText("a message's type, such as \"ok\"", "\\S.{0,59}"),
          "The type of the message; any if not given");
  static final KeySpec FROM =
      optional("from", new MessagePartyWord(), "The sender; any replica or client if not given");
  static final KeySpec TO =
      optional("to", new MessagePartyWord(), "The receiver; any replica or client if not given");
  static final KeySpec NTH =
      optional(
          "nth",
          Number.whole(1, 900_000),
          1,
          "Which matching message triggers the action, counting from 1");
  static final KeySpec AFTER =
      optional(
          "after",
          TIME_TYPE,
          0,
          "Messages before this time don't count, in seconds after start_wait, or after the start"
              + " of the step");
  static final KeySpec LOSE =
      optional("lose", new Flag(), false, "Whether the message itself is lost");

  /** The message that triggers an action. */
  public static final SectionSpec PATTERN =
      new SectionSpec("\"on\"", "inside \"on\"", List.of(MESSAGE, FROM, TO, NTH, AFTER, LOSE));

  static final KeySpec ON =
      optional(
          "on",
          new Nested(PATTERN),
          "Runs the action when this message is sent, before it arrives");

  /** The keys that set the time of an event. */
  public static final List<KeySpec> WHEN = List.of(TIME, EVERY, JITTER, LAST, ON);

  private static final List<Variant> EVENTS =
      ActionKeys.variants(type -> true, WHEN, List.of(TIME, EVERY, ON));

  /** An action with its time. */
  static final Variants EVENT = new Variants("an event", () -> EVENTS);

  static final KeySpec UNTIL =
      optional(
          "until",
          new Word(
              "a condition",
              Step.Condition.keys(),
              Arrays.stream(Step.Condition.values()).map(Step.Condition::description).toList()),
          "Waits until this condition holds; fails after the time limit");
  static final KeySpec WITHIN = optional("within", SECONDS, 5, "The time limit in seconds");
  static final KeySpec COUNT =
      optional("count", Number.whole(1, 900_000), 1, "The number of requests");
  static final KeySpec WHO = optional("who", new SelectorWords(), "The replicas of the condition");
  static final KeySpec WAIT = optional("wait", SECONDS, "Waits for this many seconds");
  static final KeySpec STEPS =
      optional(
          "steps",
          new ListOf("a step", new Variants("a step", ScheduleKeys::stepVariants), 1),
          "Actions and waits, played in sequence from start_wait on. The run ends when all are done or"
              + " one has failed");
  static final KeySpec SETUP =
      optional(
          "setup",
          new Flag(),
          false,
          "Whether the step is only preparation: if it fails, the scenario is blocked, not failed, and"
              + " earns no points");
  static final KeySpec REPEAT =
      optional("repeat", Number.whole(1, 10_000), 1, "How many times these steps are played");
  static final KeySpec TITLE = optional("title", new Text(200), "What these steps do");

  private static final List<Variant> STEP_VARIANTS = allSteps();

  private ScheduleKeys() {}

  private static List<Variant> allSteps() {
    List<Variant> all = new java.util.ArrayList<>();
    all.add(
        step(
            UNTIL,
            List.of(UNTIL, WITHIN, COUNT, WHO, SETUP, LimitKeys.AT_MOST, LimitKeys.AT_LEAST)));
    all.add(step(WAIT, List.of(WAIT, LimitKeys.AT_MOST, LimitKeys.AT_LEAST)));
    all.add(step(STEPS, List.of(STEPS, REPEAT, TITLE, LimitKeys.AT_MOST, LimitKeys.AT_LEAST)));
    all.addAll(
        ActionKeys.variants(type -> !type.isPlannedBeforeRun(), List.of(ON, SETUP), List.of()));
    return List.copyOf(all);
  }

  private static Variant step(KeySpec first, List<KeySpec> keys) {
    String name = "\"" + first.name() + "\"";
    return new Variant(
        first.name(),
        Optional.empty(),
        new SectionSpec("a step with " + name, "beside " + name, keys));
  }

  /** The kinds of steps. */
  public static List<Variant> stepVariants() {
    return STEP_VARIANTS;
  }
}
