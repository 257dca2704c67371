package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A JSON value with its position in the file, so that error messages can point at it. */
public sealed interface LocatedJson {
  /** From 1. */
  int line();

  /** From 1, in characters. */
  int column();

  /**
   * The value in the words of an error message: {@code 1.5}, {@code the string "x"}, {@code an
   * array}.
   */
  String description();

  /** A key and its value; the position is that of the key. */
  record Member(int line, int column, String key, LocatedJson value) {}

  /** An object; duplicate keys are kept. */
  record Obj(int line, int column, List<Member> members) implements LocatedJson {
    @Override
    public String description() {
      return "an object";
    }
  }

  /** An array. */
  record Arr(int line, int column, List<LocatedJson> elements) implements LocatedJson {
    @Override
    public String description() {
      return "an array";
    }
  }

  /** A string. */
  record Str(int line, int column, String text) implements LocatedJson {
    @Override
    public String description() {
      return "the string " + quoted(text);
    }
  }

  /** A number as written; also NaN and the infinities, which are not JSON. */
  record Num(int line, int column, String text) implements LocatedJson {
    /** Its exact value; empty for NaN, the infinities, and out-of-range exponents. */
    public Optional<BigDecimal> value() {
      try {
        return Optional.of(new BigDecimal(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    /** Whether both have values and this one is less. */
    boolean isBelow(Num other) {
      return value().flatMap(a -> other.value().map(b -> a.compareTo(b) < 0)).orElse(false);
    }

    @Override
    public String description() {
      return shortened(text);
    }
  }

  /** {@code true}, {@code false} or {@code null}. */
  record Literal(int line, int column, String text) implements LocatedJson {
    @Override
    public String description() {
      return text;
    }
  }

  /** The text in quotes for one line on a terminal: shortened, without control characters. */
  static String quoted(String text) {
    return '"' + shortened(text) + '"';
  }

  private static String shortened(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 57) + "...";
    StringBuilder shown = new StringBuilder();
    for (char c : start.toCharArray()) {
      if (Character.isISOControl(c) || Character.isSurrogate(c) && start != text) {
        shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
