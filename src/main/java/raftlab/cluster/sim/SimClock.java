package raftlab.cluster.sim;

/** A machine's clock: it may run fast or slow, and never jumps. */
final class SimClock {
  private double rate = 1;

  /** The world's time when the rate was set, and what this clock showed then. */
  private long sinceMicros;

  private double shownMicros;

  /** What it shows at this time of the world. */
  double micros(long worldMicros) {
    return shownMicros + (worldMicros - sinceMicros) * rate;
  }

  /** It goes so many times as fast as the world from now on. */
  void rate(double newRate, long worldMicros) {
    shownMicros = micros(worldMicros);
    sinceMicros = worldMicros;
    rate = newRate;
  }

  /** How much of the world's time goes by while so much goes by on this clock, rounded up. */
  long worldMicros(double clockMicros) {
    return (long) Math.ceil(clockMicros / rate);
  }
}
