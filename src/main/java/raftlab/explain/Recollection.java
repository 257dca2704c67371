package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * What a replica that reports nothing has shown in its messages must still be there when it starts
 * again: its term, and the entries that it has acknowledged.
 */
final class Recollection implements Detector {
  /** More entries than this aren't lost by storing them a little late. */
  private static final int MOST_UNSYNCED = 16;

  private static final String SECTION = "§5.1 and Figure 2";

  /** What a replica's messages have shown of it. */
  private static final class Shown {
    private long term = Said.UNKNOWN;
    private Event termSent;

    /** The term as it was when the replica started for the last time. */
    private long owedTerm = Said.UNKNOWN;

    private Event owedSent;
    private long preVoteTerm = Said.UNKNOWN;
    private Acknowledged acknowledged;
    private Acknowledged owed;
  }

  /** The last entry that it has, by its own word to the leader of a term. */
  private record Acknowledged(long index, long entryTerm, long inTerm, Event sent) {}

  private record Place(Id who, long term) {}

  /** What a replica did that tells where its log ends. */
  private enum Did {
    STOOD,
    VOTED
  }

  /** Whether who asks for a vote beforehand tells the term that it wants, and not its own. */
  private boolean preVotesTellNext;

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Shown> shown = new HashMap<>();
  private final Map<Place, Said.VoteRequest> requests = new HashMap<>();

  Recollection(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  private Shown of(Id who) {
    return shown.computeIfAbsent(who, id -> new Shown());
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    Shown its = of(who.id);
    its.owedTerm = its.term;
    its.owedSent = its.termSent;
    its.owed = its.acknowledged;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    Shown its = of(to.id);
    its.acknowledged = kept(its.acknowledged, letter.said());
    its.owed = kept(its.owed, letter.said());
  }

  /** A later leader may have had the entry deleted, unless it tells that it has it too. */
  private static Acknowledged kept(Acknowledged known, Said said) {
    boolean isOfLeader = said instanceof Said.Append || said instanceof Said.Install;
    if (known == null || !isOfLeader || said.term() <= known.inTerm) {
      return known;
    }
    boolean hasIt =
        said instanceof Said.Append append
            && append.prevIndex() == known.index
            && append.prevTerm() == known.entryTerm;
    return hasIt ? new Acknowledged(known.index, known.entryTerm, said.term(), known.sent) : null;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (from.reports || letter.said().term() < 0) {
      return;
    }
    Said said = letter.said();
    Shown its = of(from.id);
    if (said instanceof Said.VoteRequest request) {
      if (request.preVote()) {
        its.preVoteTerm = request.term();
      } else {
        preVotesTellNext |= request.term() == its.preVoteTerm;
        requests.put(new Place(from.id, request.term()), request);
      }
      logEnds(from, its, request.lastLogIndex(), request.lastLogTerm(), letter.sent(), Did.STOOD);
    } else if (said instanceof Said.VoteReply reply && reply.granted() && !reply.preVote()) {
      Said.VoteRequest request = requests.get(new Place(letter.to(), reply.term()));
      if (request != null) {
        logEnds(from, its, request.lastLogIndex(), request.lastLogTerm(), letter.sent(), Did.VOTED);
      }
    } else if (said instanceof Said.AppendReply reply && reply.success()) {
      acknowledges(from, its, reply, letter.sent());
    }
    if (said instanceof Said.VoteRequest || isOfItsTerm(said)) {
      term(from, its, said, letter.sent());
    }
  }

  /** Whether its sender is in the term that it tells. */
  private static boolean isOfItsTerm(Said said) {
    return said instanceof Said.Append
        || said instanceof Said.Install
        || said instanceof Said.AppendReply
        || said instanceof Said.VoteReply reply && reply.granted() && !reply.preVote();
  }

  private void acknowledges(Subject who, Shown its, Said.AppendReply reply, Event sent) {
    Offers offers = who.offers(reply.term());
    long entryTerm = offers == null ? Said.UNKNOWN : offers.termAt(reply.matchIndex());
    Acknowledged known = its.acknowledged;
    boolean isMore = known == null || known.index <= reply.matchIndex();
    if (entryTerm != Said.UNKNOWN && isMore) {
      its.acknowledged = new Acknowledged(reply.matchIndex(), entryTerm, reply.term(), sent);
    }
  }

  private void term(Subject who, Shown its, Said said, Event.Sent sent) {
    boolean isPreVote = said instanceof Said.VoteRequest request && request.preVote();
    boolean isNewTerm = said instanceof Said.VoteRequest && (!isPreVote || preVotesTellNext);
    boolean forgot = isNewTerm ? said.term() <= its.owedTerm : said.term() < its.owedTerm;
    if (its.owedTerm > 0 && forgot && clues.isNew("forgets-term")) {
      clues.certain(
          sent.atMicros(),
          "forgets-term",
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s had sent messages in term %d; started again, it %s term %d %s: currentTerm"
                  + " must be stored before the first message of the new term, and be read at the"
                  + " start.",
              who.id,
              its.owedTerm,
              isNewTerm ? "stood for election in" : "sent one in",
              said.term(),
              scene.at(sent.atMicros())),
          its.owedSent,
          sent);
    }
    if (said.term() > its.term && !isPreVote) {
      its.term = said.term();
      its.termSent = sent;
    }
  }

  /** Its log ends here at most, by what it now does. */
  private void logEnds(Subject who, Shown its, long index, long term, Event.Sent sent, Did did) {
    Acknowledged owed = its.owed;
    boolean isLost =
        owed != null
            && term != Said.UNKNOWN
            && index >= 0
            && (term < owed.entryTerm || term == owed.entryTerm && index < owed.index);
    if (!isLost) {
      return;
    }
    boolean everything = index == 0 && owed.index > 1 || owed.index - index > MOST_UNSYNCED;
    String name = everything ? "forgets-log" : "stores-late";
    if (clues.isNew(name)) {
      clues.certain(
          sent.atMicros(),
          name,
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s had acknowledged entry %d of term %d; started again, it %s %s with a log"
                  + " that ends with entry %d of term %d: entries must be stored and synced before"
                  + " the message leaves that acknowledges them, and be read at the start.",
              who.id,
              owed.index,
              owed.entryTerm,
              did == Did.VOTED ? "voted for a candidate" : "stood for election",
              scene.at(sent.atMicros()),
              index,
              term),
          owed.sent,
          sent);
    }
  }
}
