package raftlab.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import raftlab.scenario.FileProblem;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.KeySpec;
import raftlab.scenario.file.KeyValues;
import raftlab.scenario.file.LocatedJson;
import raftlab.scenario.file.ScenarioFileChecker;
import raftlab.scenario.file.ScenarioKeys;
import raftlab.scenario.file.ScenarioReader;
import raftlab.scenario.file.SectionSpec;
import raftlab.scenario.file.ValueType.ListOf;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Text;
import raftlab.suite.Suite.Group;
import raftlab.wire.NearestWord;

/**
 * Finds and reads a suite: a folder of scenario files, or one file.
 *
 * <p>A folder's {@code suite.json} sets title, groups and order; without it, all files form one
 * group in natural order of their names. If any scenario can't be read, an exception reports the
 * problems of all.
 */
public final class SuiteReader {
  private static final String SUFFIX = ".json";

  /** The file that sets a folder's title, groups and order. */
  public static final String INDEX = "suite.json";

  private static final String SCHEMA = "schema.json";

  private static final KeySpec TITLE = KeySpec.required("title", new Text(200), "The heading");
  private static final KeySpec SCENARIOS =
      KeySpec.required(
          "scenarios",
          new ListOf("a scenario", new Text(200), 1),
          "The scenarios in order: file names without .json");

  /** The keys of a group in a suite.json. */
  public static final SectionSpec GROUP =
      new SectionSpec("a group", "inside a group of \"groups\"", List.of(TITLE, SCENARIOS));

  private static final KeySpec GROUPS =
      KeySpec.required(
          "groups", new ListOf("a group", new Nested(GROUP), 1), "The suite's groups, in order");

  /** The keys of a suite.json. */
  public static final SectionSpec SUITE =
      new SectionSpec("a suite", "at the top level", List.of(TITLE, GROUPS, ScenarioKeys.SCHEMA));

  private SuiteReader() {}

  /**
   * Reads a suite.
   *
   * @param nameOrDirectory the name of a folder in the root, or a path of a folder or scenario file
   * @param configsRoot the folder of the named suites
   */
  public static Suite read(String nameOrDirectory, Path configsRoot) throws ScenarioException {
    Path path = find(nameOrDirectory, configsRoot);
    if (!Files.isDirectory(path)) {
      Scenario only = ScenarioReader.read(path);
      return new Suite(only.name(), only.title(), List.of(new Group(only.title(), List.of(only))));
    }
    Path index = path.resolve(INDEX);
    return Files.exists(index) ? readIndexed(path, index) : readUnindexed(path);
  }

  /** The names of the suites in the root, in natural order. */
  public static List<String> names(Path configsRoot) {
    if (!Files.isDirectory(configsRoot)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(configsRoot)) {
      return entries
          .filter(SuiteReader::holdsScenarios)
          .map(folder -> folder.getFileName().toString())
          .sorted(SuiteReader::compareNaturally)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static boolean holdsScenarios(Path folder) {
    try {
      return Files.isDirectory(folder) && !files(folder).isEmpty();
    } catch (ScenarioException e) {
      return false;
    }
  }

  private static Path find(String word, Path root) throws ScenarioException {
    try {
      for (Path path : List.of(root.resolve(word), Path.of(word), root.resolve(word + SUFFIX))) {
        if (!word.isBlank() && Files.exists(path)) {
          return path;
        }
      }
    } catch (InvalidPathException e) {
      // No folder can have such a name, so it is reported as unknown.
    }
    List<String> names = names(root);
    String known =
        names.isEmpty()
            ? "there are no suites in " + root
            : "the suites are "
                + names.stream().map(LocatedJson::quoted).collect(Collectors.joining(", "));
    throw new ScenarioException(
        new FileProblem(
            root.toString(),
            0,
            0,
            LocatedJson.quoted(word) + " is neither a suite, a folder nor a file; " + known,
            "",
            NearestWord.of(word, names).map(ScenarioFileChecker::didYouMean)));
  }

  private static Suite readUnindexed(Path folder) throws ScenarioException {
    List<FileProblem> problems = new ArrayList<>();
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : scenariosIn(folder)) {
      read(file, problems).ifPresent(scenarios::add);
    }
    throwAny(problems);
    String name = nameOf(folder);
    return new Suite(name, name, List.of(new Group(name, scenarios)));
  }

  /** The scenario files of a folder, in natural order; at least one. */
  public static List<Path> scenariosIn(Path folder) throws ScenarioException {
    Map<String, Path> files = files(folder);
    if (files.isEmpty()) {
      throw new ScenarioException(
          FileProblem.ofFile(
              folder.toString(), "no scenarios in this folder", "files named *" + SUFFIX));
    }
    return files.keySet().stream().sorted(SuiteReader::compareNaturally).map(files::get).toList();
  }

  private static Suite readIndexed(Path folder, Path index) throws ScenarioException {
    ScenarioFileChecker check = new ScenarioFileChecker(index.toString(), SUITE);
    KeyValues suite = new KeyValues(check.parse(ScenarioFileChecker.text(index)));
    Map<String, Path> files = files(folder);
    Map<String, LocatedJson> named = new HashMap<>();
    List<FileProblem> problems = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    for (LocatedJson element : suite.elements(GROUPS)) {
      if (element instanceof LocatedJson.Obj object) {
        KeyValues group = new KeyValues(object);
        List<Scenario> scenarios = new ArrayList<>();
        for (LocatedJson scenario : group.elements(SCENARIOS)) {
          if (scenario instanceof LocatedJson.Str name && isNew(name, named, files, check)) {
            Path file = Objects.requireNonNull(files.get(name.text()), "isNew checks that");
            read(file, problems).ifPresent(scenarios::add);
          }
        }
        groups.add(new Group(group.text(TITLE).orElse(""), scenarios));
      }
    }
    problems.addAll(0, check.problems());
    throwAny(problems);
    files.keySet().stream()
        .filter(name -> !named.containsKey(name))
        .sorted(SuiteReader::compareNaturally)
        .forEach(
            name ->
                check.addWarning(
                    0, 0, LocatedJson.quoted(name + SUFFIX) + " is in the folder but in no group"));
    return new Suite(nameOf(folder), suite.text(TITLE).orElseThrow(), groups, check.warnings());
  }

  /** Whether the name is that of a file and occurs for the first time; else reports a problem. */
  private static boolean isNew(
      LocatedJson.Str name,
      Map<String, LocatedJson> named,
      Map<String, Path> files,
      ScenarioFileChecker check) {
    LocatedJson first = named.putIfAbsent(name.text(), name);
    if (first != null) {
      check.addProblem(
          name,
          LocatedJson.quoted(name.text()) + " is named twice",
          "each scenario once (the first is in line " + first.line() + ")");
    } else if (!files.containsKey(name.text())) {
      List<String> known = files.keySet().stream().sorted(SuiteReader::compareNaturally).toList();
      check.addProblem(
          name,
          "there is no file " + LocatedJson.quoted(name.text() + SUFFIX) + " in the folder",
          "the name of a scenario file without " + SUFFIX,
          NearestWord.of(name.text(), known).map(ScenarioFileChecker::didYouMean));
    }
    return first == null && files.containsKey(name.text());
  }

  private static Optional<Scenario> read(Path file, List<FileProblem> problems) {
    try {
      return Optional.of(ScenarioReader.read(file));
    } catch (ScenarioException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static void throwAny(List<FileProblem> problems) throws ScenarioException {
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems);
    }
  }

  /** The scenario files of a folder by their names without the suffix. */
  private static Map<String, Path> files(Path folder) throws ScenarioException {
    Map<String, Path> files = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (isScenario(entry)) {
          files.put(name.substring(0, name.length() - SUFFIX.length()), entry);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ScenarioException(
          FileProblem.ofFile(folder.toString(), "can't read this folder", "a readable folder"));
    }
    return files;
  }

  /** Whether a file belongs to a suite but is not a scenario. */
  public static boolean isIndex(Path file) {
    return file.endsWith(INDEX);
  }

  /** Whether a file is the JSON schema. */
  public static boolean isSchema(Path file) {
    return file.endsWith(SCHEMA);
  }

  /** Whether a scenario file can have this name. */
  public static boolean isScenario(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".") && !isIndex(file) && !isSchema(file);
  }

  private static String nameOf(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return last == null ? folder.toString() : last.toString();
  }

  /** Compares names in natural order: x-2 comes before x-10. */
  static int compareNaturally(String a, String b) {
    String[] left = a.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
    String[] right = b.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
    Comparator<String> byLength = Comparator.comparingInt(String::length);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numbers = startsWithDigit(left[i]) && startsWithDigit(right[i]);
      String x = numbers ? left[i].replaceFirst("^0+", "") : left[i];
      String y = numbers ? right[i].replaceFirst("^0+", "") : right[i];
      int order = numbers && x.length() != y.length() ? byLength.compare(x, y) : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.length, right.length);
    return order != 0 ? order : a.compareTo(b);
  }

  private static boolean startsWithDigit(String part) {
    return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
