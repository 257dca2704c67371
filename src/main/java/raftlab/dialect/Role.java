package raftlab.dialect;

/** The purpose of a message between replicas. */
public enum Role {
  /** RequestVote (§5.2). */
  VOTE_REQUEST("vote request"),
  /** The question whether a vote would be given (dissertation §9.6). */
  PRE_VOTE_REQUEST("pre-vote request"),
  /** The answer to RequestVote. */
  VOTE_REPLY("vote reply"),
  /** The answer to the question whether a vote would be given. */
  PRE_VOTE_REPLY("pre-vote reply"),
  /** AppendEntries (§5.3), with entries or as a heartbeat. */
  APPEND("append entries"),
  /** InstallSnapshot, or a part of it (§7). */
  INSTALL_SNAPSHOT("install snapshot"),
  /** The answer to AppendEntries. */
  APPEND_REPLY("append reply"),
  /** An answer whose purpose follows from the message that it answers. */
  REPLY("reply"),
  /** Any other message. */
  OTHER("other");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** Its name in words. */
  public String text() {
    return text;
  }
}
