package raftlab.scenario.file;

import java.util.List;
import java.util.Optional;

/**
 * A key of a file, with its type and description. The reader, the checker and the reference pages
 * use this table.
 *
 * @param name the name in the file
 * @param olderNames older names that are also accepted
 * @param type the type of its value
 * @param required whether it is required
 * @param defaultValue the default, as JSON; empty if the key has none
 * @param description what it means: a sentence without the full stop
 */
public record KeySpec(
    String name,
    List<String> olderNames,
    ValueType type,
    boolean required,
    Optional<String> defaultValue,
    String description) {

  /** Copies the list. */
  public KeySpec {
    olderNames = List.copyOf(olderNames);
  }

  /** A required key. */
  public static KeySpec required(String name, ValueType type, String description) {
    return new KeySpec(name, List.of(), type, true, Optional.empty(), description);
  }

  /** An optional key without a default. */
  public static KeySpec optional(String name, ValueType type, String description) {
    return new KeySpec(name, List.of(), type, false, Optional.empty(), description);
  }

  /** An optional key with this default. */
  public static KeySpec optional(
      String name, ValueType type, java.lang.Number defaultValue, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(defaultValue.toString()), description);
  }

  /** An optional key with this word as the default. */
  static KeySpec optional(
      String name, ValueType.Word type, String defaultWord, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(LocatedJson.quoted(defaultWord)), description);
  }

  /** An optional true or false, with this default. */
  static KeySpec optional(
      String name, ValueType.Flag type, boolean defaultFlag, String description) {
    return new KeySpec(
        name, List.of(), type, false, Optional.of(Boolean.toString(defaultFlag)), description);
  }

  /** The same key with another accepted name. */
  public KeySpec orOlder(String olderName) {
    return new KeySpec(name, List.of(olderName), type, required, defaultValue, description);
  }

  /** The same key, optional. */
  public KeySpec asOptional() {
    return new KeySpec(name, olderNames, type, false, defaultValue, description);
  }

  /** Whether this is one of its names. */
  public boolean isNamed(String word) {
    return name.equals(word) || olderNames.contains(word);
  }
}
