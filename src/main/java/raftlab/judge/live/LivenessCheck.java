package raftlab.judge.live;

/** Watches over one promise. What happens is told to it by {@link LivenessReview}. */
interface LivenessCheck {
  /** A stretch of calm begins. */
  void began(StablePeriod calm);

  /** Time has gone on in a stretch of calm; at its end for the last time. */
  void look(long nowMicros);
}
