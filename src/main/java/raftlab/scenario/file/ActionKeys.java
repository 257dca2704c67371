package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;
import static raftlab.scenario.file.KeySpec.required;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import raftlab.scenario.Action;
import raftlab.scenario.ActionType;
import raftlab.scenario.file.ValueType.AnyText;
import raftlab.scenario.file.ValueType.Flag;
import raftlab.scenario.file.ValueType.ListOf;
import raftlab.scenario.file.ValueType.Number;
import raftlab.scenario.file.ValueType.PatternText;
import raftlab.scenario.file.ValueType.SelectorWords;
import raftlab.scenario.file.ValueType.Variant;
import raftlab.scenario.file.ValueType.Word;

/** The keys of each type of action, except those that set its time. */
public final class ActionKeys {
  private static final Number SECONDS = Number.of(0.001, 3600);

  static final KeySpec TYPE =
      required(
          "type",
          new Word(
              "a type of event",
              Arrays.stream(ActionType.values()).map(ActionType::key).toList(),
              Arrays.stream(ActionType.values()).map(ActionType::description).toList()),
          "The type of the action");
  static final KeySpec WHO = optional("who", new SelectorWords(), "The target replicas");
  static final KeySpec WHO_REQUIRED = required("who", new SelectorWords(), "The target replicas");
  static final KeySpec AS =
      optional(
          "as",
          new PatternText(
              "a name of 1 to 20 letters and digits that starts with a letter",
              "[A-Za-z]\\w{0,19}"),
          "A name for the chosen replicas; later actions refer to them as \"@name\"");
  static final KeySpec AS_REQUIRED =
      required("as", AS.type(), "The name; later actions refer to the replicas as \"@name\"");
  static final KeySpec CHANCE =
      optional("chance", Number.of(0, 1), 1, "The probability that each target is taken");
  static final KeySpec FOR =
      optional("for", SECONDS, "Seconds after which the action is undone; never if not given");
  static final KeySpec MIDWAY =
      optional(
          "midway",
          new Flag(),
          false,
          "Whether the replica dies in the middle of its next step: before it has synced its disk or"
              + " sent all its messages");
  static final KeySpec FROM =
      optional("from", new SelectorWords(), "Cut off from these; all others if not given");
  static final KeySpec WAY =
      optional(
          "way",
          new Word("a direction", List.of("both", "out", "in")),
          "both",
          "The direction: \"out\" loses messages from these replicas, \"in\" messages to them");
  static final KeySpec GROUPS =
      required(
          "groups",
          new ListOf("a group", new SelectorWords(), 1),
          "The groups; a replica in no group is isolated");
  static final KeySpec TO =
      optional(
          "to",
          new SelectorWords(),
          "The receivers; all others if not given. Replicas may be named before they are added");
  static final KeySpec LINKS_FROM =
      optional("from", new SelectorWords(), "The senders; all replicas if not given");
  static final KeySpec SENDER = required("from", new SelectorWords(), "The sender of the message");
  static final KeySpec TO_REQUIRED =
      required("to", new SelectorWords(), "The receiver of the message");
  static final KeySpec OF_CLIENTS =
      optional(
          "clients",
          new Flag(),
          false,
          "Whether the conditions are for links between clients and replicas instead");
  static final KeySpec NTH =
      required(
          "nth",
          Number.whole(1, 900_000),
          "The number of the message on the link, counted from 1 over the whole run");
  static final KeySpec DELAY_REQUIRED =
      required("delay", NetworkKeys.DELAY.type(), "The extra delay in seconds");
  static final KeySpec RATE =
      required("rate", Number.of(0.5, 2), "The rate of the clock; 1 is real time");
  static final KeySpec STATE =
      required(
          "state",
          new Word("a state of a disk", List.of("ok", "torn", "corrupt", "full")),
          "The state: \"ok\"; \"torn\": the next crash leaves a record partly written;"
              + " \"corrupt\": a stored byte is changed; \"full\": every write fails");
  static final KeySpec KEY = required("key", new AnyText(1000), "The key");
  static final KeySpec VALUE =
      optional("value", new AnyText(40_000), "The value; a unique one if not given");
  static final KeySpec EXPECT =
      required("expect", new AnyText(40_000), "The value that the key must have before the write");
  static final KeySpec ASKED =
      optional(
          "to",
          new SelectorWords(),
          "The replica that receives it; the leader, or any, if not given");
  static final KeySpec FOLLOW =
      optional(
          "follow",
          new Flag(),
          true,
          "Whether the client retries after a redirect, a fail or a timeout of 1 s");
  static final KeySpec ANSWER =
      optional(
          "answer",
          new Word("an answer", List.of("ok", "no_ok", "any")),
          "ok",
          "In a step: the required answer: \"ok\"; \"no_ok\": another answer or none; or \"any\"");
  static final KeySpec WITHIN =
      optional("within", SECONDS, 5, "In a step: how many seconds it waits for the answer");

  static final KeySpec DONE_WITHIN =
      optional(
          "within",
          SECONDS,
          Action.ClusterChange.DEFAULT_MILLIS / 1000,
          "The time limit in seconds; the request is repeated until it is done");
  static final KeySpec ONCE =
      optional(
          "once",
          new Flag(),
          false,
          "Whether the request is sent once and not repeated after a redirect, a fail, a crash or a"
              + " timeout; the change may then stay undone");

  static final KeySpec ASKER =
      optional(
          "asker",
          Number.whole(1, 200),
          1,
          "The number of the client that sends it; equal numbers mean the same client");
  static final KeySpec SESSION =
      optional(
          "client",
          new PatternText("a session's name", "\\S.{0,59}"),
          "The session of the request");
  static final KeySpec SEQ =
      optional(
          "seq",
          Number.whole(1, 1_000_000_000),
          "The number of the request in its session; the same number again is a retry");

  private static final Map<ActionType, SectionSpec> SECTIONS = sections();

  private ActionKeys() {}

  private static Map<ActionType, SectionSpec> sections() {
    Map<ActionType, SectionSpec> sections = new EnumMap<>(ActionType.class);
    for (ActionType type : ActionType.values()) {
      List<KeySpec> keys = new ArrayList<>(List.of(TYPE));
      keys.addAll(of(type));
      sections.put(
          type,
          new SectionSpec(
              "\"" + type.key() + "\"", "beside \"type\": \"" + type.key() + "\"", keys));
    }
    return sections;
  }

  /** The keys of one type only. */
  public static List<KeySpec> of(ActionType type) {
    return switch (type) {
      case KILL_LEADER, KILL_NON_LEADER -> List.of(AS, FOR);
      case PART_EASY, PART_HARD -> List.of(FOR);
      case RING -> List.of(WHO, FOR);
      case PART_END, RESTART_ALL -> List.of();
      case CHOOSE -> List.of(WHO_REQUIRED, CHANCE, AS_REQUIRED);
      case CRASH -> List.of(WHO_REQUIRED, CHANCE, AS, FOR, MIDWAY);
      case RESTART, RESUME -> List.of(WHO, CHANCE, AS);
      case STRANGE -> List.of(WHO_REQUIRED, CHANCE, AS);
      case START -> List.of(WHO_REQUIRED);
      case PAUSE -> List.of(WHO_REQUIRED, CHANCE, AS, FOR);
      case SLOW -> List.of(WHO_REQUIRED, CHANCE, AS, FOR, DELAY_REQUIRED);
      case CLOCK -> List.of(WHO_REQUIRED, CHANCE, AS, FOR, RATE);
      case DISK -> List.of(WHO_REQUIRED, CHANCE, AS, FOR, STATE);
      case CUT -> List.of(WHO_REQUIRED, CHANCE, AS, FOR, FROM, WAY);
      case PARTITION -> List.of(GROUPS, FOR);
      case BRIDGE -> List.of(WHO, AS, FOR);
      case HEAL -> List.of(WHO, CHANCE);
      case NETWORK -> NetworkKeys.plus(NetworkKeys.CONDITIONS, LINKS_FROM, TO, OF_CLIENTS, FOR);
      case LOSE -> List.of(SENDER, TO_REQUIRED, NTH);
      case HOLD, DOUBLE -> List.of(SENDER, TO_REQUIRED, NTH, NetworkKeys.BY);
      case GET -> List.of(KEY, ASKED, FOLLOW, ANSWER, WITHIN, ASKER, SESSION, SEQ);
      case PUT, APPEND -> List.of(KEY, VALUE, ASKED, FOLLOW, ANSWER, WITHIN, ASKER, SESSION, SEQ);
      case CAS -> List.of(KEY, EXPECT, VALUE, ASKED, FOLLOW, ANSWER, WITHIN, ASKER, SESSION, SEQ);
      case REQUESTS -> TrafficKeys.COMMON_KEYS;
      case TRANSFER, REMOVE -> List.of(WHO, AS, DONE_WITHIN, ONCE);
      case ADD, REMOVE_LEADER -> List.of(DONE_WITHIN, ONCE);
    };
  }

  /**
   * A variant for each of these types, with these keys added; {@code needsOne} are the keys that
   * set the time.
   */
  static List<Variant> variants(
      Predicate<ActionType> types, List<KeySpec> besides, List<KeySpec> needsOne) {
    List<Variant> variants = new ArrayList<>();
    SECTIONS.forEach(
        (type, section) -> {
          if (!types.test(type)) {
            return;
          }
          List<KeySpec> keys = new ArrayList<>(section.keys());
          keys.addAll(besides);
          SectionSpec all =
              new SectionSpec(section.title(), section.place(), keys)
                  .withOneRequired(type.isPlannedBeforeRun() ? List.of() : needsOne);
          variants.add(new Variant(TYPE.name(), Optional.of(type.key()), all));
        });
    return List.copyOf(variants);
  }
}
