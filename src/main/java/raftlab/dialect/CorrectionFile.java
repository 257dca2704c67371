package raftlab.dialect;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.LocatedJson;
import raftlab.scenario.file.LocatedJsonParser;
import raftlab.scenario.file.ScenarioFileChecker;
import raftlab.trace.TraceHeader;

/**
 * Reads {@code raftlab-dialect.json}, the file beside a replica's program that says what its
 * messages mean.
 */
public final class CorrectionFile {
  /** The name of the file. */
  public static final String NAME = "raftlab-dialect.json";

  private static final String ROLE = "role";
  private static final String FIRST_INDEX = "first index";
  private static final String REFERENCE = "reference";
  private static final Map<String, Role> ROLES = new LinkedHashMap<>();
  private static final Map<String, FieldMeaning> MEANINGS = new LinkedHashMap<>();

  static {
    ROLES.put("vote request", Role.VOTE_REQUEST);
    ROLES.put("vote", Role.VOTE_REPLY);
    ROLES.put("pre-vote request", Role.PRE_VOTE_REQUEST);
    ROLES.put("pre-vote", Role.PRE_VOTE_REPLY);
    ROLES.put("append entries", Role.APPEND);
    ROLES.put("append reply", Role.APPEND_REPLY);
    ROLES.put("install snapshot", Role.INSTALL_SNAPSHOT);
    ROLES.put("reply", Role.REPLY);
    ROLES.put("other", Role.OTHER);
    for (FieldMeaning meaning : FieldMeaning.values()) {
      boolean isFixed = meaning != FieldMeaning.PRE_VOTE && meaning != FieldMeaning.ECHO;
      if (isFixed) {
        MEANINGS.put(meaning.text(), meaning);
      }
    }
  }

  private final String file;
  private final List<FileProblem> problems = new ArrayList<>();

  private CorrectionFile(String file) {
    this.file = file;
  }

  /** The file beside the program of this command; empty if there is none. */
  public static Optional<Path> beside(List<String> replicaCommand) {
    if (replicaCommand.isEmpty() || replicaCommand.get(0).equals(REFERENCE)) {
      return Optional.empty();
    }
    for (String word : replicaCommand) {
      try {
        Path file = Path.of(word).resolveSibling(NAME);
        if (Files.isRegularFile(Path.of(word)) && Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException noFile) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** The corrections beside the program of a run; none if there is no such file, or it is wrong. */
  public static Corrections of(TraceHeader header) {
    Optional<Path> file = beside(header.replicaCommand());
    try {
      return file.isEmpty() ? Corrections.NONE : read(file.get());
    } catch (ScenarioException wrong) {
      return Corrections.NONE;
    }
  }

  /** Reads a file; throws all its problems. */
  public static Corrections read(Path path) throws ScenarioException {
    CorrectionFile reader = new CorrectionFile(path.toString());
    LocatedJson json = LocatedJsonParser.parse(reader.file, ScenarioFileChecker.text(path));
    Map<String, Corrections.Kind> kinds = new HashMap<>();
    if (json instanceof LocatedJson.Obj object) {
      for (LocatedJson.Member member : object.members()) {
        if (kinds.put(member.key(), reader.kind(member)) != null) {
          reader.add(member.line(), member.column(), quoted(member) + " is given twice", "it once");
        }
      }
    } else {
      String found = "the file holds " + json.description();
      reader.add(json.line(), json.column(), found, "an object with types of messages as keys");
    }
    if (!reader.problems.isEmpty()) {
      throw new ScenarioException(reader.problems);
    }
    return new Corrections(reader.file, kinds);
  }

  private Corrections.Kind kind(LocatedJson.Member member) {
    Optional<Role> role = Optional.empty();
    OptionalLong firstIndex = OptionalLong.empty();
    Map<FieldMeaning, Corrections.Field> fields = new EnumMap<>(FieldMeaning.class);
    if (member.value() instanceof LocatedJson.Str) {
      role = role(quoted(member), member.value());
    } else if (member.value() instanceof LocatedJson.Obj object) {
      for (LocatedJson.Member each : object.members()) {
        if (each.key().equals(ROLE)) {
          role = role(quoted(each), each.value());
        }
      }
      for (LocatedJson.Member each : object.members()) {
        if (each.key().equals(FIRST_INDEX)) {
          firstIndex = firstIndex(each);
        } else if (!each.key().equals(ROLE)) {
          field(each, role, fields);
        }
      }
    } else {
      String found = quoted(member) + " is " + member.value().description();
      add(member.line(), member.column(), found, "a role, or an object with role and fields");
    }
    return new Corrections.Kind(member.line(), member.column(), role, firstIndex, fields);
  }

  private Optional<Role> role(String name, LocatedJson value) {
    if (value instanceof LocatedJson.Str text) {
      String word = text.text().strip().toLowerCase(Locale.ROOT);
      Optional<Role> inWords =
          Arrays.stream(Role.values())
              .filter(each -> each.text().toLowerCase(Locale.ROOT).equals(word))
              .findFirst();
      Role role = ROLES.get(word);
      if (role != null || inWords.isPresent()) {
        return role != null ? Optional.of(role) : inWords;
      }
      addUnknown(
          text.line(), text.column(), name + " is " + text.description(), word, ROLES.keySet());
    } else {
      String found = name + " is " + value.description();
      add(value.line(), value.column(), found, Corrections.oneOf(ROLES.keySet()));
    }
    return Optional.empty();
  }

  private OptionalLong firstIndex(LocatedJson.Member member) {
    if (member.value() instanceof LocatedJson.Num number
        && (number.text().equals("0") || number.text().equals("1"))) {
      return OptionalLong.of(Long.parseLong(number.text()));
    }
    LocatedJson value = member.value();
    add(value.line(), value.column(), quoted(member) + " is " + value.description(), "0 or 1");
    return OptionalLong.empty();
  }

  private void field(
      LocatedJson.Member member, Optional<Role> role, Map<FieldMeaning, Corrections.Field> fields) {
    FieldMeaning meaning = MEANINGS.get(member.key());
    if (meaning == null || role.isPresent() && !meaning.isOf(role.get())) {
      List<String> valid = new ArrayList<>(List.of(ROLE, FIRST_INDEX));
      MEANINGS.forEach(
          (word, each) -> {
            if (role.isEmpty() || each.isOf(role.get())) {
              valid.add(word);
            }
          });
      String of = role.map(each -> " of " + each.text()).orElse("");
      String found = quoted(member) + " is not a field" + of;
      addUnknown(member.line(), member.column(), found, member.key(), valid);
      return;
    }
    LocatedJson value = member.value();
    boolean needsValue = meaning == FieldMeaning.VOTE_GRANTED || meaning == FieldMeaning.REJECTED;
    Corrections.Field field = named(value, needsValue);
    if (field == null) {
      String expected =
          needsValue
              ? "a field of the message and its value, such as \"granted = true\""
              : "the name of a field of the message, such as \"term\" or \"body.term\"";
      add(value.line(), value.column(), quoted(member) + " is " + value.description(), expected);
    } else if (fields.put(meaning, field) != null) {
      add(member.line(), member.column(), quoted(member) + " is given twice", "it once");
    }
  }

  private static Corrections.@Nullable Field named(LocatedJson value, boolean needsValue) {
    if (!(value instanceof LocatedJson.Str text) || text.text().isBlank()) {
      return null;
    }
    if (!needsValue) {
      return new Corrections.Field(text.line(), text.column(), text.text().strip(), "");
    }
    int equals = text.text().lastIndexOf('=');
    String path = equals < 0 ? "" : text.text().substring(0, equals).strip();
    String last = text.text().substring(equals + 1).strip();
    return path.isEmpty() || last.isEmpty()
        ? null
        : new Corrections.Field(text.line(), text.column(), path, last);
  }

  private void addUnknown(
      int line, int column, String found, String word, Collection<String> valid) {
    problems.add(
        new FileProblem(
            file, line, column, found, Corrections.oneOf(valid), Corrections.nearest(word, valid)));
  }

  private void add(int line, int column, String found, String expected) {
    problems.add(new FileProblem(file, line, column, found, expected));
  }

  private static String quoted(LocatedJson.Member member) {
    return '"' + member.key() + '"';
  }
}
