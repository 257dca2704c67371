package raftlab.scenario;

/**
 * How much longer than usual messages of a link take.
 *
 * @param shape how the delays are spread
 * @param fromMicros the least delay; all of it for {@link Shape#CONSTANT}; the mean for {@link
 *     Shape#EXPONENTIAL}; the median for {@link Shape#LONG_TAIL}
 * @param toMicros the longest delay for {@link Shape#UNIFORM}; as {@code fromMicros} for all others
 */
public record Delay(Shape shape, long fromMicros, long toMicros) {
  /** No delay. */
  public static final Delay NONE = new Delay(Shape.CONSTANT, 0, 0);

  /** How delays are spread. */
  public enum Shape {
    /** All are the same. */
    CONSTANT,
    /** Each between two bounds is as likely as any other. */
    UNIFORM,
    /** Exponentially: many short ones, few that are several times the mean. */
    EXPONENTIAL,
    /**
     * Log-normally, with a standard deviation of 1: half of them below the median, 1 of 100 above
     * ten times the median, 1 of 1,000 above twenty times.
     */
    LONG_TAIL
  }

  /** Always the same. */
  public static Delay constant(long micros) {
    return new Delay(Shape.CONSTANT, micros, micros);
  }

  /** Between two bounds, both included. */
  public static Delay uniform(long fromMicros, long toMicros) {
    return new Delay(Shape.UNIFORM, fromMicros, toMicros);
  }
}
