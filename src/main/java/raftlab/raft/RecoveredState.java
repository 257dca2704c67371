package raftlab.raft;

import java.util.List;
import raftlab.wire.Id;

/**
 * What a replica finds in its storage when it starts (§5.1).
 *
 * @param isEmpty whether it never ran before
 * @param votedFor null if the vote of this term is free
 * @param snapshot {@link Snapshot#NONE} if there is none
 * @param baseIndex the entry before the first of {@code entries}
 * @param baseTerm its term
 * @param incoming the parts that had arrived of a leader's snapshot; null if none had
 */
record RecoveredState(
    boolean isEmpty,
    long currentTerm,
    Id votedFor,
    Snapshot snapshot,
    long baseIndex,
    long baseTerm,
    List<LogEntry> entries,
    IncomingSnapshot incoming) {}
