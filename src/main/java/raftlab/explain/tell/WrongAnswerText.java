package raftlab.explain.tell;

import java.util.Locale;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.judge.linear.Diagnosis.ContradictionKind;
import raftlab.trace.Trace;

/** The usual causes of wrong answers to clients. */
public final class WrongAnswerText {
  private WrongAnswerText() {}

  /**
   * The name of a wrong answer.
   *
   * @param isStillThere whether most replicas still have the newer write
   */
  public static String name(Contradiction wrong, Trace trace, boolean isStillThere) {
    return WrongReadSituation.of(wrong, trace)
        .map(WrongReadSituation::kind)
        .filter(kind -> !(kind.isLoss() && isStillThere))
        .map(WrongReadSituation.Kind::id)
        .orElseGet(() -> name(wrong, isStillThere));
  }

  /** The name by the kind of contradiction alone. */
  private static String name(Contradiction wrong, boolean isStillThere) {
    if (isLostWrite(wrong)) {
      return isStillThere ? "stale-read" : "lost-write";
    }
    return wrong.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isLostWrite(Contradiction wrong) {
    return wrong.kind() == ContradictionKind.LOST_WRITE
        || wrong.kind() == ContradictionKind.UNSEEN_WRITE;
  }

  /** Returns where and when the answer was wrong, and the usual causes of that. */
  public static Symptom of(Contradiction wrong, Trace trace, boolean isStillThere) {
    return WrongReadSituation.of(wrong, trace)
        .filter(situation -> !(situation.kind().isLoss() && isStillThere))
        .map(WrongAnswerText::of)
        .orElseGet(() -> of(wrong, isStillThere));
  }

  private static Symptom of(WrongReadSituation situation) {
    Symptom facts = Symptom.observed(situation.text());
    return switch (situation.kind()) {
      case READ_AT_FOLLOWER ->
          facts.withUsualCauses(
              "a follower answers gets from its own state, where it should redirect them",
              "a leader that steps down answers the gets that still wait");
      case READ_AT_DEPOSED_LEADER ->
          facts.withUsualCauses(
              "a leader answers gets without a round of heartbeats to a majority",
              "a lease that is longer than the election timeout",
              "a leader does not step down at a later term");
      case READ_AFTER_ELECTION ->
          facts.withUsualCauses(
              "a new leader answers gets before it has committed an entry of its own term",
              "a leader answers gets before it has applied all that is committed");
      case LOST_AFTER_RESTART ->
          facts.withUsualCauses(
              "log, term or vote are not stored and synced before a message is sent",
              "the stored log is not read completely at the start",
              "ok was answered before a majority had the entry",
              "a replica voted for a candidate with an older log");
      case LOST_AFTER_CRASH, LOST_AFTER_ELECTION ->
          facts.withUsualCauses(
              "ok was answered before a majority had the entry",
              "a replica voted for a candidate with an older log",
              "a follower acknowledged entries that it did not keep");
      case MISSED_BY_SAME_LEADER ->
          facts.withUsualCauses(
              "ok was answered before the entry was applied",
              "an older write was applied again",
              "entries were applied out of order");
    };
  }

  /** The usual causes by the kind of contradiction alone. */
  static Symptom of(Contradiction wrong, boolean isStillThere) {
    return switch (wrong.kind()) {
      case LOST_WRITE, UNSEEN_WRITE ->
          isStillThere
              ? Symptom.observed(
                      "Most replicas still have the newer value, so this is a stale read rather than a lost write.")
                  .withUsualCauses(
                      "a read answered by a replica that is no longer leader",
                      "a read answered by a new leader before it committed an entry of its own term")
              : Symptom.observed("If no other answer was wrong, it was a stale read.")
                  .withUsualCauses(
                      "ok was answered before a majority had the entry",
                      "a replica voted for a candidate with an older log",
                      "log or vote were not stored before a message was sent");
      case STALE_READ -> staleRead(wrong);
      case TWICE ->
          Symptom.usual(
              "a retry is executed again (look up its MID, or client and seq, before it is "
                  + "executed)",
              "an entry is applied twice");
      case UNWRITTEN, OTHER_KEY, ABSURD ->
          Symptom.usual(
              "the answer to another request", "text that does not pass through JSON unchanged");
      case FUTURE, TWO_WINNERS, CONTRADICTION ->
          Symptom.usual(
              "two leaders that both commit",
              "logs that differ",
              "entries that are applied in different orders");
    };
  }

  private static Symptom staleRead(Contradiction wrong) {
    if (wrong.circumstance() == Circumstance.CUT_OFF) {
      return Symptom.observed(
          "The leader answered without a majority: before a leader answers a get, a majority must"
              + " answer a round of heartbeats (or a lease from such a round must still hold).");
    } else if (wrong.circumstance() == Circumstance.ANOTHER_LED) {
      return Symptom.observed(
          "A replica that is not leader must redirect a get; a replica that was leader must confirm"
              + " with a majority that it still is before it answers.");
    }
    return Symptom.usual(
        "a read answered by a follower or by a partitioned leader",
        "a read answered by a new leader before it committed an entry of its own term",
        "a lease that is longer than the election timeout");
  }
}
