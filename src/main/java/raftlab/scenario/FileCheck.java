package raftlab.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.scenario.MessagePattern.Party;
import raftlab.wire.NearestWord;

/**
 * Checks a file against the table of its keys, and collects everything that is wrong with it. It
 * goes on after each problem, so that a person can mend all of them at once.
 */
public final class FileCheck {
  private final String file;
  private final Section root;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** Nothing is checked yet. */
  public FileCheck(String file, Section root) {
    this.file = file;
    this.root = root;
  }

  /** The text of a file, which must be UTF-8. */
  public static String text(Path file) throws ScenarioException {
    return SourceFile.read(file);
  }

  /**
   * Parses the text and checks all that the table knows about; an exception if there is no object
   * to be checked.
   */
  public Json.Obj parse(String text) throws ScenarioException {
    boolean marked = text.startsWith("\uFEFF");
    if (marked) {
      problems.add(
          new Problem(
              file, 1, 1, "the file starts with a byte order mark", "a file saved without one"));
    }
    Json json = JsonText.parse(file, marked ? text.substring(1) : text);
    if (json instanceof Json.Obj object) {
      check(object, root);
      return object;
    }
    problem(json, "the file holds " + json.inWords(), "an object with keys of " + root.title());
    throw new ScenarioException(problems);
  }

  /** Notes a problem with a value. */
  public void problem(Json at, String found, String expected) {
    problem(at, found, expected, Optional.empty());
  }

  /** Notes a problem with a value, and what was probably meant. */
  public void problem(Json at, String found, String expected, Optional<String> suggestion) {
    problems.add(new Problem(file, at.line(), at.column(), found, expected, suggestion));
  }

  /**
   * Notes something that the author should know, but that doesn't keep the file from being used.
   */
  public void warning(int line, int column, String found) {
    warnings.add(new Problem(file, line, column, found, ""));
  }

  /** The problems so far, in the order of their lines. */
  public List<Problem> problems() {
    return inOrder(problems);
  }

  /** The warnings, each a line, in the order of their lines. */
  public List<String> warnings() {
    return inOrder(warnings).stream().map(Problem::toString).toList();
  }

  /** Throws if there was any problem. */
  public void throwProblems() throws ScenarioException {
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems());
    }
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  private void check(Json.Obj object, Section section) {
    Map<String, Json.Member> seen = new HashMap<>();
    for (Json.Member member : object.members()) {
      Optional<Key> key = section.key(member.key());
      Optional<Key> unread =
          section.unread().stream().filter(known -> known.isNamed(member.key())).findFirst();
      Json.Member first = seen.putIfAbsent(key.map(Key::name).orElse(member.key()), member);
      if (first != null) {
        repeated(member, first);
      }
      key.or(() -> unread)
          .ifPresentOrElse(
              known -> value(Json.quoted(member.key()), member.value(), known.type()),
              () -> unknown(member, section));
    }
    for (Key key : section.keys()) {
      if (key.required() && !seen.containsKey(key.name())) {
        problem(object, Json.quoted(key.name()) + " is missing", key.type().inWords());
      }
    }
  }

  private void repeated(Json.Member member, Json.Member first) {
    String found =
        member.key().equals(first.key())
            ? Json.quoted(member.key()) + " is given a second time"
            : Json.quoted(member.key()) + " is another name of " + Json.quoted(first.key());
    String expected = "it once (the first is in line " + first.line() + ")";
    problems.add(new Problem(file, member.line(), member.column(), found, expected));
  }

  private void unknown(Json.Member member, Section section) {
    String found = Json.quoted(member.key()) + " is not a key of " + section.title();
    problems.add(
        new Problem(
            file,
            member.line(),
            member.column(),
            found,
            ValueType.oneOf(section.names()),
            meant(member.key(), section)));
  }

  /**
   * A key of another section is misplaced; else it is misspelt, and more likely a key of this
   * section than of others.
   */
  private Optional<String> meant(String word, Section section) {
    List<Section> all = new ArrayList<>(section.withNested());
    all.addAll(root.withNested());
    Optional<String> near = NearestWord.of(word, section.names());
    boolean plural = near.filter(name -> name.equals(word + "s")).isPresent();
    List<Section> those = all.stream().filter(s -> s.key(word).isPresent()).distinct().toList();
    if (!those.isEmpty() && !plural) {
      return Optional.of("it belongs " + place(those));
    }
    if (near.isPresent()) {
      return near.flatMap(section::key)
          .map(key -> didYouMean(key.name()) + " It takes " + key.type().inWords());
    }
    for (Section other : all) {
      Optional<String> elsewhere = NearestWord.of(word, other.names());
      if (elsewhere.isPresent()) {
        return elsewhere.map(
            name -> "did you mean " + Json.quoted(name) + ", which belongs " + other.place() + "?");
      }
    }
    return Optional.empty();
  }

  /** Where a key belongs that these sections have. */
  private static String place(List<Section> those) {
    boolean common = those.stream().map(Section::place).distinct().count() > 1;
    return common && those.get(0).isVariant()
        ? "inside an event of \"events\" or a step of \"steps\""
        : those.get(0).place();
  }

  /** The suggestion of a word. */
  public static String didYouMean(String word) {
    return "did you mean " + Json.quoted(word) + "?";
  }

  private void value(String label, Json value, ValueType type) {
    if (type instanceof ValueType.Nested nested && value instanceof Json.Obj object) {
      check(object, nested.section());
    } else if (type instanceof ValueType.Variants variants && value instanceof Json.Obj object) {
      variant(object, variants);
    } else if (type instanceof ValueType.ListOf list && value instanceof Json.Arr array) {
      list(label, array, list);
    } else if (type instanceof ValueType.Tiers tiers && value instanceof Json.Arr array) {
      numbers(label, array, 3, tiers.each(), tiers.inWords());
    } else if (type instanceof ValueType.Span span && value instanceof Json.Arr array) {
      numbers(label, array, 2, span.each(), span.inWords());
    } else if (type instanceof ValueType.Word word && value instanceof Json.Str text) {
      word(text, word.what(), word.words());
    } else if (type instanceof ValueType.Chosen) {
      chosen(label, value, type);
    } else if (type instanceof ValueType.Either either) {
      either(label, value, either);
    } else if (!accepts(type, value)) {
      boolean quotedNumber =
          type instanceof ValueType.Number
              && value instanceof Json.Str text
              && new Json.Num(0, 0, text.text()).value().isPresent();
      String expected = type.inWords() + (quotedNumber ? ", without quotes" : "");
      problem(value, label + " is " + value.inWords(), expected);
    }
  }

  private static boolean accepts(ValueType type, Json value) {
    if (type instanceof ValueType.Number number) {
      return value instanceof Json.Num given && number.accepts(given);
    } else if (type instanceof ValueType.Flag) {
      return value instanceof Json.Literal literal && !literal.text().equals("null");
    }
    return value instanceof Json.Str given && acceptsText(type, given.text());
  }

  private static boolean acceptsText(ValueType type, String text) {
    if (type instanceof ValueType.Text line) {
      return line.accepts(text);
    } else if (type instanceof ValueType.AnyText any) {
      return text.length() <= any.maxLength();
    } else if (type instanceof ValueType.Form form) {
      return text.matches(form.form());
    }
    return type instanceof ValueType.PartyWord && Party.of(text).isPresent();
  }

  private void variant(Json.Obj object, ValueType.Variants variants) {
    for (ValueType.Variant variant : variants.variants().get()) {
      if (variant.fits(object)) {
        check(object, variant.section());
        return;
      }
    }
    for (Json.Member member : object.members()) {
      List<String> words = variants.words(member.key());
      if (!words.isEmpty()) {
        String what = "a " + member.key() + " of " + variants.what().replaceFirst("^an? ", "");
        value(Json.quoted(member.key()), member.value(), new ValueType.Word(what, words));
        return;
      }
    }
    List<String> keys = variants.keys();
    if (keys.size() == 1) {
      String expected = ValueType.oneOf(variants.words(keys.get(0)));
      problem(object, Json.quoted(keys.get(0)) + " is missing", expected);
    } else {
      problem(object, variants.what() + " has none of its keys", variants.inWords());
    }
  }

  private void chosen(String label, Json value, ValueType type) {
    if (value instanceof Json.Arr array && !array.elements().isEmpty()) {
      array.elements().forEach(element -> oneChosen(label, element, type));
    } else {
      oneChosen(label, value, type);
    }
  }

  private void oneChosen(String label, Json value, ValueType type) {
    if (!(value instanceof Json.Str text)) {
      problem(value, label + " is " + value.inWords(), type.inWords());
    } else if (Who.part(text.text()).isEmpty()) {
      problem(
          value,
          label + " is " + value.inWords(),
          type.inWords(),
          Who.nearest(text.text()).map(near -> didYouMean(near) + " Expected " + type.inWords()));
    }
  }

  /** The first type whose kind of JSON value this is, says what is wrong with it. */
  private void either(String label, Json value, ValueType.Either either) {
    for (ValueType type : either.types()) {
      boolean itsKind =
          value instanceof Json.Num && type instanceof ValueType.Number
              || value instanceof Json.Arr
                  && (type instanceof ValueType.Span || type instanceof ValueType.ListOf)
              || value instanceof Json.Obj && type instanceof ValueType.Nested;
      if (itsKind) {
        value(label, value, type);
        return;
      }
    }
    problem(value, label + " is " + value.inWords(), either.inWords());
  }

  private void list(String label, Json.Arr array, ValueType.ListOf list) {
    if (array.elements().size() < list.atLeast()) {
      problem(array, label + " is an empty list", list.inWords());
    }
    for (Json element : array.elements()) {
      value(list.what() + " in " + label, element, list.each());
    }
  }

  private void word(Json.Str text, String what, List<String> words) {
    if (!words.contains(text.text())) {
      String expected = ValueType.oneOf(words);
      problem(
          text,
          Json.quoted(text.text()) + " is not " + what,
          expected,
          NearestWord.of(text.text(), words)
              .map(near -> didYouMean(near) + (isLong(words) ? "" : " Expected " + expected)));
    }
  }

  /** Whether so many words would bury the one that was meant. */
  private static boolean isLong(List<String> words) {
    return words.size() > 20;
  }

  private void numbers(
      String label, Json.Arr array, int size, ValueType.Number each, String expected) {
    int count = array.elements().size();
    if (count != size) {
      problem(array, label + " has " + count + (count == 1 ? " element" : " elements"), expected);
    }
    Json.Num before = null;
    for (Json element : array.elements()) {
      if (!accepts(each, element)) {
        problem(element, label + " has " + element.inWords() + " in it", expected);
        continue;
      }
      Json.Num number = (Json.Num) element;
      if (before != null && number.isBelow(before)) {
        problem(
            element, label + " has " + element.inWords() + " after " + before.inWords(), expected);
      }
      before = number;
    }
  }

  /** Whether a value is all right on its own. */
  static boolean isValid(ValueType type, Json value) {
    FileCheck check = new FileCheck("", ScenarioKeys.SCENARIO);
    check.value("", value, type);
    return check.problems.isEmpty();
  }
}
