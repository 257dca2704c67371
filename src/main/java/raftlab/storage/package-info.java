/**
 * Durable storage: where a node's records are kept, on a disk ({@link
 * raftlab.storage.FileStorage}), on a simulated one, or in memory only.
 */
package raftlab.storage;
