package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.node.Host;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.wire.Id;

/**
 * currentTerm and votedFor (Figure 2). Both are stored before a message leaves that depends on
 * them: otherwise a replica that restarts could vote twice in one term.
 */
final class TermAndVote {
  private final Host host;
  private final Journal journal;

  // Figure 2, State: "currentTerm latest term server has seen (initialized to 0 on first boot,
  // increases monotonically)"
  private long currentTerm;

  // Figure 2, State: "votedFor candidateId that received vote in current term (or null if none)"
  private @Nullable Id votedFor;

  TermAndVote(Host host, Journal journal) {
    this.host = host;
    this.journal = journal;
  }

  void restore(long term, @Nullable Id vote) {
    currentTerm = term;
    votedFor = vote;
  }

  long currentTerm() {
    return currentTerm;
  }

  /** The candidate that received the vote of this term; null if none has. */
  @Nullable Id votedFor() {
    return votedFor;
  }

  /** Whether "votedFor is null or candidateId" (Figure 2). */
  boolean mayVoteFor(Id candidate) {
    return votedFor == null || votedFor.equals(candidate);
  }

  /** Begins a later term, in which no candidate has the vote yet (§5.1). */
  void startTerm(long term) {
    if (term <= currentTerm) {
      throw new IllegalStateException("term " + term + " after " + currentTerm);
    }
    currentTerm = term;
    votedFor = null;
    journal.termAndVote(currentTerm, null);
    host.report(new TermChanged(currentTerm));
  }

  /** Gives the vote of this term to the candidate. Repeating it changes nothing. */
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
