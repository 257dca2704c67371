package raftlab.scenario.file;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.CourseThresholds.TierBounds;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.PlannedAction;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.Step;

/** Reads a scenario file, or reports all its problems. */
public final class ScenarioReader {
  private static final String SUFFIX = ".json";

  private ScenarioReader() {}

  /** Reads a file. */
  public static Scenario read(Path file) throws ScenarioException {
    return read(file, TextFileReader.read(file));
  }

  /** Reads a scenario from text; problems are reported under this name. */
  public static Scenario read(String name, String json) throws ScenarioException {
    return read(Path.of(name.replace('\0', '?')), json);
  }

  private static Scenario read(Path file, String json) throws ScenarioException {
    ScenarioFileChecker check = new ScenarioFileChecker(file.toString(), ScenarioKeys.SCENARIO);
    LocatedJson.Obj object = check.parse(json);
    KeyValues values = new KeyValues(object);
    List<PlannedAction> events = FaultPlanReader.read(values, check);
    List<Step> steps = StepReader.read(values.elements(ScenarioKeys.STEPS), "");
    checkConsistency(object, values, check);
    check.throwProblems();
    Optional<CourseThresholds> tests =
        values
            .jsonValue(ScenarioKeys.CHECKS)
            .map(given -> thresholds(new KeyValues((LocatedJson.Obj) given)));
    warnOfUnread(object, tests, check);
    warnOfEarlyEnd(values, check);
    String name = nameOf(file);
    Optional<KeyValues> network = values.nested(ScenarioKeys.NETWORK);
    long lifetime = values.millis(ScenarioKeys.LIFETIME);
    return new Scenario(
        name,
        values.text(ScenarioKeys.TITLE).orElse(name),
        file,
        new Scenario.Credit(
            values.text(ScenarioKeys.SECTION).orElse(""),
            values.number(ScenarioKeys.POINTS).map(points -> points.doubleValue()).orElse(0.0)),
        values.text(ScenarioKeys.WORLD),
        lifetime,
        values.integer(ScenarioKeys.REPLICAS),
        requests(values),
        values.fraction(ScenarioKeys.MIX),
        values.millis(ScenarioKeys.START_WAIT),
        values.millis(ScenarioKeys.END_WAIT),
        values
            .number(ScenarioKeys.SEED)
            .map(seed -> OptionalLong.of(seed.longValueExact()))
            .orElse(OptionalLong.empty()),
        values.integer(ScenarioKeys.MAX_PACKETS),
        network
            .map(NetworkKeys::read)
            .orElse(LinkConditions.PERFECT)
            .withLoss(
                network
                    .flatMap(links -> links.jsonValue(NetworkKeys.LOSS))
                    .map(loss -> network.get().fraction(NetworkKeys.LOSS))
                    .orElse(values.fraction(ScenarioKeys.DROPS))),
        network
            .flatMap(links -> links.nested(NetworkKeys.CLIENTS))
            .map(NetworkKeys::read)
            .orElse(LinkConditions.PERFECT),
        values.elements(ScenarioKeys.TRAFFIC).stream()
            .map(each -> TrafficKeys.read(new KeyValues((LocatedJson.Obj) each), lifetime))
            .toList(),
        values.flag(ScenarioKeys.BACKGROUND),
        events,
        steps,
        LimitKeys.read(values),
        tests,
        json,
        check.warnings());
  }

  private static int requests(KeyValues values) {
    return values.number(ScenarioKeys.REQUESTS).map(count -> count.intValueExact()).orElse(0);
  }

  /** Checks that concern several parts of the file. */
  private static void checkConsistency(
      LocatedJson.Obj object, KeyValues values, ScenarioFileChecker check) {
    boolean others =
        !values.elements(ScenarioKeys.TRAFFIC).isEmpty()
            || !values.elements(ScenarioKeys.STEPS).isEmpty();
    boolean given = object.members().stream().anyMatch(m -> ScenarioKeys.REQUESTS.isNamed(m.key()));
    if (!given && !others) {
      check.addProblem(
          object,
          "\"requests\" is missing",
          ScenarioKeys.REQUESTS.type().description() + ", or \"traffic\" or \"steps\"");
    }
    checkLifetime(values, check);
    Optional<LocatedJson> loss =
        values.nested(ScenarioKeys.NETWORK).flatMap(network -> network.jsonValue(NetworkKeys.LOSS));
    if (loss.isPresent() && values.jsonValue(ScenarioKeys.DROPS).isPresent()) {
      check.addProblem(
          loss.get(), "\"loss\" of \"network\" and \"drops\" are both given", "only one of them");
    }
    values
        .number(ScenarioKeys.REPLICAS)
        .ifPresent(
            count -> ReferencedNamesCheck.check(object, count.intValue(), added(values), check));
    TrafficKeys.checkMixes(object, check);
    RequestSizeCheck.check(object, check);
  }

  /** The course's rule for its own kind of traffic. */
  private static void checkLifetime(KeyValues values, ScenarioFileChecker check) {
    Optional<LocatedJson> lifetime = values.jsonValue(ScenarioKeys.LIFETIME);
    double shortest = ScenarioKeys.COURSE_LIFETIME;
    if (lifetime.isPresent()
        && requests(values) > 0
        && values.fraction(ScenarioKeys.LIFETIME) < shortest) {
      check.addProblem(
          lifetime.get(),
          "\"lifetime\" is " + lifetime.get().description(),
          "a number from "
              + ScenarioKeys.COURSE_LIFETIME
              + " to 3600, because \"requests\" is given");
    }
  }

  private static int added(KeyValues values) {
    return values.elements(ScenarioKeys.EVENTS).size() + values.elements(ScenarioKeys.STEPS).size();
  }

  private static String nameOf(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static CourseThresholds thresholds(KeyValues tests) {
    Map<PerformanceMetric, TierBounds> bounds = new EnumMap<>(PerformanceMetric.class);
    tests
        .jsonValue(ScenarioKeys.BENCHMARK_TIERS)
        .map(given -> new KeyValues((LocatedJson.Obj) given))
        .ifPresent(
            benchmarks -> {
              for (PerformanceMetric metric : PerformanceMetric.values()) {
                benchmarks
                    .jsonValue(ScenarioKeys.benchmark(metric))
                    .ifPresent(tiers -> bounds.put(metric, bounds((LocatedJson.Arr) tiers)));
              }
            });
    return new CourseThresholds(
        tests.fraction(ScenarioKeys.GET_FAIL),
        tests.fraction(ScenarioKeys.PUT_FAIL),
        tests.fraction(ScenarioKeys.GET_GENERATION_FAIL),
        tests.fraction(ScenarioKeys.APPENDS_BATCHED),
        bounds);
  }

  private static TierBounds bounds(LocatedJson.Arr tiers) {
    double[] each =
        tiers.elements().stream()
            .mapToDouble(element -> ((LocatedJson.Num) element).value().orElseThrow().doubleValue())
            .toArray();
    return new TierBounds(each[0], each[1], each[2]);
  }

  /**
   * The course's own files have a threshold outside "tests", which the course's script ignores;
   * scores must agree with that script.
   */
  private static void warnOfUnread(
      LocatedJson.Obj object, Optional<CourseThresholds> tests, ScenarioFileChecker check) {
    KeySpec key = ScenarioKeys.GET_GENERATION_FAIL;
    double inForce = tests.orElse(CourseThresholds.DEFAULTS).maximumGetGenerationFailFraction();
    for (LocatedJson.Member member : object.members()) {
      if (key.isNamed(member.key())) {
        check.addWarning(
            member.line(),
            member.column(),
            LocatedJson.quoted(key.name())
                + " is ignored outside \"tests\": "
                + (tests.isPresent()
                    ? inForce + " applies"
                    : "no threshold applies without \"tests\""));
      }
    }
  }

  private static void warnOfEarlyEnd(KeyValues values, ScenarioFileChecker check) {
    int requests = requests(values);
    int packets = values.integer(ScenarioKeys.MAX_PACKETS);
    if (packets < requests) {
      LocatedJson at =
          values
              .jsonValue(ScenarioKeys.MAX_PACKETS)
              .or(() -> values.jsonValue(ScenarioKeys.REQUESTS))
              .orElseThrow();
      check.addWarning(
          at.line(),
          at.column(),
          "\"max_packets\" is "
              + packets
              + ", fewer than the "
              + requests
              + " requests: the run may end early as a packet storm");
    }
  }
}
