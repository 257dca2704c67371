/** Finds, copies and builds what a team submitted, and finds the replica's program in it. */
package raftlab.handin;
