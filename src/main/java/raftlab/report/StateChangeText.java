package raftlab.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Describes a change of a replica's state. */
public final class StateChangeText {
  private StateChangeText() {}

  /** The predicate of a sentence that begins with the replica. */
  public static String of(StateChange change) {
    if (change instanceof StateChange.RoleChanged now) {
      String role = now.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
      boolean follows = now.role() == Role.FOLLOWER && !now.leader().isBroadcast();
      return (follows ? "follows " + now.leader() : "is " + role + " now")
          + ", in term "
          + now.term();
    } else if (change instanceof StateChange.TermChanged now) {
      return "is in term " + now.term();
    } else if (change instanceof StateChange.Voted vote) {
      return "votes for " + vote.candidate() + " in term " + vote.term();
    } else if (change instanceof StateChange.Appended entry) {
      return "appends entry "
          + entry.index()
          + " of term "
          + entry.term()
          + (entry.command().isEmpty() ? "" : ": " + PrintableText.of(entry.command(), 40));
    } else if (change instanceof StateChange.Truncated cut) {
      return "deletes its log from entry " + cut.fromIndex() + " on";
    } else if (change instanceof StateChange.Committed committed) {
      return "commits its log up to entry " + committed.index();
    } else if (change instanceof StateChange.Applied applied) {
      return "applies entry " + applied.index() + " of term " + applied.term();
    } else if (change instanceof StateChange.Restored found) {
      return "restored " + found(found);
    } else if (change instanceof StateChange.SnapshotTaken snapshot) {
      return "takes a snapshot up to entry " + snapshot.index() + " of term " + snapshot.term();
    } else if (change instanceof StateChange.SnapshotInstalled snapshot) {
      return "installs the leader's snapshot up to entry "
          + snapshot.index()
          + " of term "
          + snapshot.term()
          + "; its log ends at entry "
          + snapshot.lastIndex();
    } else if (change instanceof StateChange.Note note) {
      return "notes: " + PrintableText.of(note.text(), 200);
    } else if (change instanceof StateChange.MembersChanged members) {
      return "uses the members " + members(members);
    }
    return change.toString();
  }

  /** Describes the state that a replica restored from its storage. */
  public static String found(StateChange.Restored found) {
    return "term "
        + found.term()
        + (found.votedFor().isBroadcast() ? ", no vote" : ", its vote for " + found.votedFor())
        + (found.snapshotIndex() == 0 ? "" : ", a snapshot up to entry " + found.snapshotIndex())
        + (found.lastIndex() == 0
            ? ", an empty log"
            : ", a log that ends at entry " + found.lastIndex() + " of term " + found.lastTerm());
  }

  private static String members(StateChange.MembersChanged members) {
    return (members.voters().isEmpty() ? "none" : ids(members.voters()))
        + (members.learners().isEmpty() ? "" : "; learners " + ids(members.learners()))
        + (members.index() == 0 ? " (from its start)" : " (entry " + members.index() + ")");
  }

  private static String ids(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }
}
