package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import raftlab.scenario.TargetSelector;

/**
 * The values in an object, read by their keys. What is wrong with the object has been said by
 * {@link ScenarioFileChecker}; here a value that isn't valid counts as not given, so that the
 * checks that follow see as much of the file as makes sense.
 */
public record KeyValues(LocatedJson.Obj object) {
  /** The value as it is in the file, if it's there and valid. */
  public Optional<LocatedJson> given(KeySpec key) {
    return object.members().stream()
        .filter(member -> key.isNamed(member.key()))
        .map(LocatedJson.Member::value)
        .filter(value -> ScenarioFileChecker.isValid(key.type(), value))
        .findFirst();
  }

  /** The value as a number: that in the file, else the default. */
  public Optional<BigDecimal> number(KeySpec key) {
    return given(key)
        .map(LocatedJson.Num.class::cast)
        .flatMap(LocatedJson.Num::value)
        .or(() -> key.defaultValue().map(BigDecimal::new));
  }

  /** The number of a key that is there or has a default. */
  public double fraction(KeySpec key) {
    return number(key).orElseThrow().doubleValue();
  }

  /** The number of a key that is there or has a default, without anything after the point. */
  public int whole(KeySpec key) {
    return number(key).orElseThrow().intValueExact();
  }

  /** The seconds of a key that is there or has a default, in milliseconds. */
  public long millis(KeySpec key) {
    return millis(number(key).orElseThrow());
  }

  static long micros(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1e6);
  }

  static long millis(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1000);
  }

  /** The text of a key, if it's there. */
  public Optional<String> text(KeySpec key) {
    return given(key).map(value -> ((LocatedJson.Str) value).text());
  }

  /** Whether a key is there and true. */
  public boolean flag(KeySpec key) {
    return given(key)
        .map(value -> ((LocatedJson.Literal) value).text().equals("true"))
        .orElse(false);
  }

  /** Those that a key names; {@link TargetSelector#NOBODY} if it isn't there. */
  TargetSelector who(KeySpec key) {
    return given(key).map(KeyValues::who).orElse(TargetSelector.NOBODY);
  }

  /** Reads a string or a list of strings that has been checked. */
  static TargetSelector who(LocatedJson json) {
    List<LocatedJson> each =
        json instanceof LocatedJson.Arr array ? array.elements() : List.of(json);
    return new TargetSelector(
        each.stream()
            .flatMap(element -> TargetSelector.part(((LocatedJson.Str) element).text()).stream())
            .toList());
  }

  /** The object of a key, if it's there. */
  Optional<KeyValues> nested(KeySpec key) {
    return given(key).map(value -> new KeyValues((LocatedJson.Obj) value));
  }

  /** The elements of a list, valid or not; none if there is no list. */
  public List<LocatedJson> elements(KeySpec key) {
    for (LocatedJson.Member member : object.members()) {
      if (key.isNamed(member.key()) && member.value() instanceof LocatedJson.Arr array) {
        return array.elements();
      }
    }
    return List.of();
  }
}
