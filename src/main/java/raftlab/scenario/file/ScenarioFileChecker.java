package raftlab.scenario.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import raftlab.scenario.FileProblem;
import raftlab.scenario.MessagePattern.Party;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.TargetSelector;
import raftlab.wire.NearestWord;

/**
 * Checks a file against the table of its keys. It collects all problems instead of stopping at the
 * first, so that the author can fix them all at once.
 */
public final class ScenarioFileChecker {
  private final String file;
  private final SectionSpec root;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<FileProblem> warnings = new ArrayList<>();

  /** A checker without problems. */
  public ScenarioFileChecker(String file, SectionSpec root) {
    this.file = file;
    this.root = root;
  }

  /** The text of a file, which must be UTF-8. */
  public static String text(Path file) throws ScenarioException {
    return TextFileReader.read(file);
  }

  /**
   * Parses the text and checks everything that the table defines; throws if there is no object to
   * check.
   */
  public LocatedJson.Obj parse(String text) throws ScenarioException {
    boolean marked = text.startsWith("\uFEFF");
    if (marked) {
      problems.add(
          new FileProblem(
              file, 1, 1, "the file starts with a byte order mark", "a file saved without one"));
    }
    LocatedJson json = LocatedJsonParser.parse(file, marked ? text.substring(1) : text);
    if (json instanceof LocatedJson.Obj object) {
      check(object, root);
      return object;
    }
    addProblem(
        json, "the file holds " + json.description(), "an object with keys of " + root.title());
    throw new ScenarioException(problems);
  }

  /** Adds a problem with a value. */
  public void addProblem(LocatedJson at, String found, String expected) {
    addProblem(at, found, expected, Optional.empty());
  }

  /** Adds a problem with a value, and a suggestion. */
  public void addProblem(
      LocatedJson at, String found, String expected, Optional<String> suggestion) {
    problems.add(new FileProblem(file, at.line(), at.column(), found, expected, suggestion));
  }

  /** Adds a warning: the file can be used, but its author should look at it. */
  public void addWarning(int line, int column, String found) {
    warnings.add(new FileProblem(file, line, column, found, ""));
  }

  /** The problems so far, in the order of their lines. */
  public List<FileProblem> problems() {
    return sorted(problems);
  }

  /** The warnings, each a line, in the order of their lines. */
  public List<String> warnings() {
    return sorted(warnings).stream().map(FileProblem::toString).toList();
  }

  /** Throws if there was any problem. */
  public void throwProblems() throws ScenarioException {
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems());
    }
  }

  private static List<FileProblem> sorted(List<FileProblem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column))
        .toList();
  }

  private void check(LocatedJson.Obj object, SectionSpec section) {
    Map<String, LocatedJson.Member> seen = new HashMap<>();
    for (LocatedJson.Member member : object.members()) {
      Optional<KeySpec> key = section.key(member.key());
      Optional<KeySpec> unread =
          section.ignoredKeys().stream().filter(known -> known.isNamed(member.key())).findFirst();
      LocatedJson.Member first =
          seen.putIfAbsent(key.map(KeySpec::name).orElse(member.key()), member);
      if (first != null) {
        reportRepeatedKey(member, first);
      }
      key.or(() -> unread)
          .ifPresentOrElse(
              known -> checkValue(LocatedJson.quoted(member.key()), member.value(), known.type()),
              () -> reportUnknownKey(member, section));
    }
    for (KeySpec key : section.keys()) {
      if (key.required() && !seen.containsKey(key.name())) {
        addProblem(
            object, LocatedJson.quoted(key.name()) + " is missing", key.type().description());
      }
    }
  }

  private void reportRepeatedKey(LocatedJson.Member member, LocatedJson.Member first) {
    String found =
        member.key().equals(first.key())
            ? LocatedJson.quoted(member.key()) + " is given twice"
            : LocatedJson.quoted(member.key())
                + " is another name of "
                + LocatedJson.quoted(first.key());
    String expected = "it once (the first is in line " + first.line() + ")";
    problems.add(new FileProblem(file, member.line(), member.column(), found, expected));
  }

  private void reportUnknownKey(LocatedJson.Member member, SectionSpec section) {
    String found = LocatedJson.quoted(member.key()) + " is not a key of " + section.title();
    problems.add(
        new FileProblem(
            file,
            member.line(),
            member.column(),
            found,
            ValueType.oneOf(section.names()),
            suggestKey(member.key(), section)));
  }

  /**
   * Suggests a correction: where a key of another section belongs; else the nearest key, preferably
   * of this section.
   */
  private Optional<String> suggestKey(String word, SectionSpec section) {
    List<SectionSpec> all = new ArrayList<>(section.withNested());
    all.addAll(root.withNested());
    Optional<String> near = NearestWord.of(word, section.names());
    boolean plural = near.filter(name -> name.equals(word + "s")).isPresent();
    List<SectionSpec> those = all.stream().filter(s -> s.key(word).isPresent()).distinct().toList();
    if (!those.isEmpty() && !plural) {
      return Optional.of("it belongs " + sectionText(those));
    }
    if (near.isPresent()) {
      return near.flatMap(section::key)
          .map(key -> didYouMean(key.name()) + " It takes " + key.type().description());
    }
    for (SectionSpec other : all) {
      Optional<String> elsewhere = NearestWord.of(word, other.names());
      if (elsewhere.isPresent()) {
        return elsewhere.map(
            name ->
                "did you mean "
                    + LocatedJson.quoted(name)
                    + ", which belongs "
                    + other.place()
                    + "?");
      }
    }
    return Optional.empty();
  }

  /** Where a key of these sections belongs. */
  private static String sectionText(List<SectionSpec> those) {
    boolean common = those.stream().map(SectionSpec::place).distinct().count() > 1;
    return common && those.get(0).isVariant()
        ? "inside an event of \"events\" or a step of \"steps\""
        : those.get(0).place();
  }

  /** A suggestion of this word. */
  public static String didYouMean(String word) {
    return "did you mean " + LocatedJson.quoted(word) + "?";
  }

  private void checkValue(String label, LocatedJson value, ValueType type) {
    if (type instanceof ValueType.Nested nested && value instanceof LocatedJson.Obj object) {
      check(object, nested.section());
    } else if (type instanceof ValueType.Variants variants
        && value instanceof LocatedJson.Obj object) {
      checkVariant(object, variants);
    } else if (type instanceof ValueType.ListOf list && value instanceof LocatedJson.Arr array) {
      checkList(label, array, list);
    } else if (type instanceof ValueType.Tiers tiers && value instanceof LocatedJson.Arr array) {
      checkNumbers(label, array, 3, tiers.each(), tiers.description());
    } else if (type instanceof ValueType.Range span && value instanceof LocatedJson.Arr array) {
      checkNumbers(label, array, 2, span.each(), span.description());
    } else if (type instanceof ValueType.Word word && value instanceof LocatedJson.Str text) {
      checkWord(text, word.what(), word.words());
    } else if (type instanceof ValueType.SelectorWords) {
      checkSelector(label, value, type);
    } else if (type instanceof ValueType.Either either) {
      checkEither(label, value, either);
    } else if (!accepts(type, value)) {
      boolean quotedNumber =
          type instanceof ValueType.Number
              && value instanceof LocatedJson.Str text
              && new LocatedJson.Num(0, 0, text.text()).value().isPresent();
      String expected = type.description() + (quotedNumber ? ", without quotes" : "");
      addProblem(value, label + " is " + value.description(), expected);
    }
  }

  private static boolean accepts(ValueType type, LocatedJson value) {
    if (type instanceof ValueType.Number number) {
      return value instanceof LocatedJson.Num given && number.accepts(given);
    } else if (type instanceof ValueType.Flag) {
      return value instanceof LocatedJson.Literal literal && !literal.text().equals("null");
    }
    return value instanceof LocatedJson.Str given && acceptsText(type, given.text());
  }

  private static boolean acceptsText(ValueType type, String text) {
    if (type instanceof ValueType.Text line) {
      return line.accepts(text);
    } else if (type instanceof ValueType.AnyText any) {
      return text.length() <= any.maxLength();
    } else if (type instanceof ValueType.PatternText form) {
      return text.matches(form.regex());
    }
    return type instanceof ValueType.MessagePartyWord && Party.of(text).isPresent();
  }

  private void checkVariant(LocatedJson.Obj object, ValueType.Variants variants) {
    for (ValueType.Variant variant : variants.variants().get()) {
      if (variant.fits(object)) {
        check(object, variant.section());
        return;
      }
    }
    for (LocatedJson.Member member : object.members()) {
      List<String> words = variants.words(member.key());
      if (!words.isEmpty()) {
        String what = "a " + member.key() + " of " + variants.what().replaceFirst("^an? ", "");
        checkValue(
            LocatedJson.quoted(member.key()), member.value(), new ValueType.Word(what, words));
        return;
      }
    }
    List<String> keys = variants.keys();
    if (keys.size() == 1) {
      String expected = ValueType.oneOf(variants.words(keys.get(0)));
      addProblem(object, LocatedJson.quoted(keys.get(0)) + " is missing", expected);
    } else {
      addProblem(object, variants.what() + " has none of its keys", variants.description());
    }
  }

  private void checkSelector(String label, LocatedJson value, ValueType type) {
    if (value instanceof LocatedJson.Arr array && !array.elements().isEmpty()) {
      array.elements().forEach(element -> checkOneSelector(label, element, type));
    } else {
      checkOneSelector(label, value, type);
    }
  }

  private void checkOneSelector(String label, LocatedJson value, ValueType type) {
    if (!(value instanceof LocatedJson.Str text)) {
      addProblem(value, label + " is " + value.description(), type.description());
    } else if (TargetSelector.parsePart(text.text()).isEmpty()) {
      addProblem(
          value,
          label + " is " + value.description(),
          type.description(),
          TargetSelector.nearestWord(text.text())
              .map(near -> didYouMean(near) + " Expected " + type.description()));
    }
  }

  /** Reports against the first type with this kind of JSON value. */
  private void checkEither(String label, LocatedJson value, ValueType.Either either) {
    for (ValueType type : either.types()) {
      boolean itsKind =
          value instanceof LocatedJson.Num && type instanceof ValueType.Number
              || value instanceof LocatedJson.Arr
                  && (type instanceof ValueType.Range || type instanceof ValueType.ListOf)
              || value instanceof LocatedJson.Obj && type instanceof ValueType.Nested;
      if (itsKind) {
        checkValue(label, value, type);
        return;
      }
    }
    addProblem(value, label + " is " + value.description(), either.description());
  }

  private void checkList(String label, LocatedJson.Arr array, ValueType.ListOf list) {
    if (array.elements().size() < list.atLeast()) {
      addProblem(array, label + " is an empty list", list.description());
    }
    for (LocatedJson element : array.elements()) {
      checkValue(list.what() + " in " + label, element, list.each());
    }
  }

  private void checkWord(LocatedJson.Str text, String what, List<String> words) {
    if (!words.contains(text.text())) {
      String expected = ValueType.oneOf(words);
      addProblem(
          text,
          LocatedJson.quoted(text.text()) + " is not " + what,
          expected,
          NearestWord.of(text.text(), words)
              .map(near -> didYouMean(near) + (isLong(words) ? "" : " Expected " + expected)));
    }
  }

  /** Whether listing these words would hide the suggestion. */
  private static boolean isLong(List<String> words) {
    return words.size() > 20;
  }

  private void checkNumbers(
      String label, LocatedJson.Arr array, int size, ValueType.Number each, String expected) {
    int count = array.elements().size();
    if (count != size) {
      addProblem(
          array, label + " has " + count + (count == 1 ? " element" : " elements"), expected);
    }
    LocatedJson.Num before = null;
    for (LocatedJson element : array.elements()) {
      if (!accepts(each, element)) {
        addProblem(element, label + " has " + element.description() + " in it", expected);
        continue;
      }
      LocatedJson.Num number = (LocatedJson.Num) element;
      if (before != null && number.isBelow(before)) {
        addProblem(
            element,
            label + " has " + element.description() + " after " + before.description(),
            expected);
      }
      before = number;
    }
  }

  /** Whether a value is valid by itself. */
  static boolean isValid(ValueType type, LocatedJson value) {
    ScenarioFileChecker check = new ScenarioFileChecker("", ScenarioKeys.SCENARIO);
    check.checkValue("", value, type);
    return check.problems.isEmpty();
  }
}
