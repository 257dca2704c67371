package raftlab.scenario.file;

import static raftlab.scenario.file.KeySpec.optional;
import static raftlab.scenario.file.KeySpec.required;

import java.util.Arrays;
import java.util.List;
import raftlab.scenario.CourseThresholds;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.file.ValueType.ListOf;
import raftlab.scenario.file.ValueType.Nested;
import raftlab.scenario.file.ValueType.Number;
import raftlab.scenario.file.ValueType.Text;
import raftlab.scenario.file.ValueType.Tiers;
import raftlab.scenario.file.ValueType.Word;

/**
 * All keys of a scenario file: the table for checking files and for generating the reference pages.
 *
 * <p>Upper bounds that the course doesn't have catch slips, such as milliseconds for seconds: an
 * hour of traffic, and no more requests than messages.
 */
public final class ScenarioKeys {
  private static final Number FRACTION = Number.of(0, 1);
  private static final Number WAIT = Number.of(0, 600);
  private static final int MAX_SECONDS = 3600;

  /** The shortest lifetime of the course, in seconds. */
  static final int COURSE_LIFETIME = 5;

  private static final int PACKETS_UPPER_BOUND = 900_000;

  static final KeySpec TITLE =
      optional("title", new Text(200), "What the scenario tests, in one line");
  static final KeySpec LIFETIME =
      required(
          "lifetime",
          Number.of(0.01, MAX_SECONDS),
          "Seconds of requests and faults; 5 or more with \"requests\"");
  static final KeySpec REPLICAS =
      required("replicas", Number.whole(3, 21), "The number of replicas");
  static final KeySpec REQUESTS =
      optional(
          "requests",
          Number.whole(0, PACKETS_UPPER_BOUND),
          "The number of gets and puts of the course's clients, evenly spaced over the lifetime,"
              + " without retries. Required without \"traffic\" and \"steps\"");
  static final KeySpec MIX =
      optional("mix", FRACTION, 0.8, "The fraction of gets among these requests");
  static final KeySpec START_WAIT =
      optional("start_wait", WAIT, 5, "Idle seconds before the first request").orOlder("wait");
  static final KeySpec END_WAIT =
      optional("end_wait", WAIT, 2, "Idle seconds after the last request");
  static final KeySpec SEED =
      optional(
          "seed",
          Number.whole(Long.MIN_VALUE, Long.MAX_VALUE),
          "The seed of all random choices; each run picks and prints a new one if not given");
  static final KeySpec DROPS =
      optional("drops", FRACTION, 0, "The probability that a message between replicas is lost");
  static final KeySpec MAX_PACKETS =
      optional(
          "max_packets",
          Number.whole(1, PACKETS_UPPER_BOUND),
          20_000,
          "The number of messages between replicas at which the run ends as a packet storm");

  static final KeySpec EVENTS =
      optional("events", new ListOf("an event", ScheduleKeys.EVENT, 0), "Actions with their times");
  static final KeySpec STEPS = ScheduleKeys.STEPS;
  static final KeySpec NETWORK =
      optional(
          "network",
          new Nested(NetworkKeys.NETWORK),
          "The initial network conditions between replicas");
  static final KeySpec TRAFFIC =
      optional(
          "traffic",
          new ListOf("traffic", new Nested(TrafficKeys.TRAFFIC), 0),
          "Further client requests, in addition to \"requests\"");
  static final KeySpec BACKGROUND =
      optional(
          "background",
          new ValueType.Flag(),
          false,
          "Whether one more client puts a key of its own and then gets it all the time. It helps"
              + " replicas whose timers run only when messages arrive. No check looks at its"
              + " requests");
  static final KeySpec SECTION =
      optional("section", new Text(100), "The section of the Raft paper that the scenario tests");
  static final KeySpec POINTS =
      optional("points", Number.of(0, 1000), "The points for passing it in its suite");
  static final KeySpec WORLD =
      optional(
          "world",
          new Word("a world", List.of("process", "sim")),
          "The only world that the scenario can be played in; both if not given");

  static final KeySpec GET_FAIL =
      optional(
          "maximum_get_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumGetFailFraction(),
          "The share of gets that may stay unanswered");
  static final KeySpec PUT_FAIL =
      optional(
          "maximum_put_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumPutFailFraction(),
          "The share of puts that may stay unanswered");
  static final KeySpec GET_GENERATION_FAIL =
      optional(
          "maximum_get_generation_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumGetGenerationFailFraction(),
          "The share of gets that may become puts because their client had not put a key yet");
  static final KeySpec APPENDS_BATCHED =
      optional(
          "maximum_appends_batched_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumAppendsBatchedFraction(),
          "How far batching may reduce the messages below one per replica and put");

  /** The bounds of the tiers, a key for each metric. */
  public static final SectionSpec BENCHMARKS =
      new SectionSpec(
          "\"benchmarks\"",
          "inside \"benchmarks\" in \"tests\"",
          Arrays.stream(PerformanceMetric.values()).map(ScenarioKeys::benchmark).toList());

  static final KeySpec BENCHMARK_TIERS =
      optional(
          "benchmarks", new Nested(BENCHMARKS), "The bounds of the performance tiers, by metric");

  /** The course's bounds, beyond safety. */
  public static final SectionSpec TESTS =
      new SectionSpec(
          "\"tests\"",
          "inside \"tests\"",
          List.of(GET_FAIL, PUT_FAIL, GET_GENERATION_FAIL, APPENDS_BATCHED, BENCHMARK_TIERS));

  static final KeySpec CHECKS =
      optional(
          "tests",
          new Nested(TESTS),
          "The course's checks and tiers, beyond safety; the scenario isn't scored if not given");

  /** The standard key by which editors find the schema of a JSON file. */
  public static final KeySpec SCHEMA =
      optional(
          "$schema",
          new Text(500),
          "The path of this file's schema, with which editors check and complete the file");

  /** The whole file. The course's own files have one key of "tests" outside it. */
  public static final SectionSpec SCENARIO =
      new SectionSpec(
          "a scenario",
          "at the top level",
          List.of(
              TITLE,
              SECTION,
              POINTS,
              WORLD,
              LIFETIME,
              REPLICAS,
              REQUESTS,
              MIX,
              START_WAIT,
              END_WAIT,
              SEED,
              DROPS,
              MAX_PACKETS,
              NETWORK,
              TRAFFIC,
              BACKGROUND,
              EVENTS,
              STEPS,
              LimitKeys.AT_MOST,
              LimitKeys.AT_LEAST,
              CHECKS,
              SCHEMA),
          List.of(GET_GENERATION_FAIL),
          List.of(REQUESTS, TRAFFIC, STEPS));

  private ScenarioKeys() {}

  static KeySpec benchmark(PerformanceMetric metric) {
    return optional(
        metric.key(),
        new Tiers(Number.of(0, 1_000_000_000)),
        "Bounds of the "
            + metric.title()
            + ": below the first bonus, below the second full, below the third partial credit");
  }
}
