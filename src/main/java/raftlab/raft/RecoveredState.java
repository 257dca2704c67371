package raftlab.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * The persistent state that a replica restores from its storage when it starts (§5.1).
 *
 * @param isEmpty whether the replica never ran before
 * @param votedFor null if none
 * @param snapshot {@link Snapshot#NONE} if there is none
 * @param baseIndex the entry before the first of {@code entries}
 * @param baseTerm its term
 * @param incoming the parts of a leader's snapshot that have arrived; null if none have
 */
record RecoveredState(
    boolean isEmpty,
    long currentTerm,
    @Nullable Id votedFor,
    Snapshot snapshot,
    long baseIndex,
    long baseTerm,
    List<LogEntry> entries,
    @Nullable IncomingSnapshot incoming) {}
