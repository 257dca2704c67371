package raftlab.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Linearizable reads without a log entry (§8, dissertation §6.4).
 *
 * <p>A read may be answered from the store when two things hold. The store must have applied all
 * that was committed when the read came: that is up to commitIndex, or up to the entry that opened
 * the leader's term if that isn't committed yet, for before that a new leader doesn't know what its
 * predecessor committed. And this replica must have been leader after the read came: either it has
 * a lease at the moment of answering, or a majority has answered a message that was sent after the
 * read came. All reads that came before such a message share it; those that come while one is under
 * way wait for the next.
 */
final class ClientReads {
  static final int MAX_WAITING = 10_000;

  private static final long NONE = -1;

  private record Waiting(ClientRequest.Get request, long readIndex, long afterRound) {}

  private final Replica replica;
  private final Leader leader;
  private final ClientReplies replies;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long round = NONE;

  ClientReads(Replica replica, Leader leader, ClientReplies replies) {
    this.replica = replica;
    this.leader = leader;
    this.replies = replies;
  }

  /** Takes a read; this replica is leader. */
  void add(ClientRequest.Get request) {
    if (waiting.size() >= MAX_WAITING) {
      replies.fail(request.client(), request.mid(), "too many reads are waiting");
      return;
    }
    long readIndex = Math.max(replica.commitState.commitIndex(), leader.firstIndexOfTerm());
    waiting.add(new Waiting(request, readIndex, lastRound()));
  }

  /**
   * After any event: answers what can be answered, and asks for a confirmation if that is what's
   * missing.
   */
  void answerReady() {
    while (!waiting.isEmpty() && isReadable(waiting.peek())) {
      ClientRequest.Get request = waiting.remove().request();
      replies.value(request, replica.machine.get(request.key()));
    }
    if (waiting.isEmpty() || !isApplied(waiting.peek())) {
      round = NONE;
      leader.asking().confirmNothing();
    } else if (round == NONE || leader.followers().isConfirmed(round)) {
      round = lastRound();
      leader.asking().confirmAfter(round);
    }
  }

  private boolean isApplied(Waiting read) {
    return replica.commitState.lastApplied() >= read.readIndex();
  }

  private boolean isReadable(Waiting read) {
    return isApplied(read)
        && (!replica.settings.is(Setting.READ_INDEX)
            || leader.hasLease()
            || leader.followers().isConfirmed(read.afterRound()));
  }

  private long lastRound() {
    return leader.followers().sentMessages().last();
  }

  /** This replica isn't leader any more: hands back the reads that it couldn't answer. */
  List<ClientRequest> removeAll() {
    List<ClientRequest> requests = new ArrayList<>(waiting.size());
    for (Waiting read : waiting) {
      requests.add(read.request());
    }
    waiting.clear();
    round = NONE;
    return requests;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
