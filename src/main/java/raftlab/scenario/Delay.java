package raftlab.scenario;

/**
 * The extra delay of the messages of a link.
 *
 * @param shape the distribution of the delays
 * @param fromMicros the shortest delay; for {@link Shape#CONSTANT} the delay; for {@link
 *     Shape#EXPONENTIAL} the mean; for {@link Shape#LONG_TAIL} the median
 * @param toMicros the longest delay for {@link Shape#UNIFORM}; equal to {@code fromMicros} for the
 *     others
 */
public record Delay(Shape shape, long fromMicros, long toMicros) {
  /** No delay. */
  public static final Delay NONE = new Delay(Shape.CONSTANT, 0, 0);

  /** The distributions of delays. */
  public enum Shape {
    /** All delays are equal. */
    CONSTANT,
    /** Uniform between two bounds. */
    UNIFORM,
    /** Exponential: most delays are short, a few are several times the mean. */
    EXPONENTIAL,
    /**
     * Log-normal with a standard deviation of 1: half of the delays are below the median, 1 in 100
     * is above ten times the median, 1 in 1,000 above twenty times.
     */
    LONG_TAIL
  }

  /** A constant delay. */
  public static Delay constant(long micros) {
    return new Delay(Shape.CONSTANT, micros, micros);
  }

  /** A uniform delay between two bounds, both included. */
  public static Delay uniform(long fromMicros, long toMicros) {
    return new Delay(Shape.UNIFORM, fromMicros, toMicros);
  }
}
