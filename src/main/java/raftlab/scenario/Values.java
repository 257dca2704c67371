package raftlab.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The values in an object, read by their keys. What is wrong with the object has been said by
 * {@link FileCheck}; here a value that isn't valid counts as not given, so that the checks that
 * follow see as much of the file as makes sense.
 */
public record Values(Json.Obj object) {
  /** The value as it is in the file, if it's there and valid. */
  public Optional<Json> given(Key key) {
    return object.members().stream()
        .filter(member -> key.isNamed(member.key()))
        .map(Json.Member::value)
        .filter(value -> FileCheck.isValid(key.type(), value))
        .findFirst();
  }

  /** The value as a number: that in the file, else the default. */
  public Optional<BigDecimal> number(Key key) {
    return given(key)
        .map(Json.Num.class::cast)
        .flatMap(Json.Num::value)
        .or(() -> key.defaultValue().map(BigDecimal::new));
  }

  /** The number of a key that is there or has a default. */
  public double fraction(Key key) {
    return number(key).orElseThrow().doubleValue();
  }

  /** The number of a key that is there or has a default, without anything after the point. */
  public int whole(Key key) {
    return number(key).orElseThrow().intValueExact();
  }

  /** The seconds of a key that is there or has a default, in milliseconds. */
  public long millis(Key key) {
    return millis(number(key).orElseThrow());
  }

  static long micros(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1e6);
  }

  static long millis(BigDecimal seconds) {
    return Math.round(seconds.doubleValue() * 1000);
  }

  /** The text of a key, if it's there. */
  public Optional<String> text(Key key) {
    return given(key).map(value -> ((Json.Str) value).text());
  }

  /** Whether a key is there and true. */
  public boolean flag(Key key) {
    return given(key).map(value -> ((Json.Literal) value).text().equals("true")).orElse(false);
  }

  /** Those that a key names; {@link Who#NOBODY} if it isn't there. */
  Who who(Key key) {
    return given(key).map(Values::who).orElse(Who.NOBODY);
  }

  /** Reads a string or a list of strings that has been checked. */
  static Who who(Json json) {
    List<Json> each = json instanceof Json.Arr array ? array.elements() : List.of(json);
    return new Who(
        each.stream().flatMap(element -> Who.part(((Json.Str) element).text()).stream()).toList());
  }

  /** The object of a key, if it's there. */
  Optional<Values> nested(Key key) {
    return given(key).map(value -> new Values((Json.Obj) value));
  }

  /** The elements of a list, valid or not; none if there is no list. */
  public List<Json> elements(Key key) {
    for (Json.Member member : object.members()) {
      if (key.isNamed(member.key()) && member.value() instanceof Json.Arr array) {
        return array.elements();
      }
    }
    return List.of();
  }
}
