package raftlab.dialect;

/** The purpose of a message between replicas. Each request is followed by its reply. */
public enum Role {
  /** RequestVote (§5.2). */
  VOTE_REQUEST("RequestVote"),
  /** The answer to RequestVote. */
  VOTE_REPLY("RequestVote reply"),
  /** The question whether a vote would be given (dissertation §9.6). */
  PRE_VOTE_REQUEST("pre-vote request"),
  /** The answer to the question whether a vote would be given. */
  PRE_VOTE_REPLY("pre-vote reply"),
  /** AppendEntries (§5.3), with entries or as a heartbeat. */
  APPEND("AppendEntries"),
  /** The answer to AppendEntries. */
  APPEND_REPLY("AppendEntries reply"),
  /** InstallSnapshot, or a part of it (§7). */
  INSTALL_SNAPSHOT("InstallSnapshot"),
  /** An answer whose purpose follows from the message that it answers. */
  REPLY("reply"),
  /** Any other message. */
  OTHER("other");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** Its name in the paper's words. */
  public String text() {
    return text;
  }

  /** Whether messages of this role answer only one role: the one before it. */
  public boolean isReplyToOne() {
    return this == VOTE_REPLY || this == PRE_VOTE_REPLY || this == APPEND_REPLY;
  }
}
