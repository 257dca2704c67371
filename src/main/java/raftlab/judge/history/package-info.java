/**
 * Histories of clients' operations, from traces and from files of other tools, and what is wrong
 * with them in words.
 */
package raftlab.judge.history;
