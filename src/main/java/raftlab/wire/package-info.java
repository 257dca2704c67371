/**
 * The contract between the kit and a replica: IDs, messages, and their JSON form.
 *
 * <p>All packages of raftlab may use this one; it uses none of them.
 */
package raftlab.wire;
