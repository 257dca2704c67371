package raftlab.scenario;

import static raftlab.scenario.Key.optional;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.scenario.TrafficPlan.Mix;
import raftlab.scenario.TrafficPlan.Pace;
import raftlab.scenario.ValueType.Either;
import raftlab.scenario.ValueType.Flag;
import raftlab.scenario.ValueType.Nested;
import raftlab.scenario.ValueType.Number;
import raftlab.scenario.ValueType.Span;
import raftlab.scenario.ValueType.Word;

/** The keys that say what clients ask for. */
final class TrafficKeys {
  private static final Number WEIGHT = Number.of(0, 1000);
  private static final Number SIZE = Number.whole(1, 40_000);
  private static final Number TIME = Number.of(0, 3600);

  static final Key CLIENTS = optional("clients", Number.whole(1, 100), 8, "How many clients ask");
  static final Key FROM = optional("from", TIME, 0, "When they begin, in seconds after start_wait");
  static final Key UNTIL =
      optional("until", TIME, "When they begin nothing new any more; the lifetime if not given");
  static final Key COUNT =
      optional("count", Number.whole(1, 900_000), "How much they ask for altogether at most");
  static final Key RATE =
      optional(
          "rate",
          Number.of(0.01, 100_000),
          "Requests a second of all together, evenly spread; without it each client asks again as"
              + " soon as it is answered");
  static final Key PAUSE =
      optional("pause", TIME, 0, "Without a rate: seconds between an answer and the next request");
  static final Key GET = optional("get", WEIGHT, "The weight of gets");
  static final Key PUT = optional("put", WEIGHT, "The weight of puts");
  static final Key APPEND = optional("append", WEIGHT, "The weight of appends");
  static final Key CAS = optional("cas", WEIGHT, "The weight of compare-and-sets");

  /** What is asked for. */
  static final Section MIX =
      new Section(
              "a \"mix\" of traffic", "inside \"mix\" in traffic", List.of(GET, PUT, APPEND, CAS))
          .needing(List.of(GET, PUT, APPEND, CAS));

  static final Key MIX_KEY =
      optional(
          "mix", new Nested(MIX), "What is asked for, by weight; gets and puts alike if not given");
  static final Key KEYS =
      optional("keys", Number.whole(1, 100_000), 5, "How many keys they ask for");
  static final Key HOT =
      optional("hot", Number.of(0, 1), 0, "The probability that the first key is taken");
  static final Key OWN =
      optional("own", new Flag(), false, "Whether each client has keys of its own");
  static final Key ODD =
      optional(
          "odd",
          new Flag(),
          false,
          "Whether keys have unusual names: quotes, line breaks, any letters, the empty name");
  static final Key VALUE_SIZE =
      optional(
          "value_size",
          new Either(List.of(SIZE, new Span(SIZE))),
          "Bytes of each value, or their bounds; about 10 if not given");
  static final Key SESSIONS =
      optional(
          "sessions",
          new Flag(),
          false,
          "Whether requests carry \"client\" and \"seq\", so that each takes effect once at most");
  static final Key PATIENCE =
      optional(
          "patience",
          Number.of(0.01, 3600),
          "Seconds without an answer after which a client asks again, elsewhere; 1 without a rate;"
              + " else it waits for ever if not given");
  static final Key TO =
      optional(
          "to",
          new Word("a way to choose a replica", List.of("leader", "any")),
          "leader",
          "Where a new request goes first: to the leader that the client knows, or anywhere");

  /** How clients ask, wherever they are asked to. */
  static final List<Key> MANNER =
      List.of(
          CLIENTS,
          COUNT,
          RATE,
          PAUSE,
          MIX_KEY,
          KEYS,
          HOT,
          OWN,
          ODD,
          VALUE_SIZE,
          SESSIONS,
          PATIENCE,
          TO);

  /** Some clients, and what they do. */
  static final Section TRAFFIC =
      new Section(
          "traffic", "inside an element of \"traffic\"", NetworkKeys.plus(MANNER, FROM, UNTIL));

  private TrafficKeys() {}

  /**
   * Notes a problem for each mix, wherever it is in a file, by which nothing would be asked for.
   */
  static void checkMixes(Json json, FileCheck check) {
    if (json instanceof Json.Arr array) {
      array.elements().forEach(each -> checkMixes(each, check));
    } else if (json instanceof Json.Obj object) {
      for (Json.Member member : object.members()) {
        if (member.key().equals(MIX_KEY.name()) && member.value() instanceof Json.Obj mix) {
          checkMix(mix, check);
        }
        checkMixes(member.value(), check);
      }
    }
  }

  private static void checkMix(Json.Obj json, FileCheck check) {
    Values mix = new Values(json);
    boolean empty = MIX.keys().stream().allMatch(key -> weight(mix, key) == 0);
    if (empty) {
      check.problem(
          json,
          "no weight in \"mix\" is above 0",
          ValueType.oneOf(MIX.names()) + " with " + WEIGHT.inWords() + ", one of them above 0");
    }
  }

  /** Reads what has been checked; times beyond the end mean the end. */
  static TrafficPlan read(Values values, long endMillis) {
    boolean closed = values.given(RATE).isEmpty();
    Optional<Json> size = values.given(VALUE_SIZE);
    return new TrafficPlan(
        values.whole(CLIENTS),
        values.number(FROM).map(Values::millis).orElse(0L),
        values.number(UNTIL).map(Values::millis).orElse(endMillis),
        closed ? new Pace(0, values.millis(PAUSE)) : new Pace(values.fraction(RATE), 0),
        optionalLong(values.number(COUNT).map(count -> count.longValueExact())),
        values.nested(MIX_KEY).map(TrafficKeys::mix).orElse(new Mix(1, 1, 0, 0)),
        new Keys(values.whole(KEYS), values.fraction(HOT), values.flag(OWN), values.flag(ODD)),
        size.map(given -> bound(given, 0)).orElse(1),
        size.map(given -> bound(given, 1)).orElse(1),
        values.flag(SESSIONS),
        optionalLong(
            values
                .number(PATIENCE)
                .map(Values::millis)
                .or(() -> closed ? Optional.of(1000L) : Optional.empty())),
        values.text(TO).filter("any"::equals).isPresent()
            ? TrafficPlan.To.ANY
            : TrafficPlan.To.LEADER);
  }

  private static Mix mix(Values mix) {
    return new Mix(weight(mix, GET), weight(mix, PUT), weight(mix, APPEND), weight(mix, CAS));
  }

  private static double weight(Values mix, Key key) {
    return mix.number(key).map(weight -> weight.doubleValue()).orElse(0.0);
  }

  private static int bound(Json size, int which) {
    Json one = size instanceof Json.Arr span ? span.elements().get(which) : size;
    return ((Json.Num) one).value().orElseThrow().intValueExact();
  }

  private static OptionalLong optionalLong(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
