package raftlab.raft;

import raftlab.node.Host;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/**
 * currentTerm and votedFor (Figure 2). They must outlive a crash, or a replica could vote twice in
 * one term.
 */
final class TermAndVote {
  private final Host host;
  private final Journal journal;
  private long currentTerm;
  private Id votedFor;

  TermAndVote(Host host, Journal journal) {
    this.host = host;
    this.journal = journal;
  }

  void restore(long term, Id vote) {
    currentTerm = term;
    votedFor = vote;
  }

  long currentTerm() {
    return currentTerm;
  }

  /** To whom the vote of this term went; null if it is free. */
  Id votedFor() {
    return votedFor;
  }

  /** Whether the vote of this term is still free, or this candidate's already. */
  boolean mayVoteFor(Id candidate) {
    return votedFor == null || votedFor.equals(candidate);
  }

  /** Begins a later term, in which nobody has our vote yet (§5.1). */
  void startTerm(long term) {
    if (term <= currentTerm) {
      throw new IllegalStateException("term " + term + " after " + currentTerm);
    }
    currentTerm = term;
    votedFor = null;
    journal.termAndVote(currentTerm, null);
    host.report(new TermChanged(currentTerm));
  }

  /** Gives the vote of this term to the candidate; once more to the same one changes nothing. */
  void voteFor(Id candidate) {
    if (!mayVoteFor(candidate)) {
      throw new IllegalStateException("a second vote in term " + currentTerm);
    }
    if (votedFor == null) {
      votedFor = candidate;
      journal.termAndVote(currentTerm, candidate);
      host.report(new Voted(currentTerm, candidate));
    }
  }
}
