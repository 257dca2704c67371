package raftlab.explain;

import java.util.Locale;
import raftlab.trace.Event;

/** A follower agrees to a message of its leader only if its log holds what the message says. */
final class Agreeing implements Detector {
  private static final String SECTION = "§5.3 and Figure 2";

  private static final long BATCH_MICROS = 50_000;

  private final Scene scene;
  private final Clues clues;

  Agreeing(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (letter.said() instanceof Said.AppendReply reply) {
      if (reply.success() && reply.term() >= 0 && reply.term() < from.term) {
        outdated(from, reply.term(), letter.sent());
        return;
      }
      clues.kept("accepts-old-term");
      Offers offers = from.offers(reply.term());
      if (offers != null && offers.hasAppends() && reply.success()) {
        agreed(from, reply, offers, letter.sent());
      } else if (!reply.success() && from.reports && offers != null) {
        rejected(from, reply, offers, letter.sent());
      }
    }
  }

  /** An answer that is sent together with news of a later term may have been right before that. */
  private void outdated(Subject who, long term, Event.Sent sent) {
    long since = Math.max(who.termSince, who.troubledAt);
    if (sent.atMicros() - since > BATCH_MICROS && clues.isNew("accepts-old-term")) {
      clues.certain(
          sent.atMicros(),
          "accepts-old-term",
          "§5.1",
          String.format(
              Locale.ROOT,
              "Replica %s, in term %d, agreed %s to a message of %s, the leader of term %d: messages of"
                  + " an earlier term than one's own are rejected.",
              who.id,
              who.term,
              scene.at(sent.atMicros()),
              sent.to(),
              term),
          sent);
    }
  }

  private void agreed(Subject who, Said.AppendReply reply, Offers offers, Event.Sent sent) {
    if (reply.matchIndex() == Said.UNKNOWN) {
      return;
    }
    if (reply.matchIndex() > Math.max(offers.highest(), who.commit)) {
      if (clues.isNew("claims-unverified")) {
        clues.certain(
            sent.atMicros(),
            "claims-unverified",
            SECTION,
            String.format(
                Locale.ROOT,
                "Replica %s told its leader %s that their logs agree up to entry %d, but the leader's"
                    + " messages had gone up to entry %d only: what is agreed is the message's"
                    + " prevLogIndex and the number of its entries, not one's own last entry.",
                who.id,
                scene.at(sent.atMicros()),
                reply.matchIndex(),
                offers.highest()),
            sent);
      }
      return;
    }
    clues.kept("claims-unverified");
    if (!who.reports || reply.term() != who.term) {
      return;
    }
    Offers.Offer culprit = null;
    for (Offers.Offer offer : offers.recent()) {
      boolean meant =
          reply.round() != Said.UNKNOWN
              ? offer.append().round() == reply.round()
              : offer.append().end() == reply.matchIndex();
      if (meant && holds(who, offer.append())) {
        return;
      }
      culprit = meant ? offer : culprit;
    }
    if (culprit != null) {
      accuse(who, culprit, sent);
    }
  }

  /** Whether the replica's log has the entry before those of the message, and those. */
  private static boolean holds(Subject who, Said.Append append) {
    if (!hasPrevious(who, append)) {
      return false;
    }
    for (int i = 0; i < append.terms().size(); i++) {
      if (!has(who, append.prevIndex() + 1 + i, append.terms().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPrevious(Subject who, Said.Append append) {
    return append.prevIndex() <= 0 || has(who, append.prevIndex(), append.prevTerm());
  }

  private static boolean has(Subject who, long index, long term) {
    if (index <= who.log.base()) {
      return true; // not known one by one
    }
    long own = who.log.termAt(index);
    return index <= who.log.lastIndex()
        && (own == Said.UNKNOWN || term == Said.UNKNOWN || own == term);
  }

  private void accuse(Subject who, Offers.Offer offer, Event.Sent sent) {
    Said.Append append = offer.append();
    boolean previous = !hasPrevious(who, append);
    boolean heartbeat = append.terms().isEmpty();
    String name =
        !previous
            ? "keeps-conflicting-entries"
            : heartbeat ? "heartbeat-without-check" : "skips-consistency-check";
    if (!clues.isNew(name)) {
      return;
    }
    String text =
        previous
            ? String.format(
                Locale.ROOT,
                "Replica %s agreed %s to a message that follows entry %d of term %d, but %s: ",
                who.id,
                scene.at(sent.atMicros()),
                append.prevIndex(),
                append.prevTerm(),
                append.prevIndex() > who.log.lastIndex()
                    ? "its log ends at entry " + who.log.lastIndex()
                    : "its own entry there is of term " + who.log.termAt(append.prevIndex()))
            : String.format(
                Locale.ROOT,
                "Replica %s agreed %s to entries up to %d, but its log still has others there: ",
                who.id,
                scene.at(sent.atMicros()),
                append.end());
    String rule =
        !previous
            ? "an entry with another term than the leader's is deleted, with all that follow."
            : heartbeat
                ? "a heartbeat must pass the same check of prevLogIndex and prevLogTerm as any other"
                    + " AppendEntries, before success is answered or leaderCommit is used."
                : "a follower rejects AppendEntries unless its log has an entry at prevLogIndex with"
                    + " prevLogTerm.";
    clues.certain(sent.atMicros(), name, SECTION, text + rule, offer.event(), sent);
  }

  /**
   * The hint where to go on, as the reference replica gives it: the first index that is missing.
   */
  private void rejected(Subject who, Said.AppendReply reply, Offers offers, Event.Sent sent) {
    if (reply.hint() == Said.UNKNOWN || reply.hint() == 0 || reply.round() == Said.UNKNOWN) {
      return;
    }
    for (Offers.Offer offer : offers.recent()) {
      long prev = offer.append().prevIndex();
      if (offer.append().round() != reply.round()) {
        continue;
      }
      long right = rightHint(who, prev);
      if (right > 0 && reply.hint() != right && clues.isNew("conflict-hint-off-by-one")) {
        clues.certain(
            sent.atMicros(),
            "conflict-hint-off-by-one",
            "§5.3",
            String.format(
                Locale.ROOT,
                "Replica %s rejected entries after %d %s and told its leader to go on at entry %d,"
                    + " but the first that differs or is missing is %d: the hint is the first index"
                    + " of the term in conflict, or the one after the last entry.",
                who.id,
                prev,
                scene.at(sent.atMicros()),
                reply.hint(),
                right),
            offer.event(),
            sent);
      }
      return;
    }
  }

  private static long rightHint(Subject who, long prev) {
    if (prev > who.log.lastIndex()) {
      return who.log.lastIndex() + 1;
    }
    long term = who.log.termAt(prev);
    long first = prev;
    while (term != Said.UNKNOWN
        && first - 1 > who.log.base()
        && who.log.termAt(first - 1) == term) {
      first--;
    }
    // A replica that has discarded the first entries of the term names the first that is left.
    boolean isKnown = who.log.base() == 0 || first - 1 > who.log.base();
    boolean isSure = term != Said.UNKNOWN && isKnown && first > who.discarded;
    return isSure ? first : 0;
  }
}
