/**
 * Decides whether histories of clients' operations are linearizable, one key at a time: a pure
 * algorithm that knows nothing of traces, replicas or files.
 */
package raftlab.judge.linear;
