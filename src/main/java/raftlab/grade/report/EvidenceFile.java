package raftlab.grade.report;

/**
 * A file with the trace of a run that failed, for the team.
 *
 * @param name its name in the folder for evidence
 * @param isCut whether it holds only a part of the trace
 */
record EvidenceFile(String name, boolean isCut) {}
