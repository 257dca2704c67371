package raftlab.scenario;

/**
 * What the emulated network does to the messages of a link, in one direction. Each is decided for
 * itself, message by message.
 *
 * @param loss the probability that a message is lost, 0 to 1
 * @param delay how much longer than usual each takes; messages may overtake each other by it
 * @param duplicate the probability that a message arrives twice; each copy has a delay of its own
 * @param reorder the probability that a message is held back so that others overtake it
 * @param reorderBy for how long it is held back then, on top of {@code delay}
 * @param bandwidth bytes a second; messages queue up behind each other; 0 for no limit
 * @param corrupt the probability that a byte of a message is changed
 */
public record LinkConditions(
    double loss,
    Delay delay,
    double duplicate,
    double reorder,
    Delay reorderBy,
    long bandwidth,
    double corrupt) {

  /** Nothing is lost, late, doubled or changed. */
  public static final LinkConditions PERFECT =
      new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 0);

  /** All have nothing against them but this loss. */
  public static LinkConditions loss(double loss) {
    return PERFECT.withLoss(loss);
  }

  /** The same with another loss. */
  public LinkConditions withLoss(double other) {
    return new LinkConditions(other, delay, duplicate, reorder, reorderBy, bandwidth, corrupt);
  }

  /** The same with another delay. */
  public LinkConditions withDelay(Delay other) {
    return new LinkConditions(loss, other, duplicate, reorder, reorderBy, bandwidth, corrupt);
  }
}
