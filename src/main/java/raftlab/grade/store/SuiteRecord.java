package raftlab.grade.store;

/** A suite of a grading. */
public record SuiteRecord(String name, String title) {}
