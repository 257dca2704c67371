/**
 * Histories of client operations, from traces and from files of other tools, and descriptions of
 * their contradictions.
 */
package raftlab.judge.history;
