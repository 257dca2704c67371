package raftlab.scenario;

import static raftlab.scenario.Key.optional;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.ValueType.Chosen;
import raftlab.scenario.ValueType.Flag;
import raftlab.scenario.ValueType.Form;
import raftlab.scenario.ValueType.ListOf;
import raftlab.scenario.ValueType.Nested;
import raftlab.scenario.ValueType.Number;
import raftlab.scenario.ValueType.PartyWord;
import raftlab.scenario.ValueType.Text;
import raftlab.scenario.ValueType.Variant;
import raftlab.scenario.ValueType.Variants;
import raftlab.scenario.ValueType.Word;

/** The keys that say when something is done: of events, and of steps. */
final class ScheduleKeys {
  private static final Number TIME_TYPE = Number.of(0, 3600);
  private static final Number SECONDS = Number.of(0.001, 3600);

  static final Key TIME =
      optional("time", TIME_TYPE, "When, in seconds after start_wait; at most the lifetime");
  static final Key EVERY =
      optional("every", SECONDS, "Again and again, so many seconds apart; first at \"time\"");
  static final Key JITTER =
      optional(
          "jitter",
          SECONDS,
          "Each time is shifted at random by up to so many seconds, back or forth");
  static final Key LAST =
      optional("last", TIME_TYPE, "No later than this; the lifetime if not given");

  static final Key MESSAGE =
      optional(
          "message",
          new Form("a message's type, such as \"ok\"", "\\S.{0,59}"),
          "Its type; any if not given");
  static final Key FROM = optional("from", new PartyWord(), "Who sends it; anybody if not given");
  static final Key TO = optional("to", new PartyWord(), "Whom it is for; anybody if not given");
  static final Key NTH =
      optional("nth", Number.whole(1, 900_000), 1, "It is the so manieth of those that fit");
  static final Key AFTER =
      optional(
          "after",
          TIME_TYPE,
          0,
          "Those before this time don't count, in seconds after start_wait, or since the step");
  static final Key LOSE = optional("lose", new Flag(), false, "Whether the message itself is lost");

  /** The message that something waits for. */
  static final Section PATTERN =
      new Section("\"on\"", "inside \"on\"", List.of(MESSAGE, FROM, TO, NTH, AFTER, LOSE));

  static final Key ON =
      optional("on", new Nested(PATTERN), "As soon as this message is sent, before it arrives");

  /** The keys that say when an event is. */
  static final List<Key> WHEN = List.of(TIME, EVERY, JITTER, LAST, ON);

  private static final List<Variant> EVENTS =
      ActionKeys.variants(type -> true, WHEN, List.of(TIME, EVERY, ON));

  /** One of the things that are done at their time. */
  static final Variants EVENT = new Variants("an event", () -> EVENTS);

  static final Key UNTIL =
      optional(
          "until",
          new Word(
              "a condition",
              Step.Condition.keys(),
              Arrays.stream(Step.Condition.values()).map(Step.Condition::description).toList()),
          "Waits until this holds, and fails if it doesn't come");
  static final Key WITHIN =
      optional("within", SECONDS, 5, "How many seconds it waits for that at most");
  static final Key COUNT = optional("count", Number.whole(1, 900_000), 1, "How many");
  static final Key WHO = optional("who", new Chosen(), "Whom it is about");
  static final Key WAIT = optional("wait", SECONDS, "Lets so many seconds pass");
  static final Key STEPS =
      optional(
          "steps",
          new ListOf("a step", new Variants("a step", ScheduleKeys::stepVariants), 1),
          "What is done one after the other, from start_wait on. The run ends when all is done,"
              + " or has failed");
  static final Key SETUP =
      optional(
          "setup",
          new Flag(),
          false,
          "The step only prepares what the scenario is about: if it fails, the scenario is blocked,"
              + " which earns no points and is no failure of its own");
  static final Key REPEAT =
      optional("repeat", Number.whole(1, 10_000), 1, "How often these steps are played");
  static final Key TITLE = optional("title", new Text(200), "What these steps are for");

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
        ActionKeys.variants(type -> !type.isPlannedForGood(), List.of(ON, SETUP), List.of()));
    return List.copyOf(all);
  }

  private static Variant step(Key first, List<Key> keys) {
    String name = "\"" + first.name() + "\"";
    return new Variant(
        first.name(), Optional.empty(), new Section("a step with " + name, "beside " + name, keys));
  }

  /** The kinds of steps. */
  static List<Variant> stepVariants() {
    return STEP_VARIANTS;
  }
}
