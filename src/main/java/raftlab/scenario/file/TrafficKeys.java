package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import raftlab.scenario.TrafficPlan;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.scenario.TrafficPlan.Mix;
import raftlab.scenario.TrafficPlan.Pace;
import raftlab.scenario.file.ValueType.Either;
import raftlab.scenario.file.ValueType.Flag;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Number;
import raftlab.scenario.file.ValueType.Range;
import raftlab.scenario.file.ValueType.Word;

/** The keys of client requests. */
public final class TrafficKeys {
  private static final Number WEIGHT = Number.of(0, 1000);
  private static final Number SIZE = Number.whole(1, 40_000);
  private static final Number TIME = Number.of(0, 3600);

  static final KeySpec CLIENTS =
      optional("clients", Number.whole(1, 100), 8, "The number of clients");
  static final KeySpec FROM =
      optional("from", TIME, 0, "When they start, in seconds after start_wait");
  static final KeySpec UNTIL =
      optional("until", TIME, "When they stop sending new requests; the lifetime if not given");
  static final KeySpec COUNT =
      optional(
          "count", Number.whole(1, 900_000), "The limit on the requests of all clients together");
  static final KeySpec RATE =
      optional(
          "rate",
          Number.of(0.01, 100_000),
          "Requests per second of all clients together, evenly spaced; if not given, each client"
              + " sends its next request when it has its answer");
  static final KeySpec PAUSE =
      optional("pause", TIME, 0, "Without \"rate\": seconds from an answer to the next request");
  static final KeySpec GET = optional("get", WEIGHT, "The weight of gets");
  static final KeySpec PUT = optional("put", WEIGHT, "The weight of puts");
  static final KeySpec APPEND = optional("append", WEIGHT, "The weight of appends");
  static final KeySpec CAS = optional("cas", WEIGHT, "The weight of compare-and-sets");

  /** The weights of the types of requests. */
  public static final SectionSpec MIX =
      new SectionSpec(
              "a \"mix\" of traffic", "inside \"mix\" in traffic", List.of(GET, PUT, APPEND, CAS))
          .withOneRequired(List.of(GET, PUT, APPEND, CAS));

  static final KeySpec MIX_KEY =
      optional(
          "mix", new Nested(MIX), "The weights of the types; as many gets as puts if not given");
  static final KeySpec KEYS = optional("keys", Number.whole(1, 100_000), 5, "The number of keys");
  static final KeySpec HOT =
      optional("hot", Number.of(0, 1), 0, "The probability that a request uses the first key");
  static final KeySpec OWN =
      optional("own", new Flag(), false, "Whether each client has its own keys");
  static final KeySpec ODD =
      optional(
          "odd",
          new Flag(),
          false,
          "Whether keys have unusual names: quotes, line breaks, any letters, the empty name");
  static final KeySpec VALUE_SIZE =
      optional(
          "value_size",
          new Either(List.of(SIZE, new Range(SIZE))),
          "The size of each value in bytes, or its bounds; about 10 if not given");
  static final KeySpec SESSIONS =
      optional(
          "sessions",
          new Flag(),
          false,
          "Whether requests carry \"client\" and \"seq\", so that each takes effect at most once");
  static final KeySpec PATIENCE =
      optional(
          "patience",
          Number.of(0.01, 3600),
          "The client's timeout in seconds, after which it retries at another replica. If not"
              + " given: 1 without \"rate\", no timeout with it");
  static final KeySpec TO =
      optional(
          "to",
          new Word("a way to choose a replica", List.of("leader", "any")),
          "leader",
          "The replica that receives a new request first: the leader that the client knows, or"
              + " any");

  /** The keys that say how clients send requests, common to traffic and actions. */
  static final List<KeySpec> COMMON_KEYS =
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

  /** Some clients and their requests. */
  public static final SectionSpec TRAFFIC =
      new SectionSpec(
          "traffic",
          "inside an element of \"traffic\"",
          NetworkKeys.plus(COMMON_KEYS, FROM, UNTIL));

  private TrafficKeys() {}

  /** Reports each mix in a file that contains no request. */
  static void checkMixes(LocatedJson json, ScenarioFileChecker check) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> checkMixes(each, check));
    } else if (json instanceof LocatedJson.Obj object) {
      for (LocatedJson.Member member : object.members()) {
        if (member.key().equals(MIX_KEY.name()) && member.value() instanceof LocatedJson.Obj mix) {
          checkMix(mix, check);
        }
        checkMixes(member.value(), check);
      }
    }
  }

  private static void checkMix(LocatedJson.Obj json, ScenarioFileChecker check) {
    KeyValues mix = new KeyValues(json);
    boolean empty = MIX.keys().stream().allMatch(key -> weight(mix, key) == 0);
    if (empty) {
      check.addProblem(
          json,
          "no weight in \"mix\" is above 0",
          ValueType.oneOf(MIX.names()) + " with " + WEIGHT.description() + ", one of them above 0");
    }
  }

  /** Reads checked traffic; times after the end of the run become the end. */
  static TrafficPlan read(KeyValues values, long endMillis) {
    boolean closed = values.jsonValue(RATE).isEmpty();
    Optional<LocatedJson> size = values.jsonValue(VALUE_SIZE);
    return new TrafficPlan(
        values.integer(CLIENTS),
        values.number(FROM).map(KeyValues::millis).orElse(0L),
        values.number(UNTIL).map(KeyValues::millis).orElse(endMillis),
        closed ? new Pace(0, values.millis(PAUSE)) : new Pace(values.fraction(RATE), 0),
        optionalLong(values.number(COUNT).map(count -> count.longValueExact())),
        values.nested(MIX_KEY).map(TrafficKeys::mix).orElse(new Mix(1, 1, 0, 0)),
        new Keys(values.integer(KEYS), values.fraction(HOT), values.flag(OWN), values.flag(ODD)),
        size.map(given -> bound(given, 0)).orElse(1),
        size.map(given -> bound(given, 1)).orElse(1),
        values.flag(SESSIONS),
        optionalLong(
            values
                .number(PATIENCE)
                .map(KeyValues::millis)
                .or(() -> closed ? Optional.of(1000L) : Optional.empty())),
        values.text(TO).filter("any"::equals).isPresent()
            ? TrafficPlan.FirstTarget.ANY
            : TrafficPlan.FirstTarget.LEADER);
  }

  private static Mix mix(KeyValues mix) {
    return new Mix(weight(mix, GET), weight(mix, PUT), weight(mix, APPEND), weight(mix, CAS));
  }

  private static double weight(KeyValues mix, KeySpec key) {
    return mix.number(key).map(weight -> weight.doubleValue()).orElse(0.0);
  }

  private static int bound(LocatedJson size, int which) {
    LocatedJson one = size instanceof LocatedJson.Arr span ? span.elements().get(which) : size;
    return ((LocatedJson.Num) one).value().orElseThrow().intValueExact();
  }

  private static OptionalLong optionalLong(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
