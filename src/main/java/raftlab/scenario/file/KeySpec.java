package raftlab.scenario.file;

import java.util.List;
import java.util.Optional;

/**
 * A key that a file may have, and all that is to be known about it: reading, checking and the
 * reference pages work from this.
 *
 * @param name as it is written
 * @param olderNames accepted as well
 * @param type what its value may be
 * @param required whether it must be there
 * @param defaultValue what is in force without it, as JSON; none where its absence means that
 *     nothing is given
 * @param description what it means, a sentence without its full stop
 */
public record KeySpec(
    String name,
    List<String> olderNames,
    ValueType type,
    boolean required,
    Optional<String> defaultValue,
    String description) {

  /** Takes a copy of the list. */
  public KeySpec {
    olderNames = List.copyOf(olderNames);
  }

  /** A key that must be there. */
  public static KeySpec required(String name, ValueType type, String description) {
    return new KeySpec(name, List.of(), type, true, Optional.empty(), description);
  }

  /** A key that may be left out, and then stands for nothing. */
  public static KeySpec optional(String name, ValueType type, String description) {
    return new KeySpec(name, List.of(), type, false, Optional.empty(), description);
  }

  /** A key that may be left out, and then has this value. */
  public static KeySpec optional(
      String name, ValueType type, java.lang.Number defaultValue, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(defaultValue.toString()), description);
  }

  /** A key that may be left out, and then has this word as its value. */
  static KeySpec optional(
      String name, ValueType.Word type, String defaultWord, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(LocatedJson.quoted(defaultWord)), description);
  }

  /** A key that may be left out, and then is true or not. */
  static KeySpec optional(
      String name, ValueType.Flag type, boolean defaultFlag, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(Boolean.toString(defaultFlag)), description);
  }

  /** This key with another name that is accepted for it. */
  public KeySpec orOlder(String olderName) {
    return new KeySpec(name, List.of(olderName), type, required, defaultValue, description);
  }

  /** This key where it need not be there. */
  public KeySpec asOptional() {
    return new KeySpec(name, olderNames, type, false, defaultValue, description);
  }

  /** Whether it is written so. */
  public boolean isNamed(String word) {
    return name.equals(word) || olderNames.contains(word);
  }
}
