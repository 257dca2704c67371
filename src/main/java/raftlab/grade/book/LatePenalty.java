package raftlab.grade.book;

/**
 * What is taken off a team's points for handing in late.
 *
 * @param minutes how late it was; 0 if it was in time
 * @param percent the percentage of the earned points that is taken off
 * @param isKnown whether the time of the hand-in is known; nothing is taken off if it isn't
 */
public record LatePenalty(long minutes, double percent, boolean isKnown) {
  /** Nothing is taken off. */
  public static final LatePenalty NONE = new LatePenalty(0, 0, true);

  /** It is not known when the team handed in. */
  static final LatePenalty UNKNOWN = new LatePenalty(0, 0, false);
}
