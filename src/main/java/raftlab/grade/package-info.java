/**
 * Hand-ins: found, copied, built, played, and recorded in a table and in feedback for each team.
 */
package raftlab.grade;
