/**
 * The trace of a run: a list of {@link raftlab.trace.Event}s, in memory and in a file. Judges and
 * reports read nothing else.
 */
package raftlab.trace;
