package raftlab.sandbox;

import java.util.Set;

/**
 * Variables that {@code make grade} would otherwise pass on to the hand-in's make: our own
 * variables and job server.
 */
public final class MakeVariables {
  /** Their names. */
  public static final Set<String> OURS =
      Set.of("MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES");

  private MakeVariables() {}
}
