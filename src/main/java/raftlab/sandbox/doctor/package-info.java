/** Says what a machine has and lacks for grading, what each lack means, and how to mend it. */
package raftlab.sandbox.doctor;
