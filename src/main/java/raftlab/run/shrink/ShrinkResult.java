package raftlab.run.shrink;

import raftlab.run.concrete.ScenarioDraft;
import raftlab.trace.TraceHeader;

/**
 * What a failing run was shrunk to.
 *
 * @param check the check that fails, in both
 * @param why what its judge says of the small run
 * @param draft the small scenario, with its seed
 * @param played the small run
 * @param from how large the run was
 * @param to how large the small one is
 * @param isConcrete whether each request and each lost message is an event of its own; if not, the
 *     failure was only found again with the scenario's own structure
 * @param runs how many runs it took
 * @param broken how many further runs the kit failed to play
 * @param seconds how long it took
 * @param isDone whether nothing more can be left out; if not, the time was over before
 */
public record ShrinkResult(
    String check,
    String why,
    ScenarioDraft draft,
    TraceHeader played,
    RunSize from,
    RunSize to,
    boolean isConcrete,
    int runs,
    int broken,
    double seconds,
    boolean isDone) {}
