package raftlab.grade.store;

/**
 * A team of a grading.
 *
 * @param team its name, without characters that can't be displayed
 * @param folder the name of its folder below {@code teams}, different for each team
 * @param source the folder or file that it handed in
 * @param submitted when it handed in, as in ISO 8601, if a list of times says so; else ""
 */
public record TeamRecord(String team, String folder, String source, String submitted) {}
