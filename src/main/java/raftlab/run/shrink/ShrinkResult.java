package raftlab.run.shrink;

import raftlab.judge.invariant.CheckName;
import raftlab.run.concrete.ScenarioDraft;
import raftlab.trace.TraceHeader;

/**
 * The result of shrinking a failing run.
 *
 * @param check the check that fails, in both
 * @param why the verdict on the small run, in words
 * @param draft the small scenario, with its seed
 * @param played the small run
 * @param originalSize the size of the original run
 * @param shrunkSize the size of the small run
 * @param isConcrete whether each request and each dropped message is an event; if not, the failure
 *     could only be reproduced with the scenario's own structure
 * @param runs how many runs it took
 * @param broken how many further runs the kit failed to play
 * @param seconds how long it took
 * @param isDone whether nothing more can be removed; false if the time limit was reached before
 */
public record ShrinkResult(
    CheckName check,
    String why,
    ScenarioDraft draft,
    TraceHeader played,
    RunSize originalSize,
    RunSize shrunkSize,
    boolean isConcrete,
    int runs,
    int broken,
    double seconds,
    boolean isDone) {}
