package raftlab.scenario.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.TargetSelector;

/** The type of a key's value. */
public sealed interface ValueType {
  /** Type and bounds in words, to follow "expected": {@code a number from 0 to 1}. */
  String description();

  /** A line of text. */
  record Text(int maxLength) implements ValueType {
    @Override
    public String description() {
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
    public String description() {
      return (whole ? "a whole number from " : "a number from ") + bounds();
    }

    /** Both bounds, as {@code 0 to 1}. */
    public String bounds() {
      return plain(min) + " to " + plain(max);
    }

    boolean accepts(LocatedJson.Num number) {
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

  /**
   * One of several words; {@code what} names their kind: {@code a type of event}.
   *
   * @param meanings what each word means; empty where the key's description explains it
   */
  record Word(String what, List<String> words, List<String> meanings) implements ValueType {
    /** Copies the lists. */
    public Word {
      words = List.copyOf(words);
      meanings = List.copyOf(meanings);
    }

    /** Words that the key's description explains. */
    public Word(String what, List<String> words) {
      this(what, words, List.of());
    }

    @Override
    public String description() {
      return oneOf(words);
    }
  }

  /** Three numbers, none below the one before it. */
  record Tiers(Number each) implements ValueType {
    @Override
    public String description() {
      return "three numbers from " + each.bounds() + ", none below the one before it";
    }
  }

  /** A list of values of one type; {@code what} names one of them: {@code an event}. */
  record ListOf(String what, ValueType each, int atLeast) implements ValueType {
    @Override
    public String description() {
      return atLeast == 0 ? "a list" : "a list with one or more elements, each " + what;
    }
  }

  /** An object with its own keys. */
  record Nested(SectionSpec section) implements ValueType {
    @Override
    public String description() {
      return "an object with keys of " + section.title();
    }
  }

  /** True or false. */
  record Flag() implements ValueType {
    @Override
    public String description() {
      return "true or false";
    }
  }

  /** Any text, also an empty one. */
  record AnyText(int maxLength) implements ValueType {
    @Override
    public String description() {
      return "a text of at most " + maxLength + " characters";
    }
  }

  /**
   * A text in a fixed form; {@code what} names it: {@code a message's type}.
   *
   * @param regex a regular expression for the whole text
   */
  record PatternText(String what, String regex) implements ValueType {
    @Override
    public String description() {
      return what;
    }
  }

  /** Two numbers, the second not below the first. */
  record Range(Number each) implements ValueType {
    @Override
    public String description() {
      return "two numbers from " + each.bounds() + ", the second not below the first";
    }
  }

  /** Target replicas: one {@link TargetSelector word}, or a list of them. */
  record SelectorWords() implements ValueType {
    @Override
    public String description() {
      return oneOf(TargetSelector.words())
          + ", an ID such as \"0003\", \"@name\", or a list of these; \"2 random\" for two";
    }
  }

  /** A sender or receiver: one {@link MessagePattern.Party word}. */
  record MessagePartyWord() implements ValueType {
    @Override
    public String description() {
      return oneOf(MessagePattern.Party.words()) + ", an ID such as \"0003\", or \"@name\"";
    }
  }

  /** A value of one of these types, which differ in their kind of JSON value. */
  record Either(List<ValueType> types) implements ValueType {
    /** Copies the list. */
    public Either {
      types = List.copyOf(types);
    }

    @Override
    public String description() {
      return types.stream().map(ValueType::description).collect(Collectors.joining(", or "));
    }
  }

  /**
   * An object of one of several kinds. A key distinguishes them: either only one kind has it, or it
   * has a different word in each.
   *
   * @param what the name of one: {@code an event}
   * @param variants a supplier, since steps may contain steps
   */
  record Variants(String what, Supplier<List<Variant>> variants) implements ValueType {
    @Override
    public String description() {
      return "an object with the key "
          + keys().stream().map(LocatedJson::quoted).collect(Collectors.joining(" or "));
    }

    /** The keys that distinguish the variants. */
    public List<String> keys() {
      return variants.get().stream().map(Variant::key).distinct().toList();
    }

    /** The words of this key that distinguish the variants. */
    public List<String> words(String key) {
      return variants.get().stream()
          .filter(variant -> variant.key.equals(key))
          .flatMap(variant -> variant.word.stream())
          .toList();
    }
  }

  /**
   * A kind of object.
   *
   * @param key its key
   * @param word the value of that key; empty for any
   */
  record Variant(String key, Optional<String> word, SectionSpec section) {
    boolean fits(LocatedJson.Obj object) {
      for (LocatedJson.Member member : object.members()) {
        if (member.key().equals(key)) {
          return word.isEmpty()
              || member.value() instanceof LocatedJson.Str text && text.text().equals(word.get());
        }
      }
      return false;
    }
  }

  /** The words, quoted, as a choice. */
  static String oneOf(List<String> words) {
    String all = words.stream().map(LocatedJson::quoted).collect(Collectors.joining(", "));
    return words.size() == 1 ? all : "one of " + all;
  }
}
