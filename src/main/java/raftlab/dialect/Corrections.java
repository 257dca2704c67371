package raftlab.dialect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.FileProblem;
import raftlab.wire.NearestWord;

/**
 * What a file says about the messages of replicas. It takes the place of what would be learned; the
 * run tests it in the same way.
 *
 * @param file the file, as the user named it; empty if there is none
 * @param kinds the corrections of each kind of message
 */
public record Corrections(String file, Map<String, Kind> kinds) {
  /** No corrections. */
  public static final Corrections NONE = new Corrections("", Map.of());

  /** Copies the map. */
  public Corrections {
    kinds = Map.copyOf(kinds);
  }

  /**
   * The corrections of a kind of message.
   *
   * @param line the line of the file, from 1
   * @param column the column, from 1
   */
  public record Kind(
      int line,
      int column,
      Optional<Role> role,
      OptionalLong firstIndex,
      Map<FieldMeaning, Field> fields) {
    /** Copies the map. */
    public Kind {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * A field of a kind of message.
   *
   * @param value the value that has the meaning; empty if the field's value is a number or a list
   */
  public record Field(int line, int column, String path, String value) {}

  /** Whether there are none. */
  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** The role of a kind, if the file has it. */
  Optional<Role> role(String kind) {
    Kind correction = kinds.get(kind);
    return correction == null ? Optional.empty() : correction.role();
  }

  /** Whether the file has this role for any kind. */
  boolean hasRole(Role role) {
    return kinds.values().stream().anyMatch(each -> each.role().equals(Optional.of(role)));
  }

  /** The field with this meaning; null if the file has none. */
  @Nullable Field field(String kind, FieldMeaning meaning) {
    Kind correction = kinds.get(kind);
    return correction == null ? null : correction.fields().get(meaning);
  }

  /** The path of the field with this meaning; null if the file has none. */
  @Nullable String path(String kind, FieldMeaning meaning) {
    Field field = field(kind, meaning);
    return field == null ? null : field.path();
  }

  /** What must be added to an index of a kind so that the first entry has index 1. */
  OptionalLong offset(String kind) {
    Kind correction = kinds.get(kind);
    return correction == null || correction.firstIndex().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(1 - correction.firstIndex().getAsLong());
  }

  /**
   * Of these fields those that may have a meaning: only the one of the file; else those to which
   * the file gives no other meaning.
   */
  Set<String> possible(String kind, FieldMeaning meaning, Collection<String> paths) {
    String path = path(kind, meaning);
    if (path != null) {
      return Set.of(path);
    }
    Kind correction = kinds.get(kind);
    Set<String> possible = new TreeSet<>(paths);
    if (correction != null) {
      correction.fields().values().forEach(other -> possible.remove(other.path()));
    }
    return possible;
  }

  // ---- compared with a run ----

  /** The corrections that can apply to a run: its messages have these types and fields. */
  Corrections applicable(Map<String, Set<String>> paths) {
    Map<String, Kind> left = new HashMap<>();
    kinds.forEach(
        (name, kind) -> {
          Set<String> known = paths.get(name);
          if (known != null) {
            Map<FieldMeaning, Field> fields = new EnumMap<>(FieldMeaning.class);
            kind.fields()
                .forEach(
                    (meaning, field) -> {
                      if (known.contains(field.path())) {
                        fields.put(meaning, field);
                      }
                    });
            left.put(
                name, new Kind(kind.line(), kind.column(), kind.role(), kind.firstIndex(), fields));
          }
        });
    return new Corrections(file, left);
  }

  /** Types and fields that no message of a run has. */
  List<FileProblem> inapplicable(Map<String, Set<String>> paths) {
    List<FileProblem> problems = new ArrayList<>();
    new TreeMap<>(kinds)
        .forEach(
            (name, kind) -> {
              Set<String> known = paths.get(name);
              if (known == null) {
                String found = "no replica sent a message of type " + quoted(name) + " in this run";
                problems.add(problem(kind.line(), kind.column(), found, name, paths.keySet()));
                return;
              }
              new TreeMap<>(kind.fields())
                  .values()
                  .forEach(
                      field -> {
                        if (!known.contains(field.path())) {
                          String found =
                              "no message of type "
                                  + quoted(name)
                                  + " has a field "
                                  + quoted(field.path())
                                  + " in this run";
                          problems.add(
                              problem(field.line(), field.column(), found, field.path(), known));
                        }
                      });
            });
    return problems;
  }

  private FileProblem problem(
      int line, int column, String found, String word, Collection<String> valid) {
    return new FileProblem(file, line, column, found, oneOf(valid), nearest(word, valid));
  }

  /** The words that would be right, in one line. */
  static String oneOf(Collection<String> valid) {
    return valid.isEmpty()
        ? "nothing"
        : "one of " + valid.stream().limit(20).collect(Collectors.joining(", "));
  }

  /**
   * What to say in place of the expected words if one of them is near: these words and that one.
   */
  static Optional<String> nearest(String word, Collection<String> valid) {
    return NearestWord.of(word, valid)
        .map(near -> "expected " + oneOf(valid) + "; did you mean " + quoted(near) + "?");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
