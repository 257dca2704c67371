/** Where replicas live: one interface, two worlds. */
package raftlab.cluster;
