/** Plays hand-ins, and writes a table and feedback for each team. */
package raftlab.grade;
