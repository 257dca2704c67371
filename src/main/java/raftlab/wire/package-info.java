/**
 * The contract between the kit and a replica: IDs, messages, and their JSON form. Nothing else.
 *
 * <p>Everything else in raftlab may use this package; it uses nothing of raftlab.
 */
package raftlab.wire;
