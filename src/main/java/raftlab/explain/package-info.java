/**
 * Why a run failed: the likely cause, by name. {@link raftlab.explain.Explanation} looks in the
 * trace for the first step that no correct replica takes.
 */
package raftlab.explain;
