package raftlab.grade.store;

/** What became of a hand-in before its scenarios were played. */
public enum HandInStatus {
  /** It can be played. */
  READY,
  /** It could not be copied or unpacked. */
  NOT_COPIED,
  /** Its build failed or took too long. */
  NOT_BUILT,
  /** There was no program in it. */
  NO_PROGRAM,
  /** Its replicas exit, or send nothing, before a scenario begins; it isn't played any further. */
  NEVER_STARTED,
  /** The kit itself failed, or the machine did. */
  NOT_GRADED
}
