package raftlab.scenario;

/**
 * What the emulated network does to the messages of a link, in one direction. Each condition is
 * decided independently for each message.
 *
 * @param loss the probability that a message is lost, 0 to 1
 * @param delay the extra delay; a shorter delay lets a message overtake others
 * @param duplicate the probability that a message is duplicated; each copy has its own delay
 * @param reorder the probability that a message is held back, so that others overtake it
 * @param reorderBy how long it is held back, in addition to {@code delay}
 * @param bandwidth bytes per second, with messages queued; 0 for no limit
 * @param corrupt the probability that one byte of a message is changed
 */
public record LinkConditions(
    double loss,
    Delay delay,
    double duplicate,
    double reorder,
    Delay reorderBy,
    long bandwidth,
    double corrupt) {

  /** Nothing is lost, delayed, duplicated or changed. */
  public static final LinkConditions PERFECT =
      new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 0);

  /** A perfect link except for this loss. */
  public static LinkConditions loss(double loss) {
    return PERFECT.withLoss(loss);
  }

  /** The same conditions with another loss. */
  public LinkConditions withLoss(double other) {
    return new LinkConditions(other, delay, duplicate, reorder, reorderBy, bandwidth, corrupt);
  }

  /** The same conditions with another delay. */
  public LinkConditions withDelay(Delay other) {
    return new LinkConditions(loss, other, duplicate, reorder, reorderBy, bandwidth, corrupt);
  }
}
