package raftlab.sandbox;

/** Whose fault it is that a build or a run went wrong. */
public enum Fault {
  /** Nothing went wrong, or only what judges decide from the trace. */
  NONE,
  /** The submission's: it exited, was killed by a signal, or exceeded a limit. */
  SUBMISSION,
  /** The machine's: it was overloaded, out of memory, or out of disk. */
  MACHINE,
  /** The kit's: it failed, or its sandbox could not be made. */
  KIT
}
