package raftlab.dialect;

import java.util.Set;

/** What a field of a message between replicas means, in words close to Figure 2 of the paper. */
public enum FieldMeaning {
  /** The sender's term. */
  TERM(
      "term",
      Role.VOTE_REQUEST,
      Role.VOTE_REPLY,
      Role.PRE_VOTE_REQUEST,
      Role.PRE_VOTE_REPLY,
      Role.APPEND,
      Role.APPEND_REPLY,
      Role.INSTALL_SNAPSHOT,
      Role.REPLY),
  /** lastLogIndex: the last index of the candidate's log. */
  LAST_INDEX("last index", Role.VOTE_REQUEST, Role.PRE_VOTE_REQUEST),
  /** lastLogTerm: the term of the candidate's last entry. */
  LAST_TERM("last term", Role.VOTE_REQUEST, Role.PRE_VOTE_REQUEST),
  /** Tells pre-vote requests from vote requests of the same type. */
  PRE_VOTE("pre-vote", Role.VOTE_REQUEST),
  /** voteGranted. */
  VOTE_GRANTED("vote granted", Role.VOTE_REPLY, Role.REPLY),
  /** entries. */
  ENTRIES("entries", Role.APPEND),
  /** prevLogIndex: the index of the entry before the first one of the message. */
  PREVIOUS_INDEX("previous index", Role.APPEND),
  /** The index of the first entry, in the entry itself. */
  ENTRY_INDEX("entry index", Role.APPEND),
  /** prevLogTerm: the term of the entry before. */
  PREVIOUS_TERM("previous term", Role.APPEND),
  /** leaderCommit. */
  COMMIT_INDEX("commit index", Role.APPEND),
  /** The opposite of success: the follower doesn't accept the entries. */
  REJECTED("rejected", Role.APPEND_REPLY, Role.REPLY),
  /** The last index that a follower acknowledges: it becomes the leader's matchIndex. */
  MATCH_INDEX("match index", Role.APPEND_REPLY, Role.REPLY),
  /** Repeats a number or the MID of the AppendEntries that it answers. */
  ECHO("repeats", Role.APPEND_REPLY, Role.REPLY);

  private final String text;
  private final Set<Role> roles;

  FieldMeaning(String text, Role... roles) {
    this.text = text;
    this.roles = Set.of(roles);
  }

  /** Its name in words. */
  public String text() {
    return text;
  }

  /** Whether messages of this role may have such a field. */
  public boolean isOf(Role role) {
    return roles.contains(role);
  }
}
