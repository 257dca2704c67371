package raftlab.suite;

/** A pass rate with its confidence interval. */
public record PassRate(int passes, int runs) {
  /** The 97.5 % quantile of the normal distribution, for a 95 % interval. */
  private static final double Z = 1.959964;

  /** The fraction of passes, 0 to 1. */
  public double fraction() {
    return runs == 0 ? 0 : (double) passes / runs;
  }

  /**
   * The lower end of the 95 % confidence interval (Wilson score interval, valid for small samples).
   */
  public double low() {
    return runs == 0 ? 0 : Math.max(0, middle() - halfWidth());
  }

  /** The upper end of the 95 % confidence interval. */
  public double high() {
    return runs == 0 ? 1 : Math.min(1, middle() + halfWidth());
  }

  private double middle() {
    return (fraction() + Z * Z / (2 * runs)) / (1 + Z * Z / runs);
  }

  private double halfWidth() {
    double p = fraction();
    return Z * Math.sqrt(p * (1 - p) / runs + Z * Z / (4.0 * runs * runs)) / (1 + Z * Z / runs);
  }
}
