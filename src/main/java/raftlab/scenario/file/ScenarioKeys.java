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
 * Every key of a scenario file: the one table from which files are checked and the reference pages
 * are made.
 *
 * <p>The upper bounds that the course doesn't have are there to catch a slip (milliseconds for
 * seconds): an hour of traffic, and no more requests than messages are allowed.
 */
public final class ScenarioKeys {
  private static final Number FRACTION = Number.of(0, 1);
  private static final Number WAIT = Number.of(0, 600);
  private static final int MOST_SECONDS = 3600;

  /** The course's shortest lifetime, in seconds. */
  static final int COURSE_LIFETIME = 5;

  private static final int MOST_PACKETS = 900_000;

  static final KeySpec TITLE = optional("title", new Text(200), "One line that says what is tried");
  static final KeySpec LIFETIME =
      required(
          "lifetime",
          Number.of(0.01, MOST_SECONDS),
          "Seconds in which clients ask and things go wrong; 5 or more with \"requests\"");
  static final KeySpec REPLICAS =
      required("replicas", Number.whole(3, 21), "The number of replicas");
  static final KeySpec REQUESTS =
      optional(
          "requests",
          Number.whole(0, MOST_PACKETS),
          "Gets and puts that the course's clients start, spread evenly over the lifetime; retries"
              + " come on top. Required without \"traffic\" and \"steps\"");
  static final KeySpec MIX =
      optional("mix", FRACTION, 0.8, "The fraction of gets among the requests");
  static final KeySpec START_WAIT =
      optional("start_wait", WAIT, 5, "Seconds of quiet before the first request").orOlder("wait");
  static final KeySpec END_WAIT = optional("end_wait", WAIT, 2, "Seconds of quiet after the last");
  static final KeySpec SEED =
      optional(
          "seed",
          Number.whole(Long.MIN_VALUE, Long.MAX_VALUE),
          "The seed of all random choices; without it each run picks one and prints it");
  static final KeySpec DROPS =
      optional("drops", FRACTION, 0, "The probability that a message between replicas is lost");
  static final KeySpec MAX_PACKETS =
      optional(
          "max_packets",
          Number.whole(1, MOST_PACKETS),
          20_000,
          "Messages between replicas that end the run as a packet storm");

  static final KeySpec EVENTS =
      optional("events", new ListOf("an event", ScheduleKeys.EVENT, 0), "What goes wrong when");
  static final KeySpec STEPS = ScheduleKeys.STEPS;
  static final KeySpec NETWORK =
      optional(
          "network",
          new Nested(NetworkKeys.NETWORK),
          "What happens to messages between replicas from the beginning on");
  static final KeySpec TRAFFIC =
      optional(
          "traffic",
          new ListOf("traffic", new Nested(TrafficKeys.TRAFFIC), 0),
          "What clients ask for, besides \"requests\"");
  static final KeySpec BACKGROUND =
      optional(
          "background",
          new ValueType.Flag(),
          false,
          "Whether one more client puts a key of its own and then gets it all the time: replicas"
              + " whose timers only run while messages come go on. No check looks at its requests");
  static final KeySpec SECTION =
      optional("section", new Text(100), "The section of the Raft paper that it is about");
  static final KeySpec POINTS =
      optional("points", Number.of(0, 1000), "What passing it is worth in its suite");
  static final KeySpec WORLD =
      optional(
          "world",
          new Word("a world", List.of("process", "sim")),
          "The only world that it is for; both if not given");

  static final KeySpec GET_FAIL =
      optional(
          "maximum_get_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumGetFailFraction(),
          "How many of the gets may stay unanswered");
  static final KeySpec PUT_FAIL =
      optional(
          "maximum_put_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumPutFailFraction(),
          "How many of the puts may stay unanswered");
  static final KeySpec GET_GENERATION_FAIL =
      optional(
          "maximum_get_generation_fail_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumGetGenerationFailFraction(),
          "How many gets may turn into puts because their client had put nothing yet");
  static final KeySpec APPENDS_BATCHED =
      optional(
          "maximum_appends_batched_fraction",
          FRACTION,
          CourseThresholds.DEFAULTS.maximumAppendsBatchedFraction(),
          "By how much batching may bring the messages below one a replica and put");

  /** The tiers' bounds, a key for each metric. */
  public static final SectionSpec BENCHMARKS =
      new SectionSpec(
          "\"benchmarks\"",
          "inside \"benchmarks\" in \"tests\"",
          Arrays.stream(PerformanceMetric.values()).map(ScenarioKeys::benchmark).toList());

  static final KeySpec BENCHMARK_TIERS =
      optional(
          "benchmarks", new Nested(BENCHMARKS), "The performance tiers' bounds of each metric");

  /** What must hold beyond safety. */
  public static final SectionSpec TESTS =
      new SectionSpec(
          "\"tests\"",
          "inside \"tests\"",
          List.of(GET_FAIL, PUT_FAIL, GET_GENERATION_FAIL, APPENDS_BATCHED, BENCHMARK_TIERS));

  static final KeySpec CHECKS =
      optional(
          "tests",
          new Nested(TESTS),
          "What must hold beyond safety; without it the scenario isn't scored");

  /** By this key editors find the schema of any JSON file. */
  public static final KeySpec SCHEMA =
      optional(
          "$schema",
          new Text(500),
          "Where this file's schema is, by which editors check and complete it");

  /** The whole file. The course's own files carry one key of "tests" outside it. */
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
            + ": below the first bonus, the second full, the third partial credit");
  }
}
