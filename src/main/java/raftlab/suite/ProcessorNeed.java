package raftlab.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.trace.Event;

/**
 * How much of the processors one run needs, its replicas and the kit together: measured while it is
 * played alone, at its start and for a little longer.
 */
final class ProcessorNeed {
  /** So long after the start replicas may still be loading and compiling, in microseconds. */
  private static final long WARM_MICROS = 2_000_000;

  /** So long after the start it is measured: clients ask from 2 s on. */
  private static final long MEASURED_MICROS = 4_000_000;

  /** The length of a typical run, over which the cost of its start is spread. */
  private static final double RUN_MICROS = 20_000_000;

  /**
   * All runs together use so much of the processors, so that one finds one free when it needs it.
   */
  private static final double PART = 0.75;

  private double startMicros;
  private double startMeasuredMicros;
  private double startUsed;
  private double warmUsed;
  private long beganMicros = -1;

  /** What replicas and kit used then, in parts of a processor, look by look. */
  private final List<Double> steady = new ArrayList<>();

  private int processors;
  private boolean isWhole;

  /** Takes the next event of the run. */
  void take(Event event) {
    if (event instanceof Event.ProcessorUse use) {
      used(use);
    } else if (event instanceof Event.Began) {
      beganMicros = event.atMicros();
      startMicros = event.atMicros();
    }
  }

  /** What the kit itself uses at the start of its first run it doesn't use for the others. */
  private void used(Event.ProcessorUse use) {
    processors = use.processors();
    double own = use.own() / 100.0 * use.micros();
    long since = use.atMicros() - beganMicros;
    if (beganMicros < 0) {
      startMeasuredMicros += use.micros();
      startUsed += own;
    } else if (since < WARM_MICROS) {
      warmUsed += own;
    } else {
      steady.add((use.own() + use.kit()) / 100.0);
      isWhole = since >= MEASURED_MICROS;
    }
  }

  /** Whether that is all that has to be measured. */
  boolean isWhole() {
    return isWhole;
  }

  /** Whether anything was measured. */
  boolean isKnown() {
    return !steady.isEmpty();
  }

  /** How many processors it keeps busy, on average over its whole time. */
  double processorsUsed() {
    // What starts too fast to be measured is taken to use all that there is.
    double atStart = startMeasuredMicros > 0 ? startUsed / startMeasuredMicros : processors;
    return (startMicros * atStart + warmUsed) / RUN_MICROS + medianSteady();
  }

  /** The mean would count what a JVM still compiles in its first seconds as if it never ended. */
  private double medianSteady() {
    return steady.stream().sorted().skip(steady.size() / 2).findFirst().orElseThrow();
  }

  /** How many runs like it this machine has room for; 1 to {@code most}. */
  int jobs(int most) {
    return jobs(processorsUsed(), processors, most);
  }

  static int jobs(double used, int processors, int most) {
    return (int) Math.max(1, Math.min(most, Math.floor(PART * processors / used + 1e-9)));
  }

  /** Why it is that number, in words. */
  String words(int jobs) {
    return String.format(
        Locale.ROOT,
        "%s at a time: %s needs %.1f of %d %s",
        jobs == 1 ? "1 run" : jobs + " runs",
        jobs == 1 ? "it" : "each",
        processorsUsed(),
        processors,
        processors == 1 ? "core" : "cores");
  }
}
