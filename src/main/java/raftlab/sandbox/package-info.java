/**
 * Builds hand-ins and plays runs isolated from the machine, from the grader's files and from each
 * other, with limits; knows nothing of grading.
 */
package raftlab.sandbox;
