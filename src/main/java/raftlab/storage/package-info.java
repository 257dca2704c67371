/**
 * The storage of a node's records: on a disk ({@link raftlab.storage.FileStorage}), on a simulated
 * disk, or in memory.
 */
package raftlab.storage;
