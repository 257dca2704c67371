package raftlab.grade.store;

/**
 * A figure of a run.
 *
 * @param name its name, one of the constants of {@link RunFigures}
 */
public record FigureRecord(String name, double value) {}
