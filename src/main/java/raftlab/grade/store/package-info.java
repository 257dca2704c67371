/** The results folder of a grading: records of hand-ins and runs, and the traces of the runs. */
package raftlab.grade.store;
