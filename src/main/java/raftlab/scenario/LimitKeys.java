package raftlab.scenario;

import static raftlab.scenario.Key.optional;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import raftlab.scenario.ValueType.Nested;
import raftlab.scenario.ValueType.Number;

/** The keys that bound what may happen in a part of a run. */
final class LimitKeys {
  private static final List<Key> MEASURES =
      Arrays.stream(Measure.values()).map(LimitKeys::measure).toList();

  /** Upper bounds. */
  static final Section MOST = new Section("\"at_most\"", "inside \"at_most\"", MEASURES);

  /** Lower bounds. */
  static final Section LEAST = new Section("\"at_least\"", "inside \"at_least\"", MEASURES);

  static final Key AT_MOST =
      optional("at_most", new Nested(MOST), "What may be counted meanwhile at most");
  static final Key AT_LEAST =
      optional("at_least", new Nested(LEAST), "What must be counted meanwhile at least");

  private LimitKeys() {}

  private static Key measure(Measure measure) {
    return optional(
        measure.key(), Number.of(0, 1_000_000_000), "Bounds the " + measure.description());
  }

  /** The bounds that an object gives. */
  static Limits read(Values values) {
    return new Limits(
        values.nested(AT_MOST).map(LimitKeys::bounds).orElse(Map.of()),
        values.nested(AT_LEAST).map(LimitKeys::bounds).orElse(Map.of()));
  }

  private static Map<Measure, Double> bounds(Values object) {
    Map<Measure, Double> bounds = new EnumMap<>(Measure.class);
    for (Key key : MEASURES) {
      object
          .number(key)
          .ifPresent(bound -> bounds.put(Measure.of(key.name()), bound.doubleValue()));
    }
    return bounds;
  }
}
