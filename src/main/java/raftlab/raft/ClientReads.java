package raftlab.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Linearizable reads without a log entry (§8; ReadIndex, dissertation §6.4). A read is answered
 * when
 *
 * <ol>
 *   <li>the state machine has applied all entries up to the readIndex: those that were committed
 *       when the read arrived. A new leader learns which those are by committing the first entry of
 *       its own term;
 *   <li>this replica was leader after the read arrived: it has a lease when it answers, or a
 *       majority has answered a message that was sent after the read arrived. All reads that arrive
 *       before such a message share it. Later ones wait for the next.
 * </ol>
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

  /** A read has arrived at this leader. */
  void add(ClientRequest.Get request) {
    if (waiting.size() >= MAX_WAITING) {
      replies.fail(request.client(), request.mid(), "too many reads are waiting");
      return;
    }
    // Dissertation §6.4, steps 1 and 2: "If the leader has not yet marked an entry from its current
    // term committed, it waits until it has done so", "saves its current commit index in a local
    // variable readIndex"
    long readIndex = Math.max(replica.commitState.commitIndex(), leader.firstIndexOfTerm());
    waiting.add(new Waiting(request, readIndex, lastRound()));
  }

  /** After any event: answers the reads that can be, and asks for replies if others need them. */
  void answerReady() {
    while (!waiting.isEmpty() && isReadable(waiting.peek())) {
      // Dissertation §6.4, step 5: "the leader issues the query against its state machine and
      // replies to the client"
      ClientRequest.Get request = waiting.remove().request();
      replies.value(request, replica.machine.get(request.key()));
    }
    if (waiting.isEmpty() || !isApplied(waiting.peek())) {
      round = NONE;
      leader.confirmNothing();
    } else if (round == NONE || leader.followers().isConfirmed(round)) {
      round = lastRound();
      leader.confirmAfter(round);
    }
  }

  /**
   * Dissertation §6.4, step 4: "waits for its state machine to advance at least as far as the
   * readIndex".
   */
  private boolean isApplied(Waiting read) {
    return replica.commitState.lastApplied() >= read.readIndex();
  }

  /** Dissertation §6.4, step 3: the leader "issues a new round of heartbeats"; or has a lease. */
  private boolean isReadable(Waiting read) {
    return isApplied(read)
        && (!replica.settings.is(Setting.READ_INDEX)
            || leader.lease().isValid()
            || leader.followers().isConfirmed(read.afterRound()));
  }

  private long lastRound() {
    return leader.followers().sentMessages().last();
  }

  /** This replica is no leader any more: removes the reads that it couldn't answer. */
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
