package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Votes: one a term, remembered over a crash, and only for a log that is up to date. */
final class Ballots implements Detector {
  /** A vote that was given: reported, or seen in a message. */
  private record Vote(Id candidate, Event event, int life) {}

  /** A candidate's log, by its own request. */
  private record Request(Said.VoteRequest said, Event.Sent sent) {}

  private record Place(Id who, long term) {}

  private final Scene scene;
  private final Clues clues;
  private final Map<Place, Vote> reported = new HashMap<>();
  private final Map<Place, Vote> answered = new HashMap<>();
  private final Map<Place, Request> requests = new HashMap<>();

  Ballots(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote) {
      voted(reported, who, vote.term(), vote.candidate(), event);
      if (!vote.candidate().equals(who.id)) {
        older(who, vote.term(), vote.candidate(), event);
      }
    } else if (change instanceof Restored found && !found.votedFor().isBroadcast()) {
      reported.putIfAbsent(
          new Place(who.id, found.term()), new Vote(found.votedFor(), event, who.lives));
    }
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (letter.said() instanceof Said.VoteRequest request && !request.preVote()) {
      requests.put(new Place(from.id, request.term()), new Request(request, letter.sent()));
      voted(answered, from, request.term(), from.id, letter.sent());
    } else if (letter.said() instanceof Said.VoteReply reply
        && reply.granted()
        && !reply.preVote()) {
      voted(answered, from, reply.term(), letter.to(), letter.sent());
      if (!from.reports) { // else it has reported the vote, and its log before that
        older(from, reply.term(), letter.to(), letter.sent());
      }
    }
  }

  private void voted(Map<Place, Vote> votes, Subject who, long term, Id candidate, Event event) {
    if (term < 1) {
      return; // nobody votes before the first term begins: that is a canvass
    }
    Vote before = votes.putIfAbsent(new Place(who.id, term), new Vote(candidate, event, who.lives));
    if (before == null || before.candidate.equals(candidate)) {
      clues.kept("votes-twice");
      return;
    }
    boolean sameLife = before.life == who.lives;
    String name = sameLife ? "votes-twice" : "forgets-vote";
    if (clues.isNew(name)) {
      clues.certain(
          event.atMicros(),
          name,
          sameLife ? "§5.2" : "§5.1 and Figure 2",
          String.format(
              Locale.ROOT,
              "Replica %s voted for %s and then, %s, for %s, %s in term %d: %s",
              who.id,
              before.candidate,
              scene.at(event.atMicros()),
              candidate,
              sameLife ? "both" : "started again meanwhile, both",
              term,
              sameLife
                  ? "a replica gives one vote a term, to the first who may have it; votedFor tells"
                      + " whose it is."
                  : "votedFor must be stored before the vote is sent, and be read at the start."),
          before.event,
          event);
    }
  }

  /** The voter's own log must not be more up to date than the candidate's. */
  private void older(Subject voter, long term, Id candidate, Event event) {
    Request request = requests.get(new Place(candidate, term));
    if (request == null || request.said.lastLogTerm() == Said.UNKNOWN || !voter.isLogKnown) {
      return;
    }
    if (!voter.reports && voter.logShownInLife < voter.lives) {
      return; // it may have forgotten its log
    }
    long lastTerm = voter.log.lastTerm();
    long lastIndex = voter.log.lastIndex();
    boolean isOlder =
        lastTerm != Said.UNKNOWN
            && (request.said.lastLogTerm() < lastTerm
                || request.said.lastLogTerm() == lastTerm
                    && request.said.lastLogIndex() < lastIndex);
    if (!isOlder && lastTerm != Said.UNKNOWN && lastIndex > 0) {
      clues.kept("votes-for-old-log");
    }
    if (isOlder && !voter.reports && voter.overtaken != null) {
      mayHaveDeleted(voter, candidate, request, event);
    } else if (isOlder && clues.isNew("votes-for-old-log")) {
      clues.certain(
          event.atMicros(),
          "votes-for-old-log",
          "§5.4.1",
          String.format(
              Locale.ROOT,
              "Replica %s, whose log ends with entry %d of term %d, voted %s for %s, whose log ends"
                  + " with entry %d of term %d: a vote goes only to a candidate whose log is at"
                  + " least as up to date (a later last term, or the same and no shorter).",
              voter.id,
              lastIndex,
              lastTerm,
              scene.at(event.atMicros()),
              candidate,
              request.said.lastLogIndex(),
              request.said.lastLogTerm()),
          voter.log.reportAt(lastIndex),
          request.sent,
          event);
    }
  }

  /** It had said to have more, then an older message came: most probably it deleted the rest. */
  private void mayHaveDeleted(Subject voter, Id candidate, Request request, Event event) {
    if (clues.isNew("truncates-on-old-append")) {
      clues.likely(
          event.atMicros(),
          "truncates-on-old-append",
          "§5.3 and Figure 2",
          String.format(
              Locale.ROOT,
              "Replica %s had acknowledged entry %d of term %d, then an older message of its leader"
                  + " came that ends before it, and %s it voted for %s, whose log ends with entry %d"
                  + " of term %d: either it deleted entries that contradicted nothing (only those with"
                  + " another term than the leader's are deleted), or it votes for older logs.",
              voter.id,
              voter.log.lastIndex(),
              voter.log.lastTerm(),
              scene.at(event.atMicros()),
              candidate,
              request.said.lastLogIndex(),
              request.said.lastLogTerm()),
          voter.overtaken,
          request.sent,
          event);
    }
  }
}
