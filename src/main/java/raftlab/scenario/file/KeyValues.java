package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.TargetSelector;

/**
 * Reads the values of an object by their keys. {@link ScenarioFileChecker} has already reported
 * invalid values; here they count as absent, so that later checks can still run.
 */
public record KeyValues(LocatedJson.Obj object) {
  /** The value in the file, if it is present and valid. */
  public Optional<LocatedJson> jsonValue(KeySpec key) {
    return object.members().stream()
        .filter(member -> key.isNamed(member.key()))
        .map(LocatedJson.Member::value)
        .filter(value -> ScenarioFileChecker.isValid(key.type(), value))
        .findFirst();
  }

  /** The number in the file, else the default. */
  public Optional<BigDecimal> number(KeySpec key) {
    return jsonValue(key)
        .map(LocatedJson.Num.class::cast)
        .flatMap(LocatedJson.Num::value)
        .or(() -> key.defaultValue().map(BigDecimal::new));
  }

  /** The number of a key that is present or has a default. */
  public double fraction(KeySpec key) {
    return number(key).orElseThrow().doubleValue();
  }

  /** The number of a key that is present or has a default, rounded down. */
  public int integer(KeySpec key) {
    return number(key).orElseThrow().intValueExact();
  }

  /** The seconds of a key that is present or has a default, in milliseconds. */
  public long millis(KeySpec key) {
    return millis(number(key).orElseThrow());
  }

  static long micros(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1e6);
  }

  static long millis(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1000);
  }

  /** The text of a key, if present. */
  public Optional<String> text(KeySpec key) {
    return jsonValue(key).map(value -> ((LocatedJson.Str) value).text());
  }

  /** Whether a key is present and true. */
  public boolean flag(KeySpec key) {
    return jsonValue(key)
        .map(value -> ((LocatedJson.Literal) value).text().equals("true"))
        .orElse(false);
  }

  /** The targets of a key; {@link TargetSelector#NONE} if it is absent. */
  TargetSelector selector(KeySpec key) {
    return jsonValue(key).map(KeyValues::selector).orElse(TargetSelector.NONE);
  }

  /** Reads a checked string or list of strings. */
  static TargetSelector selector(LocatedJson json) {
    List<LocatedJson> each =
        json instanceof LocatedJson.Arr array ? array.elements() : List.of(json);
    return new TargetSelector(
        each.stream()
            .flatMap(
                element -> TargetSelector.parsePart(((LocatedJson.Str) element).text()).stream())
            .toList());
  }

  /** The object of a key, if present. */
  Optional<KeyValues> nested(KeySpec key) {
    return jsonValue(key).map(value -> new KeyValues((LocatedJson.Obj) value));
  }

  /** The elements of a list, valid or not; empty if there is no list. */
  public List<LocatedJson> elements(KeySpec key) {
    for (LocatedJson.Member member : object.members()) {
      if (key.isNamed(member.key()) && member.value() instanceof LocatedJson.Arr array) {
        return array.elements();
      }
    }
    return List.of();
  }
}
