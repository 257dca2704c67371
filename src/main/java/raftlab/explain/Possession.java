package raftlab.explain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A follower that reports nothing can only agree to a message if it ever got the entry that the
 * message follows: by another message, in a snapshot, or as a leader itself.
 */
final class Possession implements Detector {
  /** Greater terms and indices aren't looked at. */
  private static final long MOST_TERMS = 1 << 20;

  private static final long MOST_ENTRIES = 1L << 40;

  /** So many messages that a follower can't agree to are remembered. */
  private static final int MOST_DOUBTFUL = 32;

  /** What one replica can have. */
  private static final class Had {
    private final Set<Long> entries = new HashSet<>();
    private final Set<Long> ledTerms = new HashSet<>();
    private final Deque<Doubtful> doubtful = new ArrayDeque<>();
    private long snapshot;
    private boolean isUnclear;
  }

  private record Doubtful(Said.Append append, Event.Sent sent) {}

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Had> had = new HashMap<>();

  Possession(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  private Had of(Id who) {
    return had.computeIfAbsent(who, id -> new Had());
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    Had its = of(to.id);
    if (to.reports || its.isUnclear) {
      return;
    }
    if (letter.said() instanceof Said.Install install) {
      its.snapshot = Math.max(its.snapshot, install.index());
    } else if (letter.said() instanceof Said.Append append) {
      received(its, append, letter.sent());
    }
  }

  /** What the receiver reads in a message that was damaged on its way isn't known. */
  @Override
  public void damaged(Letter letter) {
    of(letter.to()).isUnclear = true;
  }

  private static void received(Had its, Said.Append append, Event.Sent sent) {
    if (append.prevIndex() < 0 || append.end() > MOST_ENTRIES) {
      its.isUnclear = true;
      return;
    }
    for (int i = 0; i < append.terms().size(); i++) {
      long term = append.terms().get(i);
      if (term < 0 || term >= MOST_TERMS) {
        its.isUnclear = true;
        return;
      }
      its.entries.add(key(append.prevIndex() + 1 + i, term));
    }
    if (!canHave(its, append)) {
      its.doubtful.addLast(new Doubtful(append, sent));
      if (its.doubtful.size() > MOST_DOUBTFUL) {
        its.doubtful.removeFirst();
      }
    }
  }

  private static long key(long index, long term) {
    return index * MOST_TERMS + term;
  }

  private static boolean canHave(Had its, Said.Append append) {
    long index = append.prevIndex();
    long term = append.prevTerm();
    return index <= its.snapshot
        || term <= 0 // not told, or of before the first term
        || term >= MOST_TERMS
        || its.ledTerms.contains(term)
        || its.entries.contains(key(index, term));
  }

  @Override
  public void sent(Subject from, Letter letter) {
    Had its = of(from.id);
    if (letter.said() instanceof Said.VoteRequest request) {
      its.ledTerms.add(request.term());
    } else if (letter.said() instanceof Said.Append append) {
      its.ledTerms.add(append.term());
    } else if (letter.said() instanceof Said.Install install) {
      its.ledTerms.add(install.term());
    } else if (letter.said() instanceof Said.AppendReply reply
        && reply.success()
        && reply.matchIndex() != Said.UNKNOWN
        && !from.reports
        && !its.isUnclear) {
      agreed(from, its, reply, letter.sent());
    }
  }

  private void agreed(Subject who, Had its, Said.AppendReply reply, Event.Sent sent) {
    Doubtful culprit = null;
    for (Doubtful each : its.doubtful) {
      if (isMeant(each.append, reply) && !canHave(its, each.append)) {
        culprit = each;
      }
    }
    Offers offers = who.offers(reply.term());
    if (culprit == null || offers == null) {
      clues.kept("skips-consistency-check", "heartbeat-without-check");
      return;
    }
    for (Offers.Offer offer : offers.recent()) {
      if (isMeant(offer.append(), reply) && canHave(its, offer.append())) {
        return;
      }
    }
    accuse(who, culprit, sent);
  }

  private static boolean isMeant(Said.Append append, Said.AppendReply reply) {
    return append.term() == reply.term()
        && append.end() == reply.matchIndex()
        && (reply.round() == Said.UNKNOWN || reply.round() == append.round());
  }

  private void accuse(Subject who, Doubtful culprit, Event.Sent sent) {
    boolean heartbeat = culprit.append.terms().isEmpty();
    String name = heartbeat ? "heartbeat-without-check" : "skips-consistency-check";
    if (clues.isNew(name)) {
      clues.certain(
          sent.atMicros(),
          name,
          "§5.3 and Figure 2",
          String.format(
                  Locale.ROOT,
                  "Replica %s agreed %s to a message that follows entry %d of term %d, but nobody had ever"
                      + " sent it that entry: ",
                  who.id,
                  scene.at(sent.atMicros()),
                  culprit.append.prevIndex(),
                  culprit.append.prevTerm())
              + (heartbeat
                  ? "a heartbeat must pass the same check of prevLogIndex and prevLogTerm as any"
                      + " other AppendEntries, before success is answered or leaderCommit is used."
                  : "a follower rejects AppendEntries unless its log has an entry at prevLogIndex"
                      + " with prevLogTerm."),
          culprit.sent,
          sent);
    }
  }
}
