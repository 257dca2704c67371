package raftlab.sandbox;

/** Whether hand-ins must be isolated. */
public enum SandboxChoice {
  /** In a sandbox if this machine has one, else as plain processes, with a warning. */
  AUTO,
  /** In a sandbox; refuses to run without one. */
  REQUIRED,
  /** As plain processes, even if there is a sandbox. */
  NONE
}
