package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;

import java.util.List;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.file.ValueType.Either;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Number;
import raftlab.scenario.file.ValueType.Range;

/** The keys of network conditions. */
public final class NetworkKeys {
  private static final Number FRACTION = Number.of(0, 1);
  private static final Number SECONDS = Number.of(0, 60);

  static final KeySpec UNIFORM =
      optional("uniform", new Range(SECONDS), "Seconds: delays are uniform between two bounds");
  static final KeySpec EXPONENTIAL =
      optional("exponential", SECONDS, "Seconds: delays are exponential with this mean");
  static final KeySpec LONG_TAIL =
      optional(
          "long_tail",
          SECONDS,
          "Seconds: delays are log-normal with this median; 1 in 100 is above ten times the median");

  /** A delay with a distribution. */
  public static final SectionSpec DELAY_SHAPES =
      new SectionSpec(
          "a delay", "inside a \"delay\" or \"by\"", List.of(UNIFORM, EXPONENTIAL, LONG_TAIL));

  private static final Either DELAY_TYPE =
      new Either(List.of(SECONDS, new Range(SECONDS), new Nested(DELAY_SHAPES)));

  static final KeySpec LOSS =
      optional("loss", FRACTION, 0, "The probability that a message is lost");
  static final KeySpec DELAY =
      optional(
          "delay",
          DELAY_TYPE,
          "The extra delay in seconds: a constant, two bounds, or a distribution");
  static final KeySpec DUPLICATE =
      optional("duplicate", FRACTION, 0, "The probability that a message arrives twice");
  static final KeySpec REORDER =
      optional(
          "reorder",
          FRACTION,
          0,
          "The probability that a message is held back, so that others overtake it");
  static final KeySpec REORDER_BY =
      optional("reorder_by", DELAY_TYPE, "How many seconds it is held back");
  static final KeySpec BANDWIDTH =
      optional(
          "bandwidth",
          Number.whole(1000, 1_000_000_000),
          "Bytes per second; unlimited if not given");
  static final KeySpec CORRUPT =
      optional("corrupt", FRACTION, 0, "The probability that one byte of a message is changed");

  /** The keys of one direction of a link. */
  public static final List<KeySpec> CONDITIONS =
      List.of(LOSS, DELAY, DUPLICATE, REORDER, REORDER_BY, BANDWIDTH, CORRUPT);

  /** The conditions between clients and replicas. */
  public static final SectionSpec CLIENT_LINKS =
      new SectionSpec("\"clients\"", "inside \"clients\" in \"network\"", CONDITIONS);

  static final KeySpec CLIENTS =
      optional(
          "clients",
          new Nested(CLIENT_LINKS),
          "The conditions of requests and answers; perfect if not given");

  static final KeySpec BY = optional("by", DELAY_TYPE, "The extra delay in seconds");

  /** The conditions of the whole run. */
  public static final SectionSpec NETWORK =
      new SectionSpec("\"network\"", "inside \"network\"", plus(CONDITIONS, CLIENTS));

  private NetworkKeys() {}

  static List<KeySpec> plus(List<KeySpec> keys, KeySpec... more) {
    List<KeySpec> all = new java.util.ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /** The conditions that an object sets; anything not given is perfect. */
  static LinkConditions read(KeyValues values) {
    return new LinkConditions(
        values.fraction(LOSS),
        delay(values, DELAY),
        values.fraction(DUPLICATE),
        values.fraction(REORDER),
        delay(values, REORDER_BY),
        values.number(BANDWIDTH).map(bytes -> bytes.longValueExact()).orElse(0L),
        values.fraction(CORRUPT));
  }

  /** The delay of a key; none if it is absent. */
  static Delay delay(KeyValues values, KeySpec key) {
    return values.jsonValue(key).map(NetworkKeys::delay).orElse(Delay.NONE);
  }

  private static Delay delay(LocatedJson json) {
    if (json instanceof LocatedJson.Arr span) {
      return Delay.uniform(micros(span.elements().get(0)), micros(span.elements().get(1)));
    } else if (json instanceof LocatedJson.Obj object) {
      KeyValues shapes = new KeyValues(object);
      return shapes
          .jsonValue(UNIFORM)
          .map(NetworkKeys::delay)
          .or(() -> shaped(shapes, EXPONENTIAL, Delay.Shape.EXPONENTIAL))
          .or(() -> shaped(shapes, LONG_TAIL, Delay.Shape.LONG_TAIL))
          .orElse(Delay.NONE);
    }
    return Delay.constant(micros(json));
  }

  private static java.util.Optional<Delay> shaped(
      KeyValues shapes, KeySpec key, Delay.Shape shape) {
    return shapes.jsonValue(key).map(NetworkKeys::micros).map(at -> new Delay(shape, at, at));
  }

  private static long micros(LocatedJson seconds) {
    return Math.round(((LocatedJson.Num) seconds).value().orElseThrow().doubleValue() * 1e6);
  }
}
