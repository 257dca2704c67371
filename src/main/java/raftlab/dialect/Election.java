package raftlab.dialect;

import java.util.List;
import raftlab.wire.Id;

/**
 * A replica asked for votes and then sent its first message as leader.
 *
 * @param rounds its vote requests since it last led, at most 4 s old, oldest first
 * @param firstAppend its first message as leader
 */
record Election(Id winner, List<Round> rounds, MessageSample firstAppend) {
  /** The vote requests that won. */
  Round lastRound() {
    return rounds.get(rounds.size() - 1);
  }
}
