/**
 * Decides whether histories of client operations are linearizable, one key at a time. A pure
 * algorithm without references to traces, replicas or files.
 */
package raftlab.judge.linear;
