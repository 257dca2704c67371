/** Tables and feedback of a grading, made from its grade book. */
package raftlab.grade.report;
