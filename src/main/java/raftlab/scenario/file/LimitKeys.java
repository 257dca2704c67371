package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import raftlab.scenario.CountedMetric;
import raftlab.scenario.Limits;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Number;

/** The keys that limit what is counted over a part of a run. */
public final class LimitKeys {
  private static final List<KeySpec> MEASURES =
      Arrays.stream(CountedMetric.values()).map(LimitKeys::measure).toList();

  /** Upper limits. */
  public static final SectionSpec MOST =
      new SectionSpec("\"at_most\"", "inside \"at_most\"", MEASURES);

  /** Lower limits. */
  public static final SectionSpec LEAST =
      new SectionSpec("\"at_least\"", "inside \"at_least\"", MEASURES);

  static final KeySpec AT_MOST =
      optional("at_most", new Nested(MOST), "Upper limits on what is counted");
  static final KeySpec AT_LEAST =
      optional("at_least", new Nested(LEAST), "Lower limits on what is counted");

  private LimitKeys() {}

  private static KeySpec measure(CountedMetric measure) {
    return optional(
        measure.key(), Number.of(0, 1_000_000_000), "Limits the " + measure.description());
  }

  /** The limits that an object sets. */
  static Limits read(KeyValues values) {
    return new Limits(
        values.nested(AT_MOST).map(LimitKeys::bounds).orElse(Map.of()),
        values.nested(AT_LEAST).map(LimitKeys::bounds).orElse(Map.of()));
  }

  private static Map<CountedMetric, Double> bounds(KeyValues object) {
    Map<CountedMetric, Double> bounds = new EnumMap<>(CountedMetric.class);
    for (KeySpec key : MEASURES) {
      object
          .number(key)
          .ifPresent(bound -> bounds.put(CountedMetric.of(key.name()), bound.doubleValue()));
    }
    return bounds;
  }
}
