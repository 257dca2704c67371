package raftlab.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** What a key's value may be. */
public sealed interface ValueType {
  /** Type and bounds in words, to follow "expected": {@code a number from 0 to 1}. */
  String inWords();

  /** A line of text for people. */
  record Text(int maxLength) implements ValueType {
    @Override
    public String inWords() {
      return "a line of text of 1 to " + maxLength + " characters";
    }

    boolean accepts(String text) {
      return !text.isBlank()
          && text.length() <= maxLength
          && text.chars().noneMatch(Character::isISOControl);
    }
  }

  /** A number, both bounds included. */
  record Number(BigDecimal min, BigDecimal max, boolean whole) implements ValueType {
    /** A number that may have a fraction. */
    public static Number of(double min, double max) {
      return new Number(BigDecimal.valueOf(min), BigDecimal.valueOf(max), false);
    }

    /** A whole number. */
    public static Number whole(long min, long max) {
      return new Number(BigDecimal.valueOf(min), BigDecimal.valueOf(max), true);
    }

    @Override
    public String inWords() {
      return (whole ? "a whole number from " : "a number from ") + bounds();
    }

    /** Both bounds, as {@code 0 to 1}. */
    public String bounds() {
      return plain(min) + " to " + plain(max);
    }

    boolean accepts(Json.Num number) {
      return number.value().filter(this::accepts).isPresent();
    }

    private boolean accepts(BigDecimal value) {
      return value.compareTo(min) >= 0
          && value.compareTo(max) <= 0
          && (!whole || value.signum() == 0 || value.stripTrailingZeros().scale() <= 0);
    }

    private static String plain(BigDecimal bound) {
      return bound.stripTrailingZeros().toPlainString();
    }
  }

  /** One word of a few; {@code what} names their kind: {@code a type of event}. */
  record Word(String what, List<String> words) implements ValueType {
    @Override
    public String inWords() {
      return oneOf(words);
    }
  }

  /** Three numbers, none below the one before it. */
  record Tiers(Number each) implements ValueType {
    @Override
    public String inWords() {
      return "three numbers from " + each.bounds() + ", none below the one before it";
    }
  }

  /** A list of values of one type; {@code what} names one of them: {@code an event}. */
  record ListOf(String what, ValueType each, int atLeast) implements ValueType {
    @Override
    public String inWords() {
      return atLeast == 0 ? "a list" : "a list with " + what + " or more in it";
    }
  }

  /** An object with keys of its own. */
  record Nested(Section section) implements ValueType {
    @Override
    public String inWords() {
      return "an object with keys of " + section.title();
    }
  }

  /** The words, quoted, as a choice. */
  static String oneOf(List<String> words) {
    String all = words.stream().map(Json::quoted).collect(Collectors.joining(", "));
    return words.size() == 1 ? all : "one of " + all;
  }
}
