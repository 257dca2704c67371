/**
 * Why a run failed: the likely cause, named. {@link raftlab.explain.Explanation} reads the trace of
 * a run that did not pass and looks for the first step in it that no correct replica takes.
 */
package raftlab.explain;
